"""What stands under `/werk/nakijken/`: what phones sent and waits for a worker."""

from django.urls import path

from klapkarre.windows.field import aside_views

app_name = "field_aside"
urlpatterns = [
    path("", aside_views.aside, name="list"),
    path("<uuid:pk>/contact/", aside_views.make_contact, name="contact"),
    path("<uuid:pk>/opnemen/", aside_views.place, name="place"),
    path("<uuid:pk>/weg/", aside_views.throw_away, name="away"),
    path("<uuid:pk>/opgenomen/", aside_views.done, name="done"),
]
