from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "klapkarre.foundation.accounts"
    label = "accounts"

    def ready(self):
        from klapkarre.foundation.accounts.keyring import DatabaseKeyRing
        from klapkarre.foundation.kit import cipher

        cipher.register_key_ring(DatabaseKeyRing())
