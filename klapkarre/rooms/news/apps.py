from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "klapkarre.rooms.news"
    label = "news"

    def ready(self):
        from klapkarre.foundation.finding import sources
        from klapkarre.rooms.news import actions

        sources.register([actions.KIND], actions.texts)
