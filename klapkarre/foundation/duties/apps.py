from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "klapkarre.foundation.duties"
    label = "duties"
