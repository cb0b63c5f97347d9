"""Watches every request that a test makes: what a person wrote may be opened only after it was logged who reads it.

A plugin of the root conftest. It listens at the cipher itself, so that no view, form or template goes around it: each
row of which a sealed text was opened must stand in a reading that was written in the same request. It holds for
all tests, also for those of rooms that are still to come.
"""

import threading
from functools import wraps

import pytest
from django.db.models.signals import post_save
from django.test import Client

# Routes that open texts without a reading, and why that is right.
EXCEPTIONS = {
    "agenda:sign_up": "a resident's own slip comes back when the form is sent twice",
    "agenda:slip": "a resident's own slip, with a link that only she has",
    "agenda:slip_by_code": "a resident's own slip, with the code that only she has",
    "agenda:slip_cancel": "a resident's own slip",
    "agenda:slip_change": "a resident's own slip",
    "agenda:sign_up_series": "a resident's own slip comes back when the form is sent twice",
}
_seen = threading.local()


class ReadUnseen(AssertionError):
    """A page showed or used personal text of a row, and no reading names that row."""


def watched(request):
    """`Client.request`, and then: was all that was opened also logged?"""

    @wraps(request)
    def watching(client, **given):
        before = getattr(_seen, "now", None)
        _seen.now = opened, _noted = set(), set()
        try:
            answer = request(client, **given)
        finally:
            _seen.now = before
        if not opened:  # a file or an unknown address has no route to ask for
            return answer
        route = getattr(getattr(answer, "resolver_match", None), "view_name", "")
        if route not in EXCEPTIONS:
            rows = sorted(f"{table} {row}" for table, row in opened)
            raise ReadUnseen(
                f"{route} opened {', '.join(rows[:3])}: call note_reading first "
                "(accounts.actions), with the rows, before a text of them is opened"
            )
        return answer

    watching.watches = True
    return watching


def _on_reading(sender, instance, **_kwargs):
    from django.apps import apps

    now = getattr(_seen, "now", None)
    if now is not None and "." in instance.kind:
        table = apps.get_model(instance.kind)._meta.db_table
        now[1].update((table, str(row)) for row in instance.rows)


@pytest.fixture(scope="session", autouse=True)
def watch_readings():
    """Listen at the cipher for the whole run."""
    from klapkarre.foundation.accounts.models import Reading
    from klapkarre.foundation.kit import cipher

    unseal, request = cipher.unseal, Client.request

    @wraps(unseal)
    def listening(value, **place):
        now = getattr(_seen, "now", None)
        if (
            now is not None
            and not cipher.is_comparing()
            and (place["table"], str(place["row"])) not in now[1]
        ):
            now[0].add((place["table"], str(place["row"])))
        return unseal(value, **place)

    cipher.unseal = listening
    Client.request = watched(request)
    post_save.connect(_on_reading, sender=Reading, dispatch_uid="reading_watch")
    yield
    cipher.unseal, Client.request = unseal, request
    post_save.disconnect(sender=Reading, dispatch_uid="reading_watch")
