from django.apps import AppConfig


class PlainConfig(AppConfig):
    name = "klapkarre.foundation.plain"
    label = "plain"

    def ready(self):
        from klapkarre.foundation.kit import fieldview
        from klapkarre.foundation.plain.beside import hints_of

        fieldview.register_beside(hints_of)
