"""A stop or round for who is on the street: on the site in three questions; moved, called off, shared in one tap."""

import datetime
import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.templatetags.kit import clock, day
from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.actions.planning import PLAIN
from klapkarre.rooms.agenda.forms.stops import LENGTHS, MoveForm, StopForm
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.repetition import Repetition, Rule, days_of, is_skipped
from klapkarre.rooms.agenda.soon import when_words
from klapkarre.rooms.agenda.traits import Kind
from klapkarre.rooms.agenda.views.own import own_or_404

NAMES = {
    Kind.STOP: gettext_lazy("De klapkarre komt langs"),
    Kind.ROUND: gettext_lazy("We komen door je straat"),
}
TEXTS = {
    Kind.STOP: gettext_lazy("We staan buiten met koffie en thee. Kom erbij en vertel."),
    Kind.ROUND: gettext_lazy("We komen langs en maken kennis. Je hoeft niets te doen."),
}
# One tap each: residents read the sentence.
REASONS = {
    "weer": gettext_lazy("Het weer is te slecht."),
    "ziek": gettext_lazy("We zijn ziek."),
    "anders": gettext_lazy("Er kwam iets tussen."),
}
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
MOVES = (
    (gettext_lazy("Een half uur later"), HOUR / 2),
    (gettext_lazy("Een uur later"), HOUR),
    (gettext_lazy("Een uur vroeger"), -HOUR),
    (gettext_lazy("Een dag later"), DAY),
)


@never_cache
@allowed_to(PLAN)
def stop_add(request):
    """`?van=12` begins with what that one was, a week later."""
    if request.method != "POST":
        form = StopForm(reach=request.user.reach, initial=_initial(request))
        return render(request, "agenda/staff/stop_add.html", {"form": form})
    form = StopForm(request.POST, reach=request.user.reach)
    if not form.is_valid():
        return render(request, "agenda/staff/stop_add.html", {"form": form})
    values = form.cleaned_data
    days, repetition = _days(values["day"], values["weeks"])
    stop = actions.add(
        values["team"], _plan(request.user, values), days, key=values["key"], repetition=repetition
    )
    messages.success(
        request,
        _("Het staat op de site.")
        if len(days) == 1
        else _("Het staat %(times)s keer op de site.") % {"times": len(days)},
    )
    return redirect("agenda_staff:stop", stop.pk)


def _days(first, weeks):
    """The days, and the repetition when it comes back: without public holidays, but with the day that was chosen."""
    if weeks == 1:
        return [first], None
    rule = Rule(weeks=1, weekdays=(first.weekday(),)).text
    every = days_of(rule, first, times=weeks)
    days = [one for one in every if one == first or not is_skipped(one, public=True, school=False)]
    skipped = tuple(one for one in every if one not in days)
    return days, Repetition(rule, first, every[-1], skip_public=True, skipped=skipped)


def _last(user):
    """The stop or round that the team announced last."""
    rows = Activity.objects.visible_to(user).filter(kind__in=(Kind.STOP, Kind.ROUND))
    return rows.order_by("-planned_at", "-pk")


def _plan(user, values):
    """Everything of an activity: what was asked, and the rest as it was the last time for this kind.

    Who can get there, and with whom it is done, is of the spot: it is never taken over from elsewhere.
    """
    before = _last(user).filter(kind=values["kind"], team=values["team"])
    last, there = before.first(), _there(before, values).first()
    # Our own name of the other kind is no choice: a round is not called after the cart.
    ours = values["title"] in {str(name) for name in NAMES.values()}
    return {
        "title": str(NAMES[Kind(values["kind"])]) if ours else values["title"],
        "summary": last.summary if last else str(TEXTS[Kind(values["kind"])]),
        "theme": last.theme if last else Theme.CHAT,
        "place": values["place"],
        "where": values["where"],
        "neighbourhood": values["neighbourhood"],
        "price_cents": 0,
        "bring": "",
        "kind": values["kind"],
        "audiences": (),
        "spoken": last.spoken if last else (),
        "access": there.access if there else (),
        "partners": there.partners if there else "",
        "sign_up_kind": Activity.SignUpKind.NONE,
        "capacity": None,
        "carried_by": last.carried_by if last else Activity.CarriedBy.FOR,
        "state": Activity.State.PUBLISHED,
        "starts": values["starts"],
        "ends": values["ends"],
    }


def _there(rows, values):
    """Those of these stops that were at the spot of this form."""
    if values["place"]:
        return rows.filter(place=values["place"], where__iexact=values["where"])
    return rows.filter(place=None, neighbourhood=values["neighbourhood"], where__iexact=values["where"])


def _initial(request):
    """As it was last time: the same place, hour and length, today."""
    initial = {"key": uuid.uuid4(), "day": timezone.localdate(), "kind": Kind.STOP, "title": NAMES[Kind.STOP]}
    asked = request.GET.get("van", "")
    rows = _last(request.user)
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        source = rows.filter(pk=asked).first()
        again = source and max(source.day + 7 * DAY, timezone.localdate())
    else:
        source, again = rows.first(), timezone.localdate()
    if source is None:
        return initial
    minutes = int((source.ends_at - source.starts_at).total_seconds() // 60)
    nearest = min((length for length, _words in LENGTHS), key=lambda length: (abs(length - minutes), length))
    names = ("place", "where", "neighbourhood", "kind", "title")
    return (
        initial
        | {name: getattr(source, name) for name in names}
        | {
            "day": again,
            "starts": _quarter(timezone.localtime(source.starts_at).time()),
            "minutes": nearest,
        }
    )


def _quarter(time):
    """An hour that the list has: a stop that was moved by hand may have begun between two quarters."""
    return time.replace(minute=time.minute - time.minute % 15, second=0, microsecond=0)


def _stop_or_404(request, pk):
    stop = own_or_404(request, pk)
    if not stop.is_stop:
        raise Http404
    return stop


@never_cache
@allowed_to(PLAN)
def stop(request, pk):
    """One stop: what residents read, the text to share, and the taps that change it."""
    stop, now = _stop_or_404(request, pk), timezone.now()
    request.host_name = request.get_host()  # for the address in the text to share
    context = {
        "stop": stop,
        "when": when_words(stop, now),
        "is_over": stop.is_over(now),
        "is_draft": stop.state == Activity.State.DRAFT,
        "is_today": stop.day == timezone.localdate(now),
        "moves": _moves(stop, now),
        "reasons": REASONS.items(),
        "share": share_words(stop),
        "counts": stop.is_within(request.user.own_reach),
    }
    return render(request, "agenda/staff/stop.html", context)


def _begin(stop):
    return timezone.localtime(stop.starts_at).replace(tzinfo=None)


def _moves(stop, now):
    """(words, when that is, what the button sends) of each move to a moment that is still to come."""
    found = []
    for words, step in MOVES:
        to = _begin(stop) + step
        if to > timezone.localtime(now).replace(tzinfo=None):
            when = clock(to.time()) if to.date() == stop.day else f"{day(to.date())}, {clock(to.time())}"
            found.append((words, when, f"{to:%Y-%m-%dT%H:%M}"))
    return found


def share_words(stop):
    """The text to send to a group or to put up, before the address of the page."""
    facts = {
        "title": stop.title,
        "day": day(stop.starts_at),
        "starts": clock(stop.starts_at),
        "ends": clock(stop.ends_at),
        "spot": stop.spot,
    }
    if stop.is_cancelled:
        text = _("%(title)s: %(day)s om %(starts)s gaat het niet door (%(spot)s).") % facts
        return f"{text} {stop.cancelled_because}".strip()
    return _("%(title)s: %(day)s van %(starts)s tot %(ends)s, %(spot)s. Iedereen is welkom.") % facts


@never_cache
@allowed_to(PLAN)
def stop_move(request, pk):
    """To another begin, as long as before. GET is where a login sends people back to: on to the page."""
    stop = _stop_or_404(request, pk)
    if request.method == "POST":
        form = MoveForm(request.POST)
        if form.is_valid():
            _move(request, stop, form.cleaned_data)
        else:
            messages.warning(request, _("Dat lukte niet. Kies opnieuw."))
    return redirect("agenda_staff:stop", pk)


def _move(request, stop, values):
    begin, length = values["to"], stop.ends_at - stop.starts_at
    wanted = {name: getattr(stop, name) for name in PLAIN}
    wanted |= {"day": begin.date(), "starts": begin.time(), "ends": (begin + length).time()}
    try:
        actions.change(stop, wanted, values["version"])
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    else:
        when = {"day": day(begin.date()), "time": clock(begin.time())}
        messages.success(request, capfirst(_("%(day)s om %(time)s. Bewoners zien dit nu.") % when))


@never_cache
@allowed_to(PLAN)
def stop_off(request, pk):
    """Call this one off, for one of the reasons that stand ready."""
    stop = _stop_or_404(request, pk)
    reason = REASONS.get(request.POST.get("reden", ""))
    if request.method == "POST" and reason and stop.state != Activity.State.DRAFT:
        try:
            actions.call_off(stop, str(reason))
        except ValidationError as refused:
            messages.warning(request, " ".join(refused.messages))
        else:
            messages.success(request, _("Afgezegd. Bewoners zien dit nu."))
    elif request.method == "POST":
        messages.warning(request, _("Dat lukte niet. Kies opnieuw."))
    return redirect("agenda_staff:stop", pk)


@never_cache
@allowed_to(PLAN)
def stop_on(request, pk):
    """It does take place after all."""
    stop = _stop_or_404(request, pk)
    if request.method == "POST" and stop.is_cancelled:
        actions.go_on(stop)
        messages.success(request, _("Het gaat toch door. Bewoners zien dit nu."))
    return redirect("agenda_staff:stop", pk)
