from django.urls import path

from klapkarre.foundation.people.views import cards

app_name = "people_cards"
urlpatterns = [
    path("", cards.card, name="card"),
    path("<uuid:pk>/weg/", cards.card_away, name="away"),
]
