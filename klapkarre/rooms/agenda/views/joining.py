"""The form with which residents come on a list: for one day, or for all days of a series at once."""

from functools import partial

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.kit import limits
from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.forms import SeriesSignUpForm, SignUpForm
from klapkarre.rooms.agenda.models import Activity, RemovedDay, count_seats
from klapkarre.rooms.agenda.views.public import human

# A buurtpunt or a library is one address for many people at once.
MOST_SIGN_UPS = 100
# Names that one address puts on one activity, or on all days of a series at once, in a day: three whole forms.
# Workers, who sign people in on the list itself, have no such limit.
MOST_SEATS = 12
# A year of a weekly activity, and a few.
MOST_DAYS = 60


@never_cache
def sign_up(request, pk):
    """A name is enough. Full is asked, never decided for someone: the waiting list has a button of its own."""
    activity = Activity.objects.published().with_place().with_seats().filter(pk=pk).first()
    if activity is None:
        return redirect(get_object_or_404(RemovedDay, pk=pk))
    form = SignUpForm(request.POST if request.method == "POST" else None, contact=activity.takes_contact)
    if request.method != "POST":
        return _page(request, activity, form)
    if _too_often(request, form):
        return _page(request, activity, form, status=429)
    if not form.is_valid():
        return _page(request, activity, form)
    wish = actions.Wish(form.cleaned_data["names"], form.contact, or_wait="wachtlijst" in request.POST)
    wish = _limited(wish, request, f"activity {pk}")
    try:
        lead = actions.join([activity], wish, key=form.cleaned_data["key"])
    except actions.Full as full:
        return _page(request, activity, form, full=full)
    except TooMany as many:
        form.add_error(None, many)
        return _page(request, activity, form, status=429)
    except ValidationError as closed:
        form.add_error(None, closed)
        return _page(request, activity, form)
    return redirect("agenda:slip", slips.token_of(lead))


def _too_often(request, form):
    if limits.count("sign_up", limits.address_of(request)) <= MOST_SIGN_UPS:
        return False
    form.add_error(None, _("Dat ging te vaak na elkaar. Wacht tien minuten of bel ons."))
    return True


class TooMany(ValidationError):
    """This address took its share of this activity today."""


def _limited(wish, request, what):
    """The wish, with the question whether this address may take that many. A second click takes nothing."""
    who = f"{limits.address_of(request)} {what}"
    return wish._replace(may_take=partial(_take_seats, who, len(wish.names)))


def _take_seats(who, wanted):
    if limits.count("seats", who, limits.DAY, wanted) <= MOST_SEATS:
        return
    limits.give_back("seats", who, limits.DAY, wanted)
    text = _(
        "Met deze verbinding zijn vandaag al veel plaatsen genomen. Een medewerker kan er meer geven, of bel ons."
    )
    raise TooMany(text, code="too_many")


def _page(request, activity, form, status=200, full=None):
    """The form with all that a page says about the activity; `full` when there is no seat for everyone just now."""
    if full:
        activity.taken = activity.capacity - full.free
    context = {
        "activity": activity,
        "form": form,
        "full": full,
        "human": human(activity),
        "call": status == 429,
        "closed": actions.why_closed(activity),
        "more_days": activity.series_id and len(_days_of(activity)) > 1,
        "today": timezone.localdate(),
    }
    return render(request, "agenda/sign_up.html", context, status=status)


def _days_of(activity):
    """The days of this series for which one can still sign up."""
    days = Activity.objects.filter(series=activity.series_id, state=Activity.State.PUBLISHED)
    days = days.exclude(sign_up_kind=Activity.SignUpKind.NONE).filter(starts_at__gt=timezone.now())
    return list(days.with_place().order_by("starts_at", "pk")[:MOST_DAYS])


@never_cache
def sign_up_series(request, pk):
    """All coming days of a series at once, on one slip; who cannot come on a day unticks it."""
    activity = get_object_or_404(Activity.objects.published().with_place().with_seats(), pk=pk)
    days = _days_of(activity) if activity.series_id else []
    if len(days) < 2:
        return redirect("agenda:sign_up", pk)
    form = SeriesSignUpForm(
        request.POST if request.method == "POST" else None,
        days=count_seats(days),
        contact=any(day.takes_contact for day in days),
    )
    if request.method != "POST":
        return _series_page(request, activity, form)
    if _too_often(request, form):
        return _series_page(request, activity, form, status=429)
    if not form.is_valid():
        return _series_page(request, activity, form)
    chosen = [day for day in days if str(day.pk) in form.cleaned_data["days"]]
    wish = actions.Wish(form.cleaned_data["names"], form.contact, or_wait=True)
    wish = _limited(wish, request, f"series {activity.series_id}")
    try:
        lead = actions.join(chosen, wish, key=form.cleaned_data["key"])
    except TooMany as many:
        form.add_error(None, many)
        return _series_page(request, activity, form, status=429)
    except ValidationError as closed:
        form.add_error(None, closed)
        return _series_page(request, activity, form)
    return redirect("agenda:slip", slips.token_of(lead))


def _series_page(request, activity, form, status=200):
    context = {
        "activity": activity,
        "form": form,
        "human": human(activity),
        "series": True,
        "call": status == 429,
    }
    return render(request, "agenda/sign_up_series.html", context, status=status)
