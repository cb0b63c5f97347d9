from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "klapkarre.rooms.agenda"
    label = "agenda"

    def ready(self):
        from klapkarre.foundation.finding import sources
        from klapkarre.rooms.agenda.actions import found

        sources.register([found.KIND], found.texts)
