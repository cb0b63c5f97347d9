"""What of the agenda can be found: activities that residents see, still to come, and not called off."""

from django.utils import timezone
from django.utils.formats import date_format

from klapkarre.foundation.finding.actions import publish, withdraw
from klapkarre.foundation.finding.sources import Text
from klapkarre.rooms.agenda.models import Activity, Series

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
    """The `Text` of one activity; its words are those on its page. What a series says is translated once, for all."""
    place = row.place.name if row.place else ""
    return Text(
        KIND,
        str(row.pk),
        row.neighbourhood.municipality_id,
        row.title,
        " ".join((place, row.neighbourhood.name, row.partners)),
        row.ends_at,
        said=(("title", row.title), ("summary", row.summary), ("where", row.where)),
        of=(Series, row.series_id) if row.series_id else (Activity, row.pk),
        labels=lambda: f"{row.audience_words} {row.get_theme_display()} {_day_of(row)}",
    )


def _day_of(row):
    """The day as people type it: *vrijdag 27 november*, in the language that is spoken now."""
    return date_format(timezone.localtime(row.starts_at), "l j F")


def texts(only=None):
    """Every activity that residents can find now; `only`: these keys."""
    rows = Activity.objects.filter(state=Activity.State.PUBLISHED, ends_at__gte=timezone.now())
    if only is not None:
        rows = rows.filter(pk__in=only[KIND])
    for row in rows.select_related("place", "neighbourhood").iterator(chunk_size=1000):
        yield text_of(row)
