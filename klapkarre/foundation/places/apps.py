from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "klapkarre.foundation.places"
    label = "places"
