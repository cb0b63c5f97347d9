"""Activities as iCalendar (RFC 5545, 7986).

What takes place is what the rows say. A series becomes one event with its rule where the rows follow it: a day of the
rule without a row is an exception, a row that differs (another hour, place, text, called off) is told apart by its
day, and a row outside the rule is an event of its own. So a calendar shows the same days as the site, whatever was
moved. An event keeps its uid for ever.
"""

import datetime
from collections import Counter
from typing import NamedTuple

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vRecur

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.templatetags.kit import euro
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.repetition import days_of

MAKER = "-//Klapkarre//Klapkarre//NL"
AGAIN = datetime.timedelta(hours=6)
# The clocks of Belgium since 1996, as the European directive says it: for ever.
BRUSSELS = Timezone.from_ical(
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
        found.add(key, name)
    found.add("x-wr-timezone", "Europe/Brussels")
    found.add("url", _address(host, page))
    found.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT6H")
    found.add_component(BRUSSELS)
    for event in _events(rows, host):
        event.add("transp", "OPAQUE" if blocks else "TRANSPARENT")
        found.add_component(event)
    return found.to_ical()


def _events(rows, host):
    loose, by_series = [], {}
    for row in rows:
        follows = row.series_day and row.series.rule
        by_series.setdefault(row.series_id, []).append(row) if follows else loose.append(row)
    for ones in by_series.values():
        events, others = _series_events(ones, host)
        yield from events
        loose += others
    for row in loose:
        yield _event(row, facts_of(row), host, row.uid)


def _series_events(rows, host):
    """One event with a rule, one for each day that differs; and the rows that the rule does not name."""
    series = rows[0].series
    named = days_of(series.rule, series.first_day, until=max(row.series_day for row in rows))
    days_of_rule = set(named)
    inside = {row.series_day: row for row in rows if row.series_day in days_of_rule}
    facts = {day: facts_of(row) for day, row in inside.items()}
    usual = Counter(facts[day] for day, row in inside.items() if not row.is_cancelled).most_common(1)
    if len(inside) < 2 or not usual:
        return [], rows
    common = usual[0][0]
    days = sorted(inside)
    events = [_with_rule(series, inside, days, named, common, host)]
    for day in days:
        row = inside[day]
        if row.is_cancelled or row.day != day or facts[day] != common or _clock_changes(row):
            event = _event(row, facts[day], host, series.uid)
            event.add("recurrence-id", _moment(day, common.hour))
            events.append(event)
    return events, [row for row in rows if row.series_day not in inside]


def _with_rule(series, inside, days, named, common, host):
    today = timezone.localdate()
    coming = [inside[day] for day in days if day >= today and not inside[day].is_cancelled]
    event = Event()
    begin = _moment(days[0], common.hour)
    event.add("uid", str(series.uid))
    _add_facts(event, common, begin, _address(host, (coming or [inside[days[-1]]])[0].get_absolute_url()))
    rule = vRecur.from_ical(series.rule)
    rule["UNTIL"] = [_moment(days[-1], common.hour).astimezone(datetime.UTC)]
    event.add("rrule", rule)
    without = [day for day in named if days[0] <= day <= days[-1] and day not in inside]
    if without:
        event.add("exdate", [_moment(day, common.hour) for day in without])
    event.add("status", "CONFIRMED")
    _add_stamps(event, max(row.saved_at for row in inside.values()))
    return event


def _event(row, facts, host, uid):
    """One activity on its own day. Called off is in the title too: not every program shows the state."""
    event = Event()
    event.add("uid", str(uid))
    if row.is_cancelled:
        title = _("Gaat niet door: %(title)s") % {"title": facts.title}
        facts = facts._replace(title=title, about=row.cancelled_because)
    begin = timezone.localtime(row.starts_at)
    _add_facts(event, facts, begin, _address(host, row.get_absolute_url()))
    event.add("status", "CANCELLED" if row.is_cancelled else "CONFIRMED")
    event.add("sequence", row.version - 1)
    _add_stamps(event, row.saved_at)
    return event


def _add_facts(event, facts, begin, address):
    event.add("summary", facts.title)
    event.add("dtstart", begin)
    event.add("dtend", timezone.make_aware(begin.replace(tzinfo=None) + facts.lasts))
    more = _("Meer lezen: %(address)s") % {"address": address}
    event.add("description", f"{facts.about}\n\n{more}".strip())
    event.add("location", facts.where)
    event.add("categories", [facts.theme])
    event.add("url", address)


def _add_stamps(event, saved_at):
    for name in ("dtstamp", "last-modified"):
        event.add(name, saved_at.astimezone(datetime.UTC).replace(microsecond=0))


def facts_of(row):
    """What a calendar says about one activity: nothing that its page does not say."""
    starts, ends = (
        timezone.localtime(moment).replace(tzinfo=None) for moment in (row.starts_at, row.ends_at)
    )
    place = row.place
    street = place and ", ".join(filter(None, (place.street, f"{place.postcode} {place.town}".strip())))
    where = [place and place.name, row.where, street or (None if place else row.neighbourhood.name)]
    about = [row.summary, capfirst(euro(row.price)) + ".", _come(row)]
    if row.audience_words:
        about.append(_("Voor wie: %(groups)s.") % {"groups": row.audience_words})
    if row.spoken_words:
        about.append(_("We spreken: %(languages)s.") % {"languages": row.spoken_words})
    about += [f"{sentence}." for _icon, sentence in row.access_facts]
    if row.partners:
        about.append(_("Doen mee: %(names)s.") % {"names": row.partners})
    if row.bring:
        about.append(_("Breng mee: %(things)s.") % {"things": row.bring})
    return Facts(
        row.title,
        "\n".join(filter(None, about)),
        ", ".join(filter(None, where)),
        capfirst(str(Theme(row.theme).label)),
        starts.time(),
        ends - starts,
    )


def _come(row):
    if row.kind == Activity.Kind.ROUND:
        return _("Wij komen door de straat. Je hoeft niets te doen.")
    if row.takes_names:
        return _("Meld je aan met je naam.")
    return _("Kom gewoon binnen.") if row.at_point else _("Kom gewoon langs.")


def _clock_changes(row):
    """Between begin and end: then programs do not agree on how long a repeated event lasts."""
    starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return starts.utcoffset() != ends.utcoffset()


def _moment(day, hour):
    return timezone.make_aware(datetime.datetime.combine(day, hour))


def _address(host, path):
    return host.rstrip("/") + path
