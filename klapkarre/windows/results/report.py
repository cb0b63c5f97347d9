"""One report: the figures of the chosen teams and period, with the words around them."""

from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from klapkarre.windows.results import chart, tables
from klapkarre.windows.results.figures import ACTIVITY, CONTACT, VISIT, figures_of
from klapkarre.windows.results.goals import covenant_of


class Report:
    """Everything that page and CSV show. Making it takes six queries."""

    def __init__(self, teams, period, covenants, covenant=None):
        self.teams = teams
        self.period = period
        self.covenant = covenant or covenant_of(period, covenants)
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

    @property
    def tables(self):
        return [self.by_goal, self.by_month, self.by_neighbourhood, self.by_setting, self.by_reason]

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
        """Hours in Dutch: 12,5 or 12."""
        return number_format(round(self.found.hours, 1), use_l10n=True).removesuffix(",0")

    @property
    def activity_attendances(self):
        return self.attendances - self.by_setting.total[1] - self.by_reason.total[0]

    def team_words(self):
        return ", ".join(team.name for team in self.teams)

    def about(self):
        """Where the figures are from, for the head of the CSV."""
        today = date_format(timezone.localdate(), "j F Y")
        yield _("Team"), self.team_words()
        yield _("Periode"), str(self.period)
        yield _("Convenant"), self.covenant.name if self.covenant else _("geen")
        yield _("Gemaakt op"), today
        yield (
            _("Uitleg"),
            _("Een contact met thema's van twee doelen telt bij elk doel, en één keer in het totaal."),
        )

    def facts(self):
        """The single figures as (part, label, number)."""
        reach, activities, to_do = _("Bereik"), _("Activiteiten"), _("Nog te doen (nu)")
        yield reach, _("Deelnames"), self.attendances
        yield reach, _("Bekende gezichten"), self.familiar
        yield reach, _("Personen met dossier"), _("nog niet in deze versie")
        yield _("Contacten"), _("Aantal"), self.found.times(CONTACT)
        yield _("Onthaal"), _("Bezoeken"), self.found.times(VISIT)
        yield activities, _("Aantal"), self.activities
        yield activities, _("Uren"), self.hours
        yield activities, _("Deelnames"), self.activity_attendances
        yield activities, _("Nog niet geteld"), len(self.found.uncounted)
        yield activities, _("Ging niet door"), self.found.called_off
        for label, number in self.open_steps():
            yield to_do, label, number

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
