from django.apps import AppConfig

from klapkarre.foundation.kit import catalogs


class KitConfig(AppConfig):
    name = "klapkarre.foundation.kit"
    label = "kit"

    def ready(self):
        catalogs.compile_stale()
