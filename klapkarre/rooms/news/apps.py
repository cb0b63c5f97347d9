from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "klapkarre.rooms.news"
    label = "news"
