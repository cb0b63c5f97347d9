"""What is new, as Atom (RFC 4287): on the agenda, a series once by its first coming day; and the news."""

from operator import itemgetter

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.templatetags.kit import clock, day, said
from klapkarre.windows.exchange.calendars import facts_of

MOST = 30
# To find so many different ones, look at this many more: a series comes back often.
SEEN = 10


def newest(rows):
    """The activities that were planned last, each series once, in the order in which they were planned."""
    found, series = [], set()
    for row in rows.order_by("-planned_at", "starts_at", "pk")[: MOST * SEEN]:
        if row.series_id is None or row.series_id not in series:
            found.append(row)
            series.add(row.series_id)
    return found[:MOST]


def news(rows, items, *, name, host, page, own):
    """The bytes of a feed with what is new: activities (`rows`) and news (`items`), newest first.

    `host` goes before addresses; `own` is where the feed itself stands.
    """
    host = host.rstrip("/")
    feed = Atom1Feed(
        name,
        host + page,
        _("Nieuw op de agenda."),
        language=get_language(),
        author_name="Klapkarre",
        feed_url=host + own,
    )
    for entry in sorted(
        [*_planned(rows, host), *_written(items, host)], key=itemgetter("pubdate"), reverse=True
    ):
        feed.add_item(**entry)
    return feed.writeString("utf-8").encode()


def _written(items, host):
    for item in items.order_by("-published_at", "-pk")[:MOST]:
        yield {
            "title": said(item.title),
            "link": host + item.get_absolute_url(),
            "description": said(item.text),
            "unique_id": f"urn:uuid:{item.uid}",
            "pubdate": item.published_at,
            "updateddate": max(item.saved_at, item.published_at),
        }


def _planned(rows, host):
    for row in newest(rows):
        facts = facts_of(row)
        when = timezone.localtime(row.starts_at)
        words = {"title": said(row.title), "day": day(when), "time": clock(when)}
        yield {
            "title": _("%(title)s: %(day)s om %(time)s") % words,
            "link": host + row.get_absolute_url(),
            "description": "\n".join((facts.where, facts.about)),
            # That of the series, or each week would be news once more.
            "unique_id": f"urn:uuid:{row.series.uid if row.series else row.uid}",
            "pubdate": row.planned_at,
            "updateddate": row.saved_at,
        }
