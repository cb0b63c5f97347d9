from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "klapkarre.foundation.people"
    label = "people"
