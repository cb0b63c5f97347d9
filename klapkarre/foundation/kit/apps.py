from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "klapkarre.foundation.kit"
    label = "kit"
