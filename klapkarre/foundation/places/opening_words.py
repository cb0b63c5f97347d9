"""The Dutch sentences about being open: short enough for a card, complete enough to read aloud."""

import datetime

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.languages import comma
from klapkarre.foundation.kit.templatetags.kit import clock, date_words
from klapkarre.foundation.kit.templatetags.kit import day as day_in_words
from klapkarre.foundation.places.models import OpeningHours

MIDNIGHT = datetime.time()
EARLY = datetime.time(6)
# Up to here a weekday is enough; a week from now it is "volgende week", after that a date.
WEEK = 7
MOST_OF_A_YEAR = 300


def open_text(until, today):
    """Nu open tot 12 uur."""
    days = (until.date() - today).days
    if days == 0:
        return _("Nu open tot %(time)s") % {"time": clock(until)}
    if days == 1 and until.time() == MIDNIGHT:
        return _("Nu open tot middernacht")
    if days == 1 and until.time() <= EARLY:
        return _("Nu open tot %(time)s vannacht") % {"time": clock(until)}
    if days < WEEK:
        return _("Nu open tot %(day)s %(time)s") % {
            "day": _day_name(until.date(), today),
            "time": clock(until),
        }
    return _("Nu open")


def closed_text(today, opens_at, left_out_on=None, why="", phone=""):
    """Donderdag weer open om 9 uur; before it, when that is not as usual: Vandaag dicht: Wapenstilstand."""
    if opens_at is None:
        return _shut_for_now(why.rstrip(". "), phone)
    opens = _opens(today, opens_at)
    if left_out_on is None:
        return opens
    day = _day_name(left_out_on, today)
    if why:
        shut = _("%(day)s dicht: %(reason)s.") % {"day": day, "reason": why.rstrip(". ")}
    else:
        shut = _("%(day)s dicht.") % {"day": day}
    return f"{_capital(shut)} {opens}."


def _shut_for_now(why, phone):
    """Nobody knows until when, so the way to a human goes with it."""
    shut = _("Voorlopig dicht: %(reason)s.") % {"reason": why} if why else _("Voorlopig dicht.")
    call = _("Bel %(phone)s.") % {"phone": phone} if phone else ""
    return f"{shut} {call}".strip()


def _opens(today, opens_at):
    days, time = (opens_at.date() - today).days, clock(opens_at)
    if days == 0:
        return _("Straks open om %(time)s") % {"time": time}
    if days < WEEK:
        day = _day_name(opens_at.date(), today)
        return _capital(_("%(day)s weer open om %(time)s") % {"day": day, "time": time})
    if days == WEEK:
        day = date_format(opens_at, "l")
        return _("Volgende week %(day)s weer open om %(time)s") % {"day": day, "time": time}
    date = date_words(opens_at, year=days > MOST_OF_A_YEAR)
    return _("Open op %(date)s om %(time)s") % {"date": date, "time": time}


def no_hours_text(phone):
    """Nobody knows the hours, so the way to a human is the answer."""
    return _("Uren niet bekend, bel %(phone)s") % {"phone": phone} if phone else _("Uren niet bekend")


def _day_name(day, today):
    days = (day - today).days
    if days < 2:
        return (_("vandaag"), _("morgen"))[days]
    return date_format(day, "l") if days < WEEK else day_in_words(day)


def _capital(text):
    return text[:1].upper() + text[1:]


def weekly_hours(place, today):
    """The hours that come back each week, for paper that hangs on a door: a weekday with its lines."""
    days: dict[str, list[str]] = {}
    rows = (row for row in place.hours.all() if row.valid_until is None or row.valid_until >= today)
    for row in sorted(rows, key=lambda row: (row.weekday, row.opens, row.closes)):
        weekday = _("elke %(weekday)s") % {"weekday": WEEKDAYS[row.weekday]}
        days.setdefault(weekday, []).append(_weekly_line(row, today))
    return list(days.items())


def _weekly_line(row, today):
    parts = [_("%(opens)s tot %(closes)s") % {"opens": clock(row.opens), "closes": clock(row.closes)}]
    if row.during != OpeningHours.During.ALWAYS:
        parts.append(row.get_during_display())
    if row.valid_from and row.valid_from > today:
        parts.append(_("vanaf %(day)s") % {"day": day_in_words(row.valid_from)})
    if row.valid_until:
        parts.append(_("tot en met %(day)s") % {"day": day_in_words(row.valid_until)})
    return comma().join(parts)
