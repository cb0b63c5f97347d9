from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "klapkarre.foundation.finding"
    label = "finding"

    def ready(self):
        from klapkarre.foundation.finding import actions, place_texts, sources
        from klapkarre.foundation.places import wordings

        sources.register(place_texts.KINDS, place_texts.texts)
        wordings.register_changed(actions.translated)
