from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "klapkarre.foundation.places"
    label = "places"

    def ready(self):
        from klapkarre.foundation.kit import pages
        from klapkarre.foundation.places.models import content_version, feed_version

        pages.register_version(content_version)
        pages.register_version(feed_version, for_programs=True)
