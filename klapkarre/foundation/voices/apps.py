from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "klapkarre.foundation.voices"
    label = "voices"

    def ready(self):
        from klapkarre.foundation.places import wordings
        from klapkarre.foundation.voices import actions

        wordings.register_changed(actions.translated)
