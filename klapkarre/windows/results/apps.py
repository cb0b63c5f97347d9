from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "klapkarre.windows.results"
    label = "results"
