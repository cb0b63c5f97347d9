"""Search: one field, everything that everyone may read. What is typed is not stored, logged or kept in a cache."""

from typing import NamedTuple

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klapkarre.foundation.finding import search as finding
from klapkarre.foundation.finding.folding import fold, words_of
from klapkarre.foundation.kit import limits
from klapkarre.foundation.kit.templatetags.kit import clock, day
from klapkarre.foundation.places.models import Municipality, Neighbourhood, Place, Welcome
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.news.models import News

MOST = 20
# Of one address in ten minutes: a library has many people behind one.
MOST_QUESTIONS = 300
# Of so many hits the rows themselves are looked up.
LOOKED_UP = 120
# Pages that stand still: name, title, and the words by which people look for them.
PAGES = (
    ("website:points", gettext_lazy("Buurtpunten"), gettext_lazy("open uren adres koffie plaats")),
    ("website:neighbourhoods", gettext_lazy("Buurten"), gettext_lazy("wijk straat")),
    ("agenda:list", gettext_lazy("Activiteiten"), gettext_lazy("agenda kalender te doen")),
    ("news:list", gettext_lazy("Nieuws uit de buurt"), gettext_lazy("nieuws nieuwtjes")),
    (
        "agenda:slip_by_code",
        gettext_lazy("Briefje met een code"),
        gettext_lazy("afmelden annuleren plaats code"),
    ),
    ("website:privacy", gettext_lazy("Privacy"), gettext_lazy("gegevens bewaren wissen rechten naam")),
    ("website:accessibility", gettext_lazy("Toegankelijkheid"), gettext_lazy("blind voorlezen klacht")),
)


class Hit(NamedTuple):
    """One result."""

    title: str
    url: str
    about: str
    icon: str
    is_ours: bool = False  # a page of the program, in the language of the page


@require_safe
@never_cache
def search(request):
    """`?q=` words, `?gemeente=` in one town only. A wrong word is taken for the nearest that is there."""
    slug = request.GET.get("gemeente", "")[:60]
    town = Municipality.objects.filter(slug=slug).first() if slug else None
    typed = request.GET.get("q", "")[: finding.LONGEST].strip()
    words = finding.asked(typed)
    towns = list(Municipality.objects.all()[:2])
    only = towns[0] if len(towns) == 1 else town
    context = {"typed": typed, "words": words, "town": town, "human": only and _human(only)}
    if words:
        if limits.count("search", limits.address_of(request)) > MOST_QUESTIONS:
            return render(request, "website/search.html", context | {"too_often": True}, status=429)
        context |= _answer(words, town)
    return render(request, "website/search.html", context)


def _human(town):
    return {"name": town.desk or town.name, "phone": town.phone}


def _answer(words, town):
    """The hits; without any, those of the nearest words, and which these are."""
    hits = _hits(words, town)
    if hits:
        return {"hits": hits}
    near = finding.nearest(words)
    found = _hits(near, town) if near else []
    return {"hits": found, "near": " ".join(near) if found else ""}


def _hits(words, town):
    now = timezone.now()
    entries = finding.find(words, town, now)[:LOOKED_UP]
    rows = {
        kind: look([entry.key for entry in entries if entry.kind == kind], now)
        for kind, look in LOOK_UP.items()
    }
    found, seen = [], set()
    for entry in entries:
        # The row decides: what residents may not see any more is not among the rows.
        known, hit = rows[entry.kind].get(entry.key, (None, None))
        if hit and known not in seen:
            seen.add(known)
            found.append(hit)
    return (found + _pages(words))[:MOST]


def _pages(words):
    found = []
    for name, title, more in PAGES:
        there = words_of(f"{title} {more}")
        if all(any(one.startswith(word) for one in there) for word in words):
            found.append(Hit(str(title), reverse(name), "", "file-text", True))
    return found


def _activities(keys, now):
    rows = Activity.objects.filter(state=Activity.State.PUBLISHED, pk__in=keys).upcoming(now)
    found = {}
    for row in rows.select_related("place", "neighbourhood"):
        words = {"day": day(row.starts_at), "time": clock(row.starts_at)}
        where = row.place.name if row.place else row.where or row.neighbourhood.name
        about = f"{capfirst(_('%(day)s om %(time)s') % words)}. {where}"
        # A series once, by its soonest day.
        known = f"series {row.series_id}" if row.series_id else f"activity {row.pk}"
        found[str(row.pk)] = known, Hit(row.title, row.get_absolute_url(), about, "calendar")
    return found


def _news(keys, _now):
    rows = News.objects.published().filter(pk__in=keys).select_related("neighbourhood")
    return {
        str(row.pk): (row, Hit(row.title, row.get_absolute_url(), row.neighbourhood.name, "speakerphone"))
        for row in rows
    }


def _points(keys, _now):
    rows = Place.objects.points().filter(pk__in=keys).select_related("neighbourhood")
    return {
        str(row.pk): (
            row,
            Hit(row.name, row.get_absolute_url(), row.street or row.neighbourhood.name, "map-pin"),
        )
        for row in rows
    }


def _neighbourhoods(keys, _now):
    rows = Neighbourhood.objects.filter(pk__in=keys).select_related("municipality")
    return {
        str(row.pk): (row, Hit(row.name, row.get_absolute_url(), row.municipality.name, "trees"))
        for row in rows
    }


def _welcomes(keys, _now):
    rows = Welcome.objects.filter(pk__in=keys, place__kind=Place.Kind.POINT).select_related("place")
    return {
        str(row.pk): (
            f"{fold(row.text)} {row.place_id}",
            Hit(row.text, row.place.get_absolute_url(), row.place.name, row.icon or "door-enter"),
        )
        for row in rows
    }


LOOK_UP = {
    "activity": _activities,
    "news": _news,
    "point": _points,
    "neighbourhood": _neighbourhoods,
    "welcome": _welcomes,
}
