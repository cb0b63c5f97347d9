"""Activities as iCalendar (RFC 5545, 7986).

What takes place is what the rows say. A series becomes one event with its rule where the rows follow it: a day of the
rule without a row is an exception, a row that differs (another hour, place, text, called off) is told apart by its
day, and a row outside the rule is an event of its own. So a calendar shows the same days as the site, whatever was
moved. An event keeps its uid for ever.
"""

import datetime
import unicodedata
from collections import Counter
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, vRecur

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.templatetags.kit import euro, said
from klapkarre.foundation.places.opening import BRUSSELS
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.repetition import days_of
from klapkarre.windows.exchange.lines import Said, event_lines

MAKER = "-//Klapkarre//Klapkarre//NL"
END = b"END:VCALENDAR"
AGAIN = datetime.timedelta(hours=6)
# The clocks of Belgium since 1996, as the European directive says it: for ever.
CLOCKS = Timezone.from_ical(
    b"\r\n".join(
        (
            b"BEGIN:VTIMEZONE",
            b"TZID:Europe/Brussels",
            b"BEGIN:DAYLIGHT",
            b"DTSTART:19960331T020000",
            b"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            b"TZNAME:CEST",
            b"TZOFFSETFROM:+0100",
            b"TZOFFSETTO:+0200",
            b"END:DAYLIGHT",
            b"BEGIN:STANDARD",
            b"DTSTART:19961027T030000",
            b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            b"TZNAME:CET",
            b"TZOFFSETFROM:+0200",
            b"TZOFFSETTO:+0100",
            b"END:STANDARD",
            b"END:VTIMEZONE",
            b"",
        )
    )
)


# What decides about the words of an activity beside its own title and summary.
SAME = (
    *("theme", "place_id", "where", "neighbourhood_id", "price_cents", "bring"),
    *("kind", "audiences", "spoken", "access", "partners", "sign_up_kind"),
)


class Facts(NamedTuple):
    """What the events of a series may have in common."""

    title: str
    about: str
    where: str
    theme: str
    hour: datetime.time
    lasts: datetime.timedelta


def calendar(rows, *, name, host, page, blocks=False):
    """The bytes of a calendar with these activities. `host` goes before addresses, `blocks` keeps the time free."""
    found = Calendar()
    found.add("prodid", MAKER)
    found.add("version", "2.0")
    for key in ("name", "x-wr-calname"):
        found.add(key, _one_line(name))
    found.add("x-wr-timezone", "Europe/Brussels")
    found.add("url", host.rstrip("/") + page)
    found.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT6H")
    found.add_component(CLOCKS)
    # The library writes what stands around the events, `lines` each event.
    before, end = found.to_ical().rsplit(END, 1)
    address = host.rstrip("/") + reverse("agenda:detail", args=[0]).replace("/0/", "/%s/")
    events = (event_lines(one._replace(blocks=blocks)) for one in _events(rows, address))
    return b"".join((before, *events, END, end))


def _one_line(name):
    """A name without line ends and signs that nobody sees: the library refuses them where a line ends."""
    seen = (" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in name)
    return " ".join("".join(seen).split(" ")).strip()


def _events(rows, address):
    """What to say of each; `address` is that of an activity, with a gap for its number."""
    known = {}
    loose, by_series = [], {}
    for row in rows:
        follows = row.series_day and row.series.rule
        by_series.setdefault(row.series_id, []).append(row) if follows else loose.append(row)
    for ones in by_series.values():
        events, others = _series_events(ones, address, known)
        yield from events
        loose += others
    for row in loose:
        yield _event(row, facts_of(row, known), address, row.uid)


def _series_events(rows, address, known):
    """One event with a rule, one for each day that differs; and the rows that the rule does not name."""
    series = rows[0].series
    named = days_of(series.rule, series.first_day, until=max(row.series_day for row in rows))
    days_of_rule = set(named)
    inside = {row.series_day: row for row in rows if row.series_day in days_of_rule}
    facts = {day: facts_of(row, known) for day, row in inside.items()}
    usual = Counter(facts[day] for day, row in inside.items() if not row.is_cancelled).most_common(1)
    if len(inside) < 2 or not usual:
        return [], rows
    common = usual[0][0]
    days = sorted(inside)
    events = [_with_rule(series, inside, days, named, common, address)]
    for day in days:
        row = inside[day]
        if row.is_cancelled or row.day != day or facts[day] != common or _clock_changes(row):
            event = _event(row, facts[day], address, series.uid)
            events.append(event._replace(instead_of=_moment(day, common.hour)))
    return events, [row for row in rows if row.series_day not in inside]


def _with_rule(series, inside, days, named, common, address):
    today = timezone.localdate()
    coming = [inside[day] for day in days if day >= today and not inside[day].is_cancelled]
    rule = vRecur.from_ical(series.rule)
    rule["UNTIL"] = [_moment(days[-1], common.hour).astimezone(datetime.UTC)]
    without = [day for day in named if days[0] <= day <= days[-1] and day not in inside]
    page = address % (coming or [inside[days[-1]]])[0].pk
    saved_at = max(row.saved_at for row in inside.values())
    event = _said(series.uid, common, _moment(days[0], common.hour), page, "CONFIRMED", saved_at)
    return event._replace(
        rule=rule.to_ical().decode(), without=tuple(_moment(day, common.hour) for day in without)
    )


def _event(row, facts, address, uid):
    """One activity on its own day. Called off is in the title too: not every program shows the state."""
    if row.is_cancelled:
        title = _("Gaat niet door: %(title)s") % {"title": facts.title}
        facts = facts._replace(title=title, about=said(row.cancelled_because))
    state = "CANCELLED" if row.is_cancelled else "CONFIRMED"
    begin = row.starts_at.astimezone(BRUSSELS)
    event = _said(uid, facts, begin, address % row.pk, state, row.saved_at)
    return event._replace(sequence=row.version - 1)


def _said(uid, facts, begin, address, status, saved_at):
    more = _("Meer lezen: %(address)s") % {"address": address}
    ends = begin.replace(tzinfo=None, fold=0) + facts.lasts
    return Said(
        uid=str(uid),
        summary=facts.title,
        begin=begin,
        end=ends.replace(tzinfo=BRUSSELS),
        description=f"{facts.about}\n\n{more}".strip(),
        location=facts.where,
        category=facts.theme,
        url=address,
        status=status,
        saved_at=saved_at,
    )


def facts_of(row, known=None):
    """What a calendar says about one activity: nothing that its page does not say.

    Many say the same beside their title and summary: `known`, a dict of one calendar, keeps those words.
    """
    key = row.organisation_id, *(_fixed(getattr(row, name)) for name in SAME)
    words = None if known is None else known.get(key)
    if words is None:
        words = _about(row), _where(row), capfirst(str(Theme(row.theme).label))
        if known is not None:
            known[key] = words
    starts, ends = (moment.astimezone(BRUSSELS) for moment in (row.starts_at, row.ends_at))
    about, where, theme = words
    about = f"{said(row.summary)}\n{about}" if row.summary else about
    return Facts(
        said(row.title),
        about,
        where,
        theme,
        starts.time(),
        ends.replace(tzinfo=None) - starts.replace(tzinfo=None),
    )


def _fixed(value):
    return tuple(value) if isinstance(value, list) else value


def _where(row):
    place = row.place
    street = place and ", ".join(filter(None, (place.street, f"{place.postcode} {place.town}".strip())))
    # An address stays as it stands on the door.
    where = [place and place.name, said(row.where), street or (None if place else row.neighbourhood.name)]
    return ", ".join(filter(None, where))


def _about(row):
    about = [capfirst(euro(row.price)) + ".", _come(row)]
    if row.audience_words:
        about.append(_("Voor wie: %(groups)s.") % {"groups": row.audience_words})
    if row.spoken_words:
        about.append(_("We spreken: %(languages)s.") % {"languages": row.spoken_words})
    about += [f"{sentence}." for _icon, sentence in row.access_facts]
    if row.partners:
        about.append(_("Doen mee: %(names)s.") % {"names": row.partners})
    if row.bring:
        about.append(_("Breng mee: %(things)s.") % {"things": said(row.bring)})
    return "\n".join(about)


def _come(row):
    if row.kind == Activity.Kind.ROUND:
        return _("Wij komen door de straat. Je hoeft niets te doen.")
    if row.takes_names:
        return _("Meld je aan met je naam.")
    return _("Kom gewoon binnen.") if row.at_point else _("Kom gewoon langs.")


def _clock_changes(row):
    """Between begin and end: then programs do not agree on how long a repeated event lasts."""
    starts, ends = (moment.astimezone(BRUSSELS) for moment in (row.starts_at, row.ends_at))
    return starts.utcoffset() != ends.utcoffset()


def _moment(day, hour):
    return datetime.datetime.combine(day, hour, tzinfo=BRUSSELS)
