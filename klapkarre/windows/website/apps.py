from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "klapkarre.windows.website"
    label = "website"
