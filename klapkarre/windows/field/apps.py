from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "klapkarre.windows.field"
    label = "field"
