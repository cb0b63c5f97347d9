from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "klapkarre.rooms.agenda"
    label = "agenda"
