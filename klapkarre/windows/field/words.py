"""What a phone may keep without being unlocked: the words to choose from. Nothing in it names anyone."""

import datetime
import hashlib
import json

from django.utils import timezone

from klapkarre.foundation.accounts.access import work_area
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.months import start_of
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme

RECENT = datetime.timedelta(days=90)


def words_for(user, now=None):
    """Settings, neighbourhoods, themes, bridges and the activities of today; `version` changes when they do."""
    now = now or timezone.now()
    used = ContactTheme.objects.most_used(user, now - RECENT)
    words = {
        "settings": _pairs(ContactMoment.Setting.choices),
        "neighbourhoods": [[buurt.pk, buurt.name] for buurt in work_area(user)],
        "themes": [[theme, str(Theme(theme).label)] for theme in dict.fromkeys([*used, *Theme.values])],
        "bridges": _pairs(ContactMoment.Bridge.choices),
        "activities": activities(user, now),
    }
    return words | {"version": hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]}


def _pairs(choices):
    return [[value, str(label)] for value, label in choices]


def activities(user, now):
    """The activities of today that this worker may count: id, title, begin."""
    today = start_of(timezone.localdate(now))
    rows = (
        Activity.objects.filter(user.own_reach.rows(), state=Activity.State.PUBLISHED)
        .filter(
            starts_at__lt=start_of(timezone.localdate(now) + datetime.timedelta(days=1)), ends_at__gte=today
        )
        .order_by("starts_at", "pk")
    )
    return [[row.pk, row.title, timezone.localtime(row.starts_at).isoformat()] for row in rows]


def last_of(user):
    """Setting and neighbourhood of the own last contact, to begin with."""
    return ContactMoment.objects.filter(by=user).values("setting", "neighbourhood").first()
