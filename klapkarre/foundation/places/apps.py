from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "klapkarre.foundation.places"
    label = "places"

    def ready(self):
        from klapkarre.foundation.kit import languages, pages
        from klapkarre.foundation.places.wordings import content_version, feed_version, of_language

        pages.register_version(content_version)
        pages.register_version(feed_version, for_programs=True)
        languages.register_translations(of_language)
