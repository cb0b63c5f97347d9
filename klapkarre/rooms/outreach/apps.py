from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "klapkarre.rooms.outreach"
    label = "outreach"
