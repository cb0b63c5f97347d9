"""What of the agenda can be found: activities that residents see, still to come, and not called off."""

from django.utils import timezone

from klapkarre.foundation.finding.actions import publish, withdraw
from klapkarre.foundation.finding.sources import Text
from klapkarre.rooms.agenda.models import Activity

KIND = "activity"


def renew(rows):
    """Let these activities be found as they stand now, or not any more."""
    shown = [row for row in rows if row.state == Activity.State.PUBLISHED]
    publish(*(text_of(row) for row in shown))
    withdraw(KIND, *(row.pk for row in rows if row not in shown))


def away(keys):
    """Nobody finds these activities (primary keys) any more."""
    withdraw(KIND, *keys)


def text_of(row):
    """The `Text` of one activity; its words are those on its page."""
    place = row.place.name if row.place else ""
    about = (row.summary, row.where, place, row.neighbourhood.name, row.partners, row.audience_words)
    town = row.neighbourhood.municipality_id
    return Text(KIND, str(row.pk), town, row.title, " ".join((*about, row.get_theme_display())), row.ends_at)


def texts():
    """Every activity that residents can find now."""
    rows = Activity.objects.filter(state=Activity.State.PUBLISHED, ends_at__gte=timezone.now())
    for row in rows.select_related("place", "neighbourhood").iterator(chunk_size=1000):
        yield text_of(row)
