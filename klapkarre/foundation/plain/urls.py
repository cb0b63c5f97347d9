from django.urls import path

from klapkarre.foundation.plain import views

app_name = "plain"
urlpatterns = [
    path("", views.hints, name="hints"),
]
