"""The tables of the results. Page, chart and CSV all show these, so that they never differ."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.themes import COUNTER_REASONS, Theme
from klapkarre.foundation.kit.courtesy import Rows
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.outreach.models import ContactMoment, RoundCount, Support
from klapkarre.windows.results.figures import ACTIVITY, ALONE, CONTACT, NO_GOAL, VISIT
from klapkarre.windows.results.goals import goal_words
from klapkarre.windows.results.periods import month_words


@dataclass
class Table:
    """Rows of (label, numbers), and the numbers of the total when there is one."""

    title: str
    head: str
    columns: list
    rows: list
    total: list | None = None

    @property
    def by_turns(self):
        """The rows for a page that gives way to others."""
        return Rows(self.rows, 1)


def goals_shown(found, covenant):
    """Goal numbers with their words: those of the covenant and those that were counted."""
    numbers = found.goal_numbers | set(covenant.goals if covenant else ())
    shown = [(number, goal_words(number, covenant)) for number in sorted(numbers)]
    return [*shown, (NO_GOAL, _("Zonder thema"))] if found.without_theme else shown


def by_goal(found, goals):
    """What was done for each goal."""

    def numbers(goal=None):
        return [found.people(goal), *(found.times(kind, goal) for kind in (CONTACT, VISIT, ACTIVITY))]

    return Table(
        _("Per doel"),
        _("Doel"),
        [_("Deelnames"), _("Contacten"), _("Bezoeken"), _("Activiteiten")],
        [(words, numbers(number)) for number, words in goals],
        numbers(),
    )


def _attendances(found, goals, **where):
    each = [found.people(goal=number, **where) for number, _words in goals]
    return [*each, found.people(**where), found.familiar(**where)]


def _columns(goals):
    return [*(words for _number, words in goals), _("Alle deelnames"), _("Bekende gezichten")]


def by_month(found, goals, period):
    """Attendances per month and goal, familiar faces beside them; the chart draws these rows."""
    rows = [(month_words(month), _attendances(found, goals, month=month)) for month in period.months]
    return Table(_("Per maand en doel"), _("Maand"), _columns(goals), rows, _attendances(found, goals))


def by_neighbourhood(found, goals):
    rows = [(name, _attendances(found, goals, neighbourhood=pk)) for pk, name in found.neighbourhoods.items()]
    return Table(_("Per buurt en doel"), _("Buurt"), _columns(goals), rows, _attendances(found, goals))


def by_setting(found):
    labels = dict(ContactMoment.Setting.choices)
    rows = [(str(labels[setting]), [times, people]) for setting, times, people in found.settings]
    total = [sum(numbers[place] for _label, numbers in rows) for place in (0, 1)]
    return Table(_("Contacten: waar"), _("Waar"), [_("Contacten"), _("Mensen")], rows, total)


def by_reason(found):
    """Why people came to the counter, in the order of the counter's own buttons."""
    reasons = [*COUNTER_REASONS, *sorted(set(found.reasons) - set(COUNTER_REASONS))]
    rows = [(str(Theme(reason).label), [found.reasons[reason]]) for reason in reasons]
    total = [found.reasons.total()]
    return Table(_("Onthaal en haltes: waarvoor"), _("Waarvoor"), [_("Bezoeken")], rows, total)


def by_stand(found):
    """Where people were counted: the points by name, and after them the stops and rounds."""
    rows = [(name, [times]) for (_is_stop, name), times in sorted(found.stands.items())]
    return Table(_("Onthaal en haltes: waar"), _("Waar"), [_("Bezoeken")], rows, [found.stands.total()])


def by_outcome(found):
    """Rounds from door to door: each door once, under the furthest we came."""
    rows = [(str(one.label).capitalize(), [found.doors[one]]) for one in RoundCount.Outcome]
    return Table(
        _("Huisbezoek: wat ervan kwam"), _("Wat ervan kwam"), [_("Deuren")], rows, [found.doors.total()]
    )


def by_support(found):
    """Support to what others do, in hours: these are no attendances."""
    rows = [
        (str(Support.Kind(kind).label).capitalize(), [times, _hours(q)]) for kind, times, q in found.support
    ]
    total = [sum(times for _kind, times, _q in found.support), _hours(sum(q for *_kind, q in found.support))]
    return Table(_("Steun aan wat anderen doen"), _("Wat we deden"), [_("Keer"), _("Uren")], rows, total)


def _hours(quarters):
    """2.25, or 2 as a whole number."""
    return quarters / 4 if quarters % 4 else quarters // 4


def by_carrier(found):
    """For, with or by residents: participation is a goal of its own."""
    parts = [(str(one.label).capitalize(), one.value) for one in Activity.CarriedBy]
    parts.append((_("Daarvan zonder ons"), ALONE))
    rows = [(words, [found.carried[part, ACTIVITY], found.carried[part, "people"]]) for words, part in parts]
    total = [sum(numbers[place] for _words, numbers in rows[:-1]) for place in (0, 1)]
    return Table(_("Activiteiten: wie droeg ze"), _("Wie"), [_("Activiteiten"), _("Deelnames")], rows, total)
