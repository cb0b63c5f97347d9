"""Filling takes seconds, so the tests of one module look at the same rows; they are rolled back afterwards."""

from contextlib import contextmanager

from django.conf import settings
from django.db import transaction

from klapkarre.foundation.accounts.keyring import forget_opened_keys


@contextmanager
def kept_rows(django_db_blocker, key_file):
    """Rows made inside stay for all tests of the module, with a key file of their own; gives that file."""
    before = settings.KEY_FILE
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        settings.KEY_FILE = key_file
        forget_opened_keys()
        try:
            yield key_file
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            settings.KEY_FILE = before
            forget_opened_keys()
