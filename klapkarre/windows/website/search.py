"""Search: one field, everything that everyone may read. What is typed is not stored, logged or kept in a cache."""

from functools import lru_cache, partial
from typing import NamedTuple

from django.db.models import Case, F, Value, When
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klapkarre.foundation.finding import search as finding
from klapkarre.foundation.finding.folding import fold, words_of
from klapkarre.foundation.kit import limits
from klapkarre.foundation.kit.languages import DUTCH, OWN_NAMES, Written, here, name_of, translated
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
    ("website:map", gettext_lazy("Op de kaart"), gettext_lazy("kaart plan waar weg adres straat")),
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
    """`?q=` words, `?gemeente=` in one town only. A wrong word is taken for the nearest that is there.

    First in the language of the page and in Dutch, in which all that nobody translated stands; then in every language:
    who lands on the Dutch page may type what it is called at home. At most eight queries.
    """
    town, only = _towns(request.GET.get("gemeente", "")[:60])
    typed = request.GET.get("q", "")[: finding.LONGEST].strip()
    words = finding.asked(typed)
    context = {"typed": typed, "words": words, "town": town, "human": only and _human(only)}
    if words:
        if limits.count("search", limits.address_of(request)) > MOST_QUESTIONS:
            return render(request, "website/search.html", context | {"too_often": True}, status=429)
        context |= _answer(words, town)
    return render(request, "website/search.html", context)


def _towns(slug):
    """The town of this name, if any; and the town to call: that one, or the only one there is. One query."""
    named_first = Case(When(slug=slug, then=Value(0)), default=Value(1))
    towns = list(Municipality.objects.order_by(named_first, "pk")[:2])
    town = next((one for one in towns if slug and one.slug == slug), None)
    return town, town or (towns[0] if len(towns) == 1 else None)


def _human(town):
    return {"name": town.desk or town.name, "phone": town.phone}


def _answer(words, town):
    """The hits; without any, those of the nearest words, and which these are."""
    languages = {get_language() or DUTCH, DUTCH}
    hits = _hits(words, town, languages)
    if hits:
        return {"hits": hits}
    near = finding.nearest(words, languages)
    found = _hits(near, town)
    return {
        "hits": found,
        "near": format_html("<bdi>{}</bdi>", " ".join(near)) if found and near != words else "",
    }


def _hits(words, town, languages=()):
    now = timezone.now()
    entries = finding.find(words, town, now, languages)[:LOOKED_UP]
    rows: dict = {}
    for kinds, look in LOOK_UP:
        keys = {kind: [entry.key for entry in entries if entry.kind == kind] for kind in kinds}
        rows |= look(keys, now) if any(keys.values()) else {}
    found, seen = [], set()
    for entry in entries:
        # The row decides: what residents may not see any more is not among the rows.
        known, hit = rows.get((entry.kind, entry.key), (None, None))
        if hit and known not in seen:
            seen.add(known)
            found.append(hit())
            if len(found) == MOST:
                break
    return (found + _pages(words))[:MOST]


def _pages(words):
    there = _words_of_pages(get_language() or DUTCH)
    return [
        Hit(str(title), reverse(name), "", "file-text", True)
        for (name, title, _more), its in zip(PAGES, there, strict=True)
        if all(any(one.startswith(word) for one in its) for word in words)
    ]


@lru_cache(maxsize=len(OWN_NAMES))
def _words_of_pages(language):
    """The words by which each of our own pages is found: in this language and in Dutch."""
    found = []
    for _name, title, more in PAGES:
        said = []
        for spoken in {language, DUTCH}:
            with override(spoken):
                said.append(f"{title} {more}")
        found.append(words_of(" ".join(said)))
    return found


def _activities(keys, now):
    rows = Activity.objects.filter(state=Activity.State.PUBLISHED, pk__in=keys["activity"]).upcoming(now)
    found = {}
    for row in rows.select_related("place", "neighbourhood"):
        # A series once, by its soonest day.
        known = f"series {row.series_id}" if row.series_id else f"activity {row.pk}"
        found["activity", str(row.pk)] = known, partial(_activity, row)
    return found


def _activity(row):
    words = {"day": day(row.starts_at), "time": clock(row.starts_at)}
    where = row.place.name if row.place else translated(row.where) or row.where or row.neighbourhood.name
    about = f"{capfirst(_('%(day)s om %(time)s') % words)}. {where}"
    return Hit(row.title, row.get_absolute_url(), about, "calendar")


def _news(keys, _now):
    rows = News.objects.published().filter(pk__in=keys["news"]).select_related("neighbourhood")
    return {
        ("news", str(row.pk)): (
            f"news {row.pk}",
            partial(Hit, row.title, row.get_absolute_url(), row.neighbourhood.name, "speakerphone"),
        )
        for row in rows
    }


class Line(NamedTuple):
    """What neighbourhoods, points and things to come for have in common, so that one query finds all three."""

    kind: str
    key: int
    title: str
    slug: str  # of the page
    about: str
    icon: str
    place: int  # whose text the title is, when it is something to come for


_FACTS = ("title", "slug", "about", "icon", "place")


def _places(keys, _now):
    buurten = Neighbourhood.objects.filter(pk__in=keys["neighbourhood"])
    points = Place.objects.points().filter(pk__in=keys["point"])
    welcomes = Welcome.objects.filter(pk__in=keys["welcome"], place__kind=Place.Kind.POINT)
    street = Case(When(street="", then=F("neighbourhood__name")), default=F("street"))
    rows = _lines(
        buurten, "neighbourhood", F("name"), F("slug"), F("municipality__name"), Value("trees"), Value(0)
    ).union(
        _lines(points, "point", F("name"), F("slug"), street, Value("map-pin"), Value(0)),
        _lines(welcomes, "welcome", F("text"), F("place__slug"), F("place__name"), F("icon"), F("place")),
    )
    found = {}
    for line in (Line(*row) for row in rows.order_by("line_kind", "pk")):
        path = here(f"/{'buurten' if line.kind == 'neighbourhood' else 'buurtpunten'}/{line.slug}/")
        # The same thing to come for stands once for each point.
        known = (
            f"welcome {fold(line.title)} {line.slug}" if line.kind == "welcome" else f"{line.kind} {line.key}"
        )
        title = Written(line.title, name_of("places.place", line.place)) if line.place else line.title
        hit = partial(Hit, title, path, line.about, line.icon or "door-enter")
        found[line.kind, str(line.key)] = known, hit
    return found


def _lines(rows, kind, *facts):
    rows = rows.order_by().annotate(
        line_kind=Value(kind), **{f"line_{name}": fact for name, fact in zip(_FACTS, facts, strict=True)}
    )
    return rows.values_list("line_kind", "pk", *(f"line_{name}" for name in _FACTS))


LOOK_UP = (
    (("activity",), _activities),
    (("news",), _news),
    (("neighbourhood", "point", "welcome"), _places),
)
