from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "klapkarre.windows.exchange"
    label = "exchange"
