"""Writes a town file to the database: all of it or nothing, and a second time changes nothing."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.models import Covenant, CovenantGoal, Organisation, Team
from klapkarre.foundation.accounts.town_file import neighbourhoods_of, read_town
from klapkarre.foundation.accounts.town_words import hints
from klapkarre.foundation.finding import place_texts
from klapkarre.foundation.places.models import (
    Closure,
    ExtraOpening,
    Municipality,
    Neighbourhood,
    OpeningHours,
    Place,
    Welcome,
    content_changed,
)
from klapkarre.foundation.places.reading import Problem


@dataclass
class Report:
    """What an import found and did. With problems nothing was written."""

    problems: list[Problem] = field(default_factory=list)
    created: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)
    same: Counter = field(default_factory=Counter)
    removed: Counter = field(default_factory=Counter)
    # In the database and not in the file: told, never deleted.
    left_over: list[str] = field(default_factory=list)
    # What residents read and could be plainer: told, and loaded as it is.
    hints: list[Problem] = field(default_factory=list)

    @property
    def ok(self):
        return not self.problems

    @property
    def wrote(self):
        return bool(self.created.total() or self.changed.total() or self.removed.total())

    def lines(self):
        """The report in Dutch, one line for each thing to know."""
        if self.problems:
            heading = _("%(count)s fout(en). Er is niets bewaard.") % {"count": len(self.problems)}
            return [*(str(problem) for problem in self.problems), heading]
        parts = (
            (_("nieuw"), self.created),
            (_("gewijzigd"), self.changed),
            (_("weg"), self.removed),
            (_("hetzelfde"), self.same),
        )
        lines = [f"{word}: {_counted(counter)}" for word, counter in parts if counter.total()]
        told = [_("Niet in het bestand, wel bewaard: %(what)s") % {"what": what} for what in self.left_over]
        tips = [_("Tip. %(hint)s") % {"hint": hint} for hint in self.hints]
        return [*lines, *told, *tips, *self._about_tips()]

    def _about_tips(self):
        if not self.hints:
            return []
        count = len(self.hints)
        text = ngettext("%(count)s tip voor klare taal.", "%(count)s tips voor klare taal.", count)
        return [f"{text % {'count': count}} {_('Jij kiest. Alles is bewaard zoals het er staat.')}"]


def _counted(counter):
    """2 teams, 1 gemeente."""
    words = (
        (number, model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)
        for model, number in counter.items()
        if number
    )
    return ", ".join(f"{number} {word}" for number, word in words)


def import_town(path):
    """Read, check and write one town file. Returns a `Report`; what is wrong in the file never raises."""
    town, problems = read_town(path)
    if problems:
        return Report(problems)
    with transaction.atomic():
        problems = _taken(town)
        if problems:
            return Report(problems)
        report = Report(hints=hints(town))
        municipality = _write_town(report, town)
        if report.wrote:
            place_texts.renew(municipality.pk)
            content_changed(municipality.pk)
    return report


def _taken(town):
    """Short names that another municipality on this installation already has: pages are found by them."""
    slug = town["municipality"]["slug"]
    found = []
    for model, owner, entries in (
        (Neighbourhood, "municipality", neighbourhoods_of(town)),
        (Place, "neighbourhood__municipality", town["places"]),
    ):
        names = [entry["slug"] for entry in entries]
        others = model.objects.filter(slug__in=names).exclude(**{f"{owner}__slug": slug})
        owners = dict(others.values_list("slug", f"{owner}__name"))
        found += [
            Problem(
                entry.lines["slug"],
                f"{entry.path}, kortnaam",
                _("'%(slug)s' is al van %(town)s. Kies een andere kortnaam.")
                % {"slug": entry["slug"], "town": owners[entry["slug"]]},
            )
            for entry in entries
            if entry["slug"] in owners
        ]
    return sorted(found)


def _write_town(report, town):
    facts = town["municipality"]
    municipality = _put(report, Municipality, {"slug": facts["slug"]}, facts)
    neighbourhoods = _write_neighbourhoods(report, municipality, town)
    _write_places(report, municipality, neighbourhoods, town)
    organisation = _write_organisation(report, town["organisation"])
    _write_teams(report, organisation, municipality, neighbourhoods, town["teams"])
    _write_covenants(report, organisation, municipality, town["covenants"])
    return municipality


def _write_neighbourhoods(report, municipality, town):
    rows = {}
    for parent in town["neighbourhoods"]:
        for entry in (parent, *parent["parts"]):
            facts = {
                "municipality": municipality,
                "parent": None if entry is parent else rows[parent["slug"]],
                "status": parent["status"],
                **{name: value for name, value in entry.items() if name != "parts"},
            }
            rows[entry["slug"]] = _put(report, Neighbourhood, {"slug": entry["slug"]}, facts)
    _tell_left_over(report, municipality.neighbourhoods.exclude(slug__in=rows))
    return rows


def _write_places(report, municipality, neighbourhoods, town):
    lists = ("hours", "closures", "extra_openings", "welcomes")
    for entry in town["places"]:
        facts = {name: value for name, value in entry.items() if name not in lists}
        facts["neighbourhood"] = neighbourhoods[entry["neighbourhood"]]
        place = _put(report, Place, {"slug": entry["slug"]}, facts)
        is_point = place.kind == Place.Kind.POINT
        welcomes = entry["welcomes"] or (town["welcomes"] if is_point else [])
        numbered = [{"position": number, **one} for number, one in enumerate(welcomes)]
        _put_list(report, place, OpeningHours, entry["hours"])
        _put_list(report, place, Welcome, numbered)
        # Workers close a point too: without the key in the file their days stay as they are.
        if "closures" in entry.lines:
            _put_list(report, place, Closure, [_one_day(closure) for closure in entry["closures"]])
        if "extra_openings" in entry.lines:
            _put_list(report, place, ExtraOpening, entry["extra_openings"])
    slugs = [entry["slug"] for entry in town["places"]]
    _tell_left_over(
        report, Place.objects.filter(neighbourhood__municipality=municipality).exclude(slug__in=slugs)
    )


def _one_day(closure):
    return {**closure, "last_day": closure["last_day"] or closure["first_day"]}


def _write_organisation(report, facts):
    """A new organisation gets its key too, so that the first note can be sealed."""
    if Organisation.objects.filter(slug=facts["slug"]).exists():
        return _put(report, Organisation, {"slug": facts["slug"]}, facts)
    report.created[Organisation] += 1
    return actions.start_organisation(facts["name"], facts["slug"])


def _write_teams(report, organisation, municipality, neighbourhoods, entries):
    for entry in entries:
        team = _put(report, Team, {"organisation": organisation, "name": entry["name"]}, {})
        wanted = {neighbourhoods[slug].pk for slug, _line in entry["neighbourhoods"]}
        # A team may also work in another town: only what this file is about is set.
        here = {one.pk for one in team.neighbourhoods.all() if one.municipality_id == municipality.pk}
        if wanted != here:
            team.neighbourhoods.remove(*(here - wanted))
            team.neighbourhoods.add(*(wanted - here))
            report.changed[Team] += bool(here)
    names = [entry["name"] for entry in entries]
    teams = Team.objects.filter(organisation=organisation, neighbourhoods__municipality=municipality)
    _tell_left_over(report, teams.exclude(name__in=names).distinct())


def _write_covenants(report, organisation, municipality, entries):
    mine = {"organisation": organisation, "municipality": municipality}
    for entry in entries:
        facts = {name: entry[name] for name in ("plan", "starts_on", "ends_on")}
        covenant = _put(report, Covenant, {**mine, "name": entry["name"]}, facts)
        for goal in entry["goals"]:
            _put(report, CovenantGoal, {"covenant": covenant, "number": goal["number"]}, goal)
        numbers = [goal["number"] for goal in entry["goals"]]
        _tell_left_over(report, covenant.goals.exclude(number__in=numbers))
    names = [entry["name"] for entry in entries]
    _tell_left_over(report, Covenant.objects.filter(**mine).exclude(name__in=names))


def _put(report, model, key, facts):
    """The row with this key, created or brought up to date; saved only when something differs."""
    row = model.objects.filter(**key).first()
    if row is None:
        report.created[model] += 1
        return model.objects.create(**{**facts, **key})
    differing = [fact for fact, value in facts.items() if getattr(row, fact) != value]
    for fact in differing:
        setattr(row, fact, facts[fact])
    if differing:
        row.save(update_fields=differing)
    (report.changed if differing else report.same)[model] += 1
    return row


def _put_list(report, place, model, entries):
    """A list of a place is exactly what the file says: rows are added and removed, never edited."""
    wanted = list(dict.fromkeys(tuple(sorted(entry.items())) for entry in entries))
    for row in model.objects.filter(place=place):
        facts = tuple(sorted((fact, getattr(row, fact)) for fact in entries[0])) if entries else ()
        if facts in wanted:
            wanted.remove(facts)
            report.same[model] += 1
        else:
            row.delete()
            report.removed[model] += 1
    model.objects.bulk_create(model(place=place, **dict(facts)) for facts in wanted)
    if wanted:
        report.created[model] += len(wanted)


def _tell_left_over(report, rows):
    name = rows.model._meta.verbose_name
    report.left_over += [f"{name} {row}" for row in rows]
