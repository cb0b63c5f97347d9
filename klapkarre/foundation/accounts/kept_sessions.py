"""Sessions in the database under the hash of their key: a copy of the database opens nobody's session.

The key itself stands in the cookie of its browser only. It has 165 random bits, so a plain hash is enough.
"""

import hashlib

from django.contrib.sessions.backends import db
from django.utils import timezone

from klapkarre.foundation.kit import asking

LENGTH = 40  # what the table holds


def kept_as(key):
    """What the database knows a session by."""
    return hashlib.sha256(f"klapkarre session|{key}".encode()).hexdigest()[:LENGTH]


class SessionStore(db.SessionStore):
    """The engine of the framework, which would keep the keys themselves."""

    def _get_session_from_db(self):
        given = ((timezone.now(), asking.MOMENT), (kept_as(self.session_key), asking.TEXT))
        [found] = asking.models(given, self._living, "accounts.session") or [None]
        if found is None:
            self._session_key = None
        return found

    def _living(self, now, key):
        return self.model.objects.filter(expire_date__gt=now, session_key=key)

    def exists(self, session_key):
        return super().exists(kept_as(session_key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key:
            super().delete(kept_as(key))
