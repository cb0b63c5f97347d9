from django.apps import AppConfig


class WorkdayConfig(AppConfig):
    name = "klapkarre.windows.workday"
    label = "workday"
