from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "klapkarre.foundation.accounts"
    label = "accounts"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from klapkarre.foundation.accounts import choice
        from klapkarre.foundation.accounts.keyring import DatabaseKeyRing
        from klapkarre.foundation.kit import cipher

        cipher.register_key_ring(DatabaseKeyRing())
        user_logged_in.connect(choice.remember)
