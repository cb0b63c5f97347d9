from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "klapkarre.foundation.finding"
    label = "finding"

    def ready(self):
        from klapkarre.foundation.finding import place_texts, sources

        sources.register("place", place_texts.texts)
