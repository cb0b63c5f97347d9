from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "klapkarre.foundation.accounts"
    label = "accounts"
