"""The team's own activities: look, plan, change, call off."""

import datetime
import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.foundation.accounts.models import Team
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.forms import CallOffForm, ChangeActivityForm, NewActivityForm
from klapkarre.rooms.agenda.models import Activity, count_seats
from klapkarre.rooms.agenda.traits import Access, Audience, Spoken, words
from klapkarre.rooms.agenda.views import repeating
from klapkarre.rooms.agenda.views.own import own_or_404, team_tells

ON_A_PAGE = 30
CHOICES_OF = {"audiences": Audience, "spoken": Spoken, "access": Access}
COPIED = (
    "title",
    "summary",
    "theme",
    "place",
    "where",
    "neighbourhood",
    "price_cents",
    "bring",
    "kind",
    "audiences",
    "spoken",
    "access",
    "partners",
    "sign_up_kind",
    "capacity",
    "carried_by",
    "state",
)


@never_cache
@allowed_to(PLAN)
def list_page(request):
    now = timezone.now()
    past = request.GET.get("toon") == "voorbij"
    rows = Activity.objects.visible_to(request.user).with_place().select_related("team")
    rows = rows.past(now).order_by("-starts_at", "-pk") if past else rows.upcoming(now)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina"))
    count_seats(page.object_list)
    for activity in page.object_list:
        activity.shows_names = activity.is_within(request.user.names_reach)
    context = {
        "page_obj": page,
        "past": past,
        "now": now,
        "today": timezone.localdate(now),
        "many_teams": len(request.user.reach.team_ids) > 1,
    }
    return render(request, "agenda/staff/list.html", context)


@never_cache
@allowed_to(PLAN)
def add(request):
    """Plan one, or a series: then the days are shown first, with holidays unticked. `?van=12` copies."""
    reach = request.user.reach
    if request.method != "POST":
        form = NewActivityForm(reach=reach, initial=_initial(request))
        return render(request, "agenda/staff/add.html", {"form": form})
    form = NewActivityForm(request.POST, reach=reach)
    if not reach.team_ids or not form.is_valid() or "terug" in request.POST:
        return render(request, "agenda/staff/add.html", {"form": form})
    days = form.rhythm()
    if len(days) > 1:
        return _add_series(request, form, days)
    return _added(request, form, days)


def _add_series(request, form, days):
    """First the days, then the activities."""
    picked = repeating.picked(request, days)
    if picked is None:
        return repeating.days_page(request, form, days, repeating.proposed(form, days))
    if picked.asks_again:
        return repeating.days_page(request, form, days, picked)
    return _added(request, form, picked.days, repeating.repetition_of(form, days, picked))


def _added(request, form, days, repetition=None):
    values, teams = form.cleaned_data, request.user.reach.team_ids
    team = values.get("team") or Team.objects.get(pk=next(iter(teams)))
    first = actions.add(team, values, days, key=values["key"], repetition=repetition)
    messages.success(request, _added_words(first, len(days)))
    return redirect("agenda_staff:list")


def _added_words(first, count):
    if first.state == Activity.State.DRAFT:
        return _("Bewaard als ontwerp.")
    if count == 1:
        return _("Het staat op de agenda.")
    return _("%(count)s keer op de agenda gezet.") % {"count": count}


def _initial(request):
    initial = {"key": uuid.uuid4(), "day": timezone.localdate() + datetime.timedelta(days=1)}
    initial |= _remembered(request.user)
    copied = request.GET.get("van", "")
    if copied.isascii() and copied.isdigit() and len(copied) < 19:
        source = Activity.objects.visible_to(request.user).filter(pk=copied).first()
        if source:
            initial |= {name: getattr(source, name) for name in COPIED}
            initial |= {"starts": source.starts_at, "ends": source.ends_at, "team": source.team_id}
            if source.is_cancelled:
                initial["state"] = Activity.State.PUBLISHED
    return initial


def _remembered(user):
    """What the team said last time about what is spoken and what is there: that seldom changes."""
    rows = Activity.objects.visible_to(user).order_by("-planned_at", "-pk")
    return rows.values("spoken", "access").first() or {}


def _later(activity, now, user):
    """How many later ones of the series there still are for this user to change."""
    if not activity.series_id:
        return 0
    later = Activity.objects.visible_to(user).upcoming(now)
    later = later.filter(series=activity.series_id, starts_at__gt=activity.starts_at)
    return later.exclude(state=Activity.State.CANCELLED).count()


def _along(user, values):
    """Among which activities the later ones go along; None when only this one was chosen."""
    return Activity.objects.visible_to(user) if values.get("later") else None


@never_cache
@allowed_to(PLAN)
def change(request, pk):
    activity = own_or_404(request, pk)
    if activity.is_cancelled:
        messages.warning(request, _("Deze activiteit gaat niet door. Je kan ze niet meer wijzigen."))
        return redirect("agenda_staff:list")
    later = _later(activity, timezone.now(), request.user)
    options = {"reach": request.user.reach, "activity": activity, "in_series": later > 0}
    if request.method != "POST":
        initial = {name: getattr(activity, name) for name in COPIED}
        initial |= {"day": activity.day, "starts": activity.starts_at, "ends": activity.ends_at}
        form = ChangeActivityForm(initial=initial | {"version": activity.version}, **options)
        return _change_page(request, activity, form, later)
    form = ChangeActivityForm(request.POST, **options)
    if not form.is_valid():
        return _change_page(request, activity, form, later)
    values = form.cleaned_data
    try:
        along = _along(request.user, values)
        to_tell = actions.change(activity, values, values["version"], along)
    except actions.Changed as clash:
        return _clash_page(request, clash, form, later)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _change_page(request, activity, form, later)
    sees_names = activity.is_within(request.user.names_reach)
    messages.success(request, _changed_words(to_tell, sees_names))
    if sees_names and activity.signups.to_tell().exists():
        return redirect("agenda_staff:participants", pk)
    return redirect("agenda_staff:list")


def _changed_words(to_tell, sees_names):
    if not to_tell:
        return _("De wijziging is bewaard.")
    if not sees_names:
        return _("Bewaard.") + " " + team_tells(to_tell)
    text = ngettext(
        "Bewaard. Er staat %(count)s mens op de lijst. Laat weten wat er verandert.",
        "Bewaard. Er staan %(count)s mensen op de lijst. Laat hen weten wat er verandert.",
        to_tell,
    )
    return text % {"count": to_tell}


def _clash_page(request, clash, form, later):
    """Both texts side by side; saving again is then a choice, because the form carries the new version."""
    now_there = ChangeActivityForm({}, reach=request.user.reach, activity=clash.activity, in_series=later > 0)
    form.add_error(None, clash)
    typed = form.data.copy()
    typed["version"] = str(clash.activity.version)
    form.data = typed
    changed = actions.differences(clash.activity, form.cleaned_data)
    rows = [
        {
            "label": _label(now_there, name),
            "theirs": _shown(clash.activity, name, getattr(clash.activity, name)),
            "yours": _shown(clash.activity, name, value),
        }
        for name, value in changed.items()
    ]
    return _change_page(request, clash.activity, form, later, rows, status=409)


def _label(form, name):
    return form.fields[{"starts_at": "starts", "ends_at": "ends"}.get(name, name)].label


def _shown(activity, name, value):
    """A value in words, for two people to compare."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).strftime("%d-%m-%Y %H:%M")
    if name == "price_cents":
        return f"{value / 100:.2f} euro".replace(".", ",")
    if isinstance(value, tuple):
        return words(CHOICES_OF[name], value) or "-"
    choices = dict(activity._meta.get_field(name).flatchoices)
    return choices.get(value, value) if value not in (None, "") else "-"


def _change_page(request, activity, form, later, clash=(), status=200):
    context = {
        "activity": activity,
        "form": form,
        "later": later,
        "clash": clash,
        "on_list": activity.signups.filter(state__in=("signed_up", "waiting")).count(),
    }
    return render(request, "agenda/staff/change.html", context, status=status)


@never_cache
@allowed_to(PLAN)
def cancel(request, pk):
    """Call it off, with the reason that residents read."""
    activity = own_or_404(request, pk)
    after = "agenda_staff:participants" if activity.is_within(request.user.names_reach) else None
    if activity.is_cancelled:
        return redirect(after, pk) if after and activity.takes_names else redirect("agenda_staff:list")
    later = _later(activity, timezone.now(), request.user)
    options = {"in_series": later > 0, "is_draft": activity.state == Activity.State.DRAFT}
    form = CallOffForm(request.POST if request.method == "POST" else None, **options)
    if form.is_valid():
        values = form.cleaned_data
        try:
            to_tell = actions.call_off(activity, values["reason"], _along(request.user, values))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _called_off_words(to_tell, after))
            return redirect(after, pk) if after and to_tell else redirect("agenda_staff:list")
    context = {
        "activity": activity,
        "form": form,
        "later": later,
        "sees_names": bool(after),
        "on_list": activity.signups.filter(state__in=("signed_up", "waiting")).count(),
    }
    return render(request, "agenda/staff/cancel.html", context)


def _called_off_words(to_tell, sees_names):
    if not to_tell:
        return _("De activiteit is afgezegd.")
    if not sees_names:
        return _("Afgezegd.") + " " + team_tells(to_tell)
    text = ngettext(
        "Afgezegd. Verwittig nog %(count)s mens.", "Afgezegd. Verwittig nog %(count)s mensen.", to_tell
    )
    return text % {"count": to_tell}
