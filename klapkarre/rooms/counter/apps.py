from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "klapkarre.rooms.counter"
    label = "counter"
