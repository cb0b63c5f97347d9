"""Who waits goes first: a slow page of the staff gives way to every other request in its process.

Python runs one thread of a process at a time. A report that counts for a second holds a page of ten milliseconds up for
twenty; when it stands aside between two of its steps, it does not (`./kar bench report`, docs/decisions/0037).
"""

import threading
import time
from functools import wraps

from django.db import connection

from klapkarre.foundation.kit import views

# Requests of this process that somebody waits for, by thread. A page that gives way is not among them, so that two of
# these never wait for each other.
_in_flight = set()
_own = threading.local()

MOST = 2.0  # seconds that a page stands aside in all: on a busy day it comes later, but it comes
MOMENT = 0.001  # seconds
STEP = 50  # rows between two looks
# One less than the threads of a process (`commands/server.py`): one is always there for who only wants to read.
AT_ONCE = 3
_places = threading.BoundedSemaphore(AT_ONCE)


def counted(get_response):
    """Know which requests are being answered. Outermost."""

    def middleware(request):
        thread = threading.get_ident()
        _in_flight.add(thread)
        try:
            return get_response(request)
        finally:
            _in_flight.discard(thread)

    return middleware


def gives_way(view):
    """Let others first: before each query of this page, and wherever it calls `give_way` or `by_turns`.

    Of such pages at most `AT_ONCE` are made at once; who asks one more is told to wait a moment (503).
    """

    def queried(execute, *asked):
        give_way()
        return execute(*asked)

    @wraps(view)
    def answer(request, *args, **kwargs):
        if not _places.acquire(blocking=False):
            return views.busy(request)
        _in_flight.discard(threading.get_ident())
        _own.left = MOST
        try:
            with connection.execute_wrapper(queried):
                return view(request, *args, **kwargs)
        finally:
            _own.left = 0
            _places.release()

    return answer


def give_way():
    """Wait while others are being answered. Nothing outside a page that `gives_way`."""
    while _in_flight and getattr(_own, "left", 0) > 0:
        began = time.monotonic()
        time.sleep(MOMENT)
        _own.left -= time.monotonic() - began


def by_turns(rows, step=STEP):
    """These rows, with a look for others before each `step` of them."""
    for number, row in enumerate(rows):
        if number % step == 0:
            give_way()
        yield row


class Rows:
    """Rows for a template, by turns. It makes a list of what has no length, and would look at all times beforehand."""

    def __init__(self, rows, step):
        self.rows, self.step = rows, step

    def __len__(self):
        return len(self.rows)

    def __iter__(self):
        return by_turns(self.rows, self.step)
