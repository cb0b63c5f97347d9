"""Files that people send: how many one login may send, one after the other, and where they are kept."""

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import limits

# Of one login within ten minutes, photos and recordings together: six languages of six texts.
MOST = 40
# Seconds that somebody waits for the file of another; whoever waits holds one of the few threads.
LONGEST_WAIT = 3

TOO_MANY = _("Je stuurde net veel bestanden. Wacht tien minuten en kies dit bestand opnieuw.")


def takes(view, kind):
    """This view, marked as one that may receive such a file; what a login sends there is counted."""

    @wraps(view)
    def counted(request, *args, **kwargs):
        is_sent = request.method == "POST" and request.FILES and request.user.is_authenticated
        if is_sent and limits.count("upload", str(request.user.pk)) > MOST:
            for file in request.FILES.values():
                file.is_too_many = True
        return view(request, *args, **kwargs)

    counted.takes_file = kind
    return counted


@contextmanager
def alone(lock, words):
    """One at a time; ValidationError with these words when the one before takes too long."""
    if not lock.acquire(timeout=LONGEST_WAIT):
        raise ValidationError(words, code="busy")
    try:
        yield
    finally:
        lock.release()


def refuse_too_many(file):
    """ValidationError when this login sent too many: nothing of the file is read."""
    if getattr(file, "is_too_many", False):
        raise ValidationError(TOO_MANY, code="often")


@dataclass(frozen=True)
class Shelf:
    """Where files of one kind are kept; `ending` belongs to all of them and is no part of their names."""

    folder: str
    ending: str = ""

    def path_of(self, name):
        return f"{self.folder}/{name[:2]}/{name}{self.ending}"

    def keep(self, content, owner, after=""):
        """Write these bytes, unless they are there whole, and return their name: a sum of what is in them, and `after`.

        Two owners never share a file, so each takes away the own one.
        """
        name = hashlib.sha256(repr(owner).encode() + b"\0" + content).hexdigest()[:40] + after
        path = self.path_of(name)
        if default_storage.exists(path):
            if default_storage.size(path) == len(content):
                return name
            default_storage.delete(path)  # a server stopped while it wrote
        default_storage.save(path, ContentFile(content))
        return name

    def read(self, name):
        """The bytes, or None. `name` comes from our own row."""
        try:
            with default_storage.open(self.path_of(name)) as file:
                return file.read()
        except FileNotFoundError:
            return None

    def forget(self, *names):
        """Take the files away; one that is away already is fine."""
        for name in names:
            default_storage.delete(self.path_of(name))
