"""Public holidays of Belgium and school holidays of Flanders, by day.

The school holidays follow the rule itself, so that any year works: Besluit van de Vlaamse Regering van 17 april 1991
tot organisatie van het schooljaar (https://data-onderwijs.vlaanderen.be/edulex/document.aspx?docid=12362). The day
after Ascension Day is free as well ("hemelvaartsdag en de dag nadien").
"""

import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_noop

WEEK = datetime.timedelta(weeks=1)
DAY = datetime.timedelta(days=1)

# What residents read. The library shortens two of them in a way that nobody says; all of them are translated.
SAID = {
    "Nieuwjaar": gettext_noop("Nieuwjaar"),
    "Pasen": gettext_noop("Pasen"),
    "Paasmaandag": gettext_noop("Paasmaandag"),
    "Dag van de Arbeid": gettext_noop("Dag van de Arbeid"),
    "Pinksteren": gettext_noop("Pinksteren"),
    "Pinkstermaandag": gettext_noop("Pinkstermaandag"),
    "Nationale feestdag": gettext_noop("Nationale feestdag"),
    "Allerheiligen": gettext_noop("Allerheiligen"),
    "Wapenstilstand": gettext_noop("Wapenstilstand"),
    "Kerstmis": gettext_noop("Kerstmis"),
    "O. L. H. Hemelvaart": gettext_noop("Hemelvaart"),
    "O. L. V. Hemelvaart": gettext_noop("Onze-Lieve-Vrouw-Hemelvaart"),
}


class SchoolHoliday(NamedTuple):
    name: str
    first_day: datetime.date
    last_day: datetime.date


@lru_cache(maxsize=64)
def public_holidays(year):
    """The legal public holidays of Belgium in one year: day -> Dutch name."""
    # Imported at first use: the library is large, and most commands never ask for a holiday.
    from holidays.countries.belgium import Belgium

    return {day: SAID.get(name, name) for day, name in Belgium(years=year, language="nl").items()}


def public_holiday(day):
    """The Dutch name of the public holiday on this day, or None."""
    return public_holidays(day.year).get(day)


@lru_cache(maxsize=64)
def school_holidays(year):
    """The school holidays of the school year that starts in `year`, in order; both days included."""
    return (
        _autumn(year),
        _christmas(year),
        _carnival(year + 1),
        _easter(year + 1),
        _ascension(year + 1),
        SchoolHoliday(
            gettext_noop("zomervakantie"), datetime.date(year + 1, 7, 1), datetime.date(year + 1, 8, 31)
        ),
    )


def school_holiday(day):
    """The Dutch name of the school holiday that this day lies in, or None. Weekends just before do not count."""
    school_year = day.year if day.month >= 9 else day.year - 1
    for holiday in school_holidays(school_year):
        if holiday.first_day <= day <= holiday.last_day:
            return holiday.name
    return None


def _autumn(year):
    """One week, from the Monday of the week of 1 November; from 2 November when the 1st is a Sunday."""
    first = _monday_of(datetime.date(year, 11, 1), next_from_weekday=6)
    return SchoolHoliday(gettext_noop("herfstvakantie"), first, first + WEEK - DAY)


def _christmas(year):
    """Two weeks, from the Monday of the week of 25 December; from the Monday after when that is a weekend day."""
    first = _monday_of(datetime.date(year, 12, 25), next_from_weekday=5)
    return SchoolHoliday(gettext_noop("kerstvakantie"), first, first + 2 * WEEK - DAY)


def _carnival(year):
    """One week, from the seventh Monday before Easter."""
    first = easter(year) - 7 * WEEK + DAY
    return SchoolHoliday(gettext_noop("krokusvakantie"), first, first + WEEK - DAY)


def _easter(year):
    """Two weeks from the first Monday of April. Easter in March: from the Monday after Easter.

    Easter after 15 April: from the second Monday before, with Easter Monday on top of the two weeks.
    """
    sunday = easter(year)
    if sunday > datetime.date(year, 4, 15):
        return SchoolHoliday(gettext_noop("paasvakantie"), sunday - 2 * WEEK + DAY, sunday + DAY)
    first = sunday + DAY if sunday.month == 3 else _monday_of(datetime.date(year, 4, 1), next_from_weekday=1)
    return SchoolHoliday(gettext_noop("paasvakantie"), first, first + 2 * WEEK - DAY)


def _ascension(year):
    """Ascension Day, the Thursday in the sixth week after Easter, and the day after it."""
    first = easter(year) + 39 * DAY
    return SchoolHoliday(gettext_noop("hemelvaartweekend"), first, first + DAY)


def easter(year):
    """Easter Sunday."""
    return next(day for day, name in public_holidays(year).items() if name == "Pasen")


def _monday_of(day, next_from_weekday):
    """The Monday of this day's week, or the Monday after it from that weekday on (0 is Monday)."""
    monday = day - day.weekday() * DAY
    return monday + WEEK if day.weekday() >= next_from_weekday else monday
