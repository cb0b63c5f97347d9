"""One report: the figures of the chosen teams and period, with the words around them."""

from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klapkarre.windows.results import chart, tables
from klapkarre.windows.results.figures import ACTIVITY, CONTACT, VISIT, figures_of
from klapkarre.windows.results.goals import covenant_of, covenants_in
from klapkarre.windows.results.periods import month_words


class Report:
    """Everything that page and CSV show. Making it takes ten queries."""

    def __init__(self, teams, period, covenants, covenant=None):
        self.teams = teams
        self.period = period
        self.covenant = covenant or covenant_of(period, covenants)
        self.covenants = covenants_in(period, covenants)
        self.found = figures_of(teams, period)
        for row in self.found.uncounted:
            row.local_start = timezone.localtime(row.starts_at)
        self.goals = tables.goals_shown(self.found, self.covenant)

    @cached_property
    def by_goal(self):
        return tables.by_goal(self.found, self.goals)

    @cached_property
    def by_month(self):
        return tables.by_month(self.found, self.goals, self.period)

    @cached_property
    def by_neighbourhood(self):
        return tables.by_neighbourhood(self.found, self.goals)

    @cached_property
    def by_setting(self):
        return tables.by_setting(self.found)

    @cached_property
    def by_reason(self):
        return tables.by_reason(self.found)

    @cached_property
    def by_stand(self):
        return tables.by_stand(self.found)

    @cached_property
    def by_outcome(self):
        return tables.by_outcome(self.found)

    @cached_property
    def by_support(self):
        return tables.by_support(self.found)

    @cached_property
    def by_carrier(self):
        return tables.by_carrier(self.found)

    @property
    def tables(self):
        first = [self.by_goal, self.by_month, self.by_neighbourhood, self.by_setting, self.by_reason]
        return [*first, self.by_stand, self.by_outcome, self.by_support, self.by_carrier]

    @cached_property
    def chart(self):
        """Panels, marks under the bars, and lines of the scale."""
        return dict(
            zip(
                ("panels", "marks", "lines"),
                chart.panels_of(self.by_month, self.period, len(self.goals)),
                strict=True,
            )
        )

    @property
    def attendances(self):
        return self.found.people()

    @property
    def familiar(self):
        return self.found.familiar()

    @property
    def activities(self):
        return self.found.times(ACTIVITY)

    @property
    def hours(self):
        """Hours to a tenth: 12.5, or 12 as a whole number."""
        hours = round(self.found.hours, 1)
        return int(hours) if hours == int(hours) else hours

    @property
    def activity_attendances(self):
        return self.attendances - self.by_setting.total[1] - self.by_reason.total[0]

    def team_words(self):
        return ", ".join(self._words_of(team) for team in self.teams)

    def _words_of(self, team):
        if team.only is None:
            return team.name
        return _("%(team)s (enkel %(names)s)") % {"team": team.name, "names": team.only_words}

    @property
    def only_words(self):
        """The teams of which only some neighbourhoods count, with these; empty when all count whole."""
        return ", ".join(self._words_of(team) for team in self.teams if team.only is not None)

    @property
    def organisation(self):
        return self.teams[0].organisation_name

    @property
    def today(self):
        """21 november 2026"""
        return date_format(timezone.localdate(), "j F Y")

    def remarks(self):
        """What a reader must know of this period: it crosses covenants, or begins before the first figures."""
        if len(self.covenants) > 1:
            names = _(" en ").join(covenant.name for covenant in reversed(self.covenants))
            yield _("In deze periode lopen meer convenanten: %(names)s.") % {"names": names}
            yield _("De doelen staan hier in de woorden van %(name)s.") % {"name": self.covenant.name}
        first = self.found.first_month
        if first is not None and first > self.period.first:
            yield _("De eerste gegevens in deze periode zijn van %(month)s.") % {"month": month_words(first)}

    def about(self):
        """Where the figures are from, for the head of the CSV."""
        if settings.DEMO:
            yield _("Let op"), _("verzonnen voorbeeld")
        yield _("Organisatie"), self.organisation
        yield _("Team"), self.team_words()
        yield _("Periode"), str(self.period)
        yield _("Convenant"), self.covenant.name if self.covenant else _("geen")
        yield _("Gemaakt op"), self.today
        for remark in self.remarks():
            yield _("Let op"), remark
        yield (
            _("Uitleg"),
            _("Een contact met thema's van twee doelen telt bij elk doel, en één keer in het totaal."),
        )
        yield (
            _("Uitleg"),
            _("Een mens kan meer dan één keer tellen: aan het onthaal, in een contact en op een activiteit."),
        )

    def facts(self):
        """The single figures as (part, label, number)."""
        reach, activities, to_do = _("Bereik"), _("Activiteiten"), _("Nog te doen (nu)")
        yield reach, _("Deelnames"), self.attendances
        yield reach, _("Bekende gezichten"), self.familiar
        yield reach, _("Personen met akkoord"), self.found.persons
        yield _("Contacten"), _("Aantal"), self.found.times(CONTACT)
        yield _("Onthaal en haltes"), _("Bezoeken"), self.found.times(VISIT)
        for label, number in self.activity_counts():
            yield activities, label, number
        for label, number in self.open_steps():
            yield to_do, label, number

    def activity_counts(self):
        """The activities that are over, as (label, number)."""
        return [
            (_("Aantal"), self.activities),
            (_("Uren"), self.hours),
            (_("Deelnames"), self.activity_attendances),
            (_("Nog niet geteld"), len(self.found.uncounted)),
            (_("Ging niet door"), self.found.called_off),
        ]

    def open_steps(self):
        """What still has to be done, now, whatever the period."""
        counts = self.found.to_do
        return [
            (_("Contacten met een open stap"), counts["total"]),
            (_("Op te volgen"), counts["follow_up"]),
            (_("Daarvan te laat"), counts["late"]),
            (_("Door te verwijzen"), counts["refer"]),
            (_("Signalen"), counts["signal"]),
        ]
