"""When a series comes back: its days to choose from, and another repetition for one that runs."""

import datetime
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.forms import DaysForm, RepeatForm, choice_of
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.repetition import Repetition, Rule, holiday_on, is_skipped, sentence
from klapkarre.rooms.agenda.views.own import own_or_404, team_tells

DAY = datetime.timedelta(days=1)
MOST_EXTRAS = 50
# What the page with days asks itself; the rest is the form before it, sent along unseen.
OWN = {"csrfmiddlewaretoken", "days", "days_shown", "extra", "erbij", "terug", "seen", "off"}
OWN |= {"reason", "reason_checked"}
OWN |= {f"more{tail}" for tail in ("", "_day", "_month", "_year")}


@dataclass(frozen=True)
class Picked:
    """What is ticked on the page with days: those of the rule, and extra ones."""

    form: DaysForm
    days: list
    extras: list
    asks_again: bool = False
    wrong: str = ""


def proposed(form, days):
    """The days before anyone chose: all but the holidays that the two ticks leave out."""
    values = form.cleaned_data
    skips = {"public": values["skip_public"], "school": values["skip_school"]}
    return Picked(DaysForm(), [day for day in days if not is_skipped(day, **skips)], [])


def picked(request, days):
    """What was ticked; None when the days were not shown yet."""
    if "days_shown" not in request.POST:
        return None
    form = DaysForm(request.POST, off=request.POST.getlist("off"))
    valid = form.is_valid()
    ticked, extras = set(request.POST.getlist("days")), _extras(request, days)
    if more := form.cleaned_data.get("more"):
        ticked.add(more.isoformat())
        extras = sorted({*extras, more} - set(days))
    chosen = [day for day in sorted({*days, *extras}) if day.isoformat() in ticked]
    wrong = "" if chosen else _("Kies minstens één dag.")
    return Picked(form, chosen, extras, bool(not valid or wrong or "erbij" in request.POST), wrong)


def _extras(request, days):
    """The days that were added one by one, still to come, and not too many."""
    found, today = set(), timezone.localdate()
    for text in request.POST.getlist("extra")[:MOST_EXTRAS]:
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            continue
        if today <= day and day not in days:
            found.add(day)
    return sorted(found)


def repetition_of(form, days, picked):
    """What is kept of the choice."""
    values, rule = form.cleaned_data, form.rule()
    return Repetition(
        rule.text,
        days[0],
        values["until"] or days[-1],
        values["skip_public"],
        values["skip_school"],
        tuple(day for day in days if day not in picked.days),
        tuple(day for day in picked.days if day not in days),
    )


def days_page(request, form, days, picked, activity=None, rows=(), error=None):
    """All days, with a tick for each that takes place. For a series that runs: what stays, what goes."""
    found = actions.compare(rows, picked.days)
    people = {row.series_day or row.day: row.on_list for row in rows}
    lines = [
        {
            "day": day,
            "holiday": _(name) if (name := holiday_on(day)) else "",
            "ticked": day in picked.days,
            "is_extra": day not in days,
            "is_new": bool(activity) and day in found.new,
            "people": people.get(day, 0),
        }
        for day in sorted({*days, *picked.extras})
    ]
    hidden = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    off = request.POST.getlist("off")
    context = {
        "form": picked.form,
        "plan": form,
        "activity": activity,
        "rows": lines,
        "words": form.rule().words,
        "hidden": hidden,
        "extras": picked.extras,
        "wrong": picked.wrong,
        "error": error,
        "ticked": len(picked.days),
        "kept": [(row, str(row.pk) in off) for row in found.kept],
        "goes": found.goes,
    }
    return render(request, "agenda/staff/days.html", context)


@never_cache
@allowed_to(PLAN)
def repeat(request, pk):
    """Another rule: first the form, then all days with what happens to each, then it is saved."""
    activity = own_or_404(request, pk)
    if not activity.series_id:
        messages.warning(request, _("Deze activiteit komt niet terug."))
        return redirect("agenda_staff:list")
    if _goes_elsewhere(request.user, activity):
        messages.warning(request, _("Deze reeks loopt ook in een andere buurt. Verzet elke keer apart."))
        return redirect("agenda_staff:list")
    if request.method != "POST":
        return _form_page(request, activity, RepeatForm(initial=_initial(activity)))
    form = RepeatForm(request.POST)
    if not form.is_valid() or "terug" in request.POST:
        return _form_page(request, activity, form)
    days, since = form.rhythm(), form.cleaned_data["day"]
    rows = actions.coming(activity.series, since, timezone.now())
    choice = picked(request, days)
    if choice is None:
        choice = _proposed_again(form, activity.series, days, since, rows)
        return days_page(request, form, days, choice, activity, rows)
    if choice.asks_again:
        return days_page(request, form, days, choice, activity, rows)
    try:
        outcome = _save(request, activity, form, days, choice)
    except actions.SeriesChanged as clash:
        return _clash_page(request, activity, form, clash)
    except actions.Unseen as unseen:
        rows = actions.coming(activity.series, since, timezone.now())
        return days_page(request, form, days, choice, activity, rows, error=unseen)
    messages.success(request, _saved_words(outcome, activity.is_within(request.user.names_reach)))
    return redirect("agenda_staff:list")


def _goes_elsewhere(user, activity):
    """Has the series coming activities outside the roles of this user? Another rule would touch those too."""
    if not user.reach.parts:
        return False
    coming = Activity.objects.upcoming().filter(series=activity.series_id)
    return coming.exclude(pk__in=Activity.objects.visible_to(user).values("pk")).exists()


def _save(request, activity, form, days, choice):
    values = form.cleaned_data
    return actions.repeat(
        activity,
        values["day"],
        choice.days,
        repetition_of(form, days, choice),
        key=values["key"],
        version=values["version"],
        seen=_numbers(request.POST.getlist("seen")),
        off=_numbers(request.POST.getlist("off")),
        reason=choice.form.cleaned_data["reason"],
    )


def _numbers(texts):
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19}


def _initial(activity):
    """The rule as it is, from the first day that is still to come."""
    series, tomorrow = activity.series, timezone.localdate() + DAY
    days = [
        row.series_day or row.day for row in actions.coming(series, tomorrow, timezone.now()) if row.may_go
    ]
    rule = Rule.read(series.rule)
    return {
        "key": uuid.uuid4(),
        "version": series.version,
        "day": min(days, default=tomorrow),
        "until": series.last_day if series.last_day > tomorrow else None,
        "skip_public": series.skip_public,
        "skip_school": series.skip_school,
        **(choice_of(rule) if rule else {}),
    }


def _proposed_again(form, series, days, since, rows):
    """The first look: what was left out or added before stays so; a tick that is new leaves holidays out."""
    values = form.cleaned_data
    there = {row.series_day for row in rows}
    was = {"public": series.skip_public, "school": series.skip_school}
    wanted = {"public": values["skip_public"], "school": values["skip_school"]}
    new_ticks = {name: wanted[name] and not was[name] for name in was}
    old_ticks = {name: was[name] and not wanted[name] for name in was}
    without = {
        day
        for day in series.exceptions.filter(day__gte=since).values_list("day", flat=True)
        if not is_skipped(day, **old_ticks)
    }
    extras = [
        day for day in series.extras.filter(day__gte=since).values_list("day", flat=True) if day not in days
    ]
    fresh = {day for day in proposed(form, days).days if day not in without}
    chosen = [day for day in days if day in fresh or (day in there and not is_skipped(day, **new_ticks))]
    return Picked(DaysForm(), sorted({*chosen, *extras}), extras)


def _form_page(request, activity, form, status=200):
    series = activity.series
    hours = [timezone.localtime(moment).time() for moment in (activity.starts_at, activity.ends_at)]
    context = {"activity": activity, "form": form, "words": sentence(series, hours)}
    return render(request, "agenda/staff/repeat.html", context, status=status)


def _clash_page(request, activity, form, clash):
    """Saving again is then a choice, because the form carries the new version."""
    activity.series.refresh_from_db()
    form.add_error(None, clash)
    form.data = form.data.copy()
    form.data["version"] = str(activity.series.version)
    return _form_page(request, activity, form, status=409)


def _saved_words(outcome, sees_names):
    """What happened, in numbers."""
    if outcome is None:
        return _("De herhaling is bewaard.")
    said = [_("De herhaling is bewaard.")]
    for number, one, more in (
        (outcome.new, "%(count)s dag erbij.", "%(count)s dagen erbij."),
        (outcome.gone, "%(count)s lege dag weg.", "%(count)s lege dagen weg."),
        (outcome.kept, "%(count)s dag met mensen bleef staan.", "%(count)s dagen met mensen bleven staan."),
    ):
        if number:
            said.append(ngettext(one, more, number) % {"count": number})
    if outcome.to_tell:
        text = ngettext("Verwittig nog %(count)s mens.", "Verwittig nog %(count)s mensen.", outcome.to_tell)
        said.append(text % {"count": outcome.to_tell} if sees_names else team_tells(outcome.to_tell))
    return " ".join(said)
