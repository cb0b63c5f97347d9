from django.urls import path

from klapkarre.foundation.accounts import phone_views

app_name = "phones"
urlpatterns = [
    path("", phone_views.phone_list, name="list"),
    path("<uuid:pk>/ontkoppelen/", phone_views.withdraw, name="withdraw"),
]
