"""Rounds: draw one up, walk it, end it. Who may see doors: the own team. Everyone's counts are those of the round."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, REGISTER, allowed_to, work_area
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.kit import printed
from klapkarre.foundation.people import intake
from klapkarre.rooms.outreach import actions, tallies, walking
from klapkarre.rooms.outreach.addresses import MOST
from klapkarre.rooms.outreach.forms.rounds import (
    AddressForm,
    ChangeForm,
    RingForm,
    RoundForm,
    StreetForm,
    unknown_street,
)
from klapkarre.rooms.outreach.models import Attempt, Certificate, Door, Round, RoundCount, Slot, Street

HELD = gettext_lazy("Deze ronde wordt vastgehouden voor een klacht. Ze blijft nog staan.")
ENDED = 20  # as many ended rounds stand on the list


def round_or_404(request, pk):
    """A round in which this user walks."""
    return get_object_or_404(
        Round.objects.workable_by(request.user).select_related("neighbourhood", "team", "organisation"), pk=pk
    )


@never_cache
@allowed_to(PLAN)
def rounds(request):
    """The rounds of the team: those that run, and the last that ended."""
    mine = Round.objects.visible_to(request.user).select_related("neighbourhood", "certificate")
    today = timezone.localdate()
    found = list(mine.open().order_by("starts_on", "pk"))
    pairs = {one.pk: [] for one in found}
    for door, attempts in tallies.pairs_of(Door.objects.filter(round__in=found)):
        pairs[door.round_id].append(attempts)
    for one in found:
        one.total = len(pairs[one.pk])
        one.rung = sum(tallies.furthest(attempts) is not None for attempts in pairs[one.pk])
        one.is_over, one.is_coming = one.ends_on < today, one.starts_on > today
    context = {
        "rounds": found,
        "ended": mine.exclude(ended_at=None).order_by("-ended_at")[:ENDED],
        "may_add": bool(work_area(request.user)),
    }
    return render(request, "outreach/rounds/list.html", context)


@never_cache
@allowed_to(REGISTER)
def add(request):
    """First the doors are shown, then they are kept: nothing is made by the first button."""
    area = work_area(request.user)
    form = RoundForm(request.POST or None, area=area)
    if form.is_valid() and "keep" in request.POST:
        given = form.cleaned_data
        key = intake.key_for(given["key"], given["street"], given["wheres"], form.facts()["title"])
        try:
            made, is_new = actions.draw_up(form.team(), form.facts(), given["street"], given["wheres"], key)
        except ValueError:
            made = None
        if made and Round.objects.workable_by(request.user).filter(pk=made.pk).exists():
            if is_new:
                messages.success(request, _("De ronde is klaar. Veel succes aan de deuren."))
            return redirect("rounds:detail", made.pk)
        form.add_error(None, _("Dit formulier was al gebruikt. Begin opnieuw."))
    return _draw_page(request, form)


def _draw_page(request, form, one=None):
    preview, unknown = None, ""
    if form.is_bound and form.is_valid():
        preview, near = form.cleaned_data["wheres"], actions.like(_street(request, form, one))
        unknown = unknown_street(near) if near else ""
    context = {
        "unknown": unknown,
        "form": form,
        "round": one,
        "preview": preview,
        "streets": Street.objects.filter(
            organisation=request.user.current_memberships[0].organisation_id
        ).filter(neighbourhood__in=[one.neighbourhood] if one else work_area(request.user)),
    }
    return render(request, "outreach/rounds/draw.html", context)


def _street(request, form, one):
    """The street that the form names, to compare."""
    organisation = one.organisation if one else form.team().organisation
    buurt = one.neighbourhood if one else form.facts()["neighbourhood"]
    return actions.street_named(organisation, buurt, form.cleaned_data["street"])


@never_cache
@allowed_to(REGISTER)
def add_street(request, pk):
    one = round_or_404(request, pk)
    form = StreetForm(request.POST or None)
    if form.is_valid() and "keep" in request.POST:
        given = form.cleaned_data
        try:
            key = intake.key_for(given["key"], given["street"], given["wheres"])
            came = actions.add_doors(one, given["street"], given["wheres"], key)
        except actions.Ended:
            return _is_over(request, one)
        except actions.TooMany:
            sentence = _("Een ronde heeft hoogstens %(n)s deuren. Maak een tweede ronde.")
            form.add_error("last", sentence % {"n": MOST})
            return _draw_page(request, form, one)
        except ValueError:
            form.add_error(None, _("Dit formulier was al gebruikt. Begin opnieuw."))
            return _draw_page(request, form, one)
        if came is not None:
            text = ngettext("%(n)s deur kwam erbij.", "%(n)s deuren kwamen erbij.", came)
            messages.success(request, text % {"n": came})
        return redirect("rounds:detail", pk)
    return _draw_page(request, form, one)


def _is_over(request, one):
    messages.warning(request, _("Deze ronde is gestopt. De deuren zijn gewist."))
    return redirect("rounds:detail", one.pk)


@never_cache
@allowed_to(REGISTER)
def change(request, pk):
    one = round_or_404(request, pk)
    facts = {name: getattr(one, name) for name in ("title", "starts_on", "ends_on", "version")}
    form = ChangeForm(request.POST or None, initial=facts)
    if form.is_valid():
        try:
            actions.change_round(one, form.facts(), form.cleaned_data["version"])
        except actions.RoundChanged:
            one.refresh_from_db()
            form.show_version(one.version)
            sentence = _("Een collega wijzigde dit ook: “%(title)s”. Kijk na en bewaar opnieuw.")
            form.add_error(None, sentence % {"title": one.title})
        except actions.Ended:
            return _is_over(request, one)
        else:
            messages.success(request, _("Gewijzigd."))
            return redirect("rounds:detail", pk)
    return render(request, "outreach/rounds/change.html", {"form": form, "round": one})


@never_cache
@allowed_to(PLAN)
def detail(request, pk):
    """The counts for who may see the round; the doors for the own team, and logged before they are opened."""
    rows = Round.objects.visible_to(request.user).select_related("neighbourhood", "team", "certificate")
    one = get_object_or_404(rows, pk=pk)
    place = (one.team_id, one.neighbourhood_id)
    sees_doors = not one.ended_at and request.user.names_reach.covers(*place)
    pairs = [] if one.ended_at else tallies.pairs_of(one.doors.all())
    context = {
        "round": one,
        "counts": _counts(one, pairs),
        "is_own": request.user.own_reach.covers(*place) and not one.ended_at,
        "sees_doors": sees_doors,
        "languages": printed.choice({})["every"],
    }
    if sees_doors:
        doors = walking.to_walk(one.doors.all())
        note_reading(request, doors)
        context |= _groups(walking.lines(doors), request)
    return render(request, "outreach/rounds/detail.html", context)


def _counts(one, pairs):
    """`(words, doors)` for each outcome that there is, in the order in which one comes further."""
    if one.ended_at:
        rows = one.counts.values_list("outcome", "doors")
    else:
        rows = [(outcome, n) for (outcome, _month), n in tallies.by_outcome(pairs, one.starts_on).items()]
    found = {outcome: sum(n for name, n in rows if name == outcome) for outcome in RoundCount.Outcome.values}
    return [(RoundCount.Outcome(outcome).label, n) for outcome, n in found.items() if n]


def _groups(lines, request):
    just = request.GET.get("deur", "")
    for line in lines:
        line.key = uuid.uuid4()
    return {
        "groups": [
            (name, [line for line in lines if line.group == name])
            for name in (walking.NOW, walking.LATER, walking.DONE)
        ],
        "just": next((line for line in lines if str(line.door.pk) == just and line.attempts), None),
        "outcomes": Attempt.Outcome.choices,
        "slots": Slot.choices,
    }


@never_cache
@allowed_to(REGISTER)
def door(request, pk, door):
    """One door: what came of it so far, and a tap more. A tap leads back to the round."""
    one = round_or_404(request, pk)
    if one.ended_at:
        return _is_over(request, one)
    found = walking.to_walk(Door.objects.workable_by(request.user).filter(pk=door, round=one))
    if not found:
        raise Http404
    if request.method == "POST":
        return _ring(request, one, found[0])
    note_reading(request, found)
    (line,) = walking.lines(found)
    line.key = uuid.uuid4()
    history = [(one, one.by_id == request.user.pk) for one in reversed(line.attempts)]
    context = {"round": one, "line": line, "history": history}
    context |= {"outcomes": Attempt.Outcome.choices, "slots": Slot.choices}
    # Neither when a tap was taken back: a phone may repeat it.
    context["may_go"] = not found[0].attempts.all()
    return render(request, "outreach/rounds/door.html", context)


def _ring(request, one, found):
    form = RingForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Niet genoteerd. Tik opnieuw."))
        return redirect("rounds:detail", one.pk)
    given = form.cleaned_data
    before = [row for row in found.attempts.all() if row.undone_at is None]
    # Another outcome under the same key is another tap: who goes back and taps again says something else.
    key = intake.key_for(given["key"], given["outcome"], *given["times"])
    try:
        attempt, is_new = actions.add_attempt(
            request.user, found.pk, given["outcome"], given["times"], key, timezone.now()
        )
    except intake.Erased:
        return _is_over(request, one)
    except (actions.NoDoor, ValueError):
        messages.warning(request, _("Niet genoteerd. Tik opnieuw."))
        return redirect("rounds:detail", one.pk)
    if attempt and is_new:
        messages.success(request, _("Genoteerd: %(what)s.") % {"what": attempt.get_outcome_display()})
        others = [row for row in before[given["seen"] or 0 :] if row.by_id != request.user.pk]
        if others:
            text = _("Een collega noteerde hier intussen: %(what)s. Allebei blijven staan.")
            messages.warning(request, text % {"what": others[-1].get_outcome_display()})
    return redirect(f"{one.path}?deur={found.pk}#net")


@never_cache
@allowed_to(REGISTER)
def undo(request, pk, door):
    """Take the last own tap at this door back."""
    if request.method != "POST":  # where a login sends people back to
        return redirect("rounds:detail", pk)
    one = round_or_404(request, pk)
    if one.ended_at:
        return _is_over(request, one)
    found = get_object_or_404(Door.objects.workable_by(request.user).filter(round=one), pk=door)
    try:
        asked = uuid.UUID(request.POST.get("attempt", ""))
    except ValueError:
        return redirect("rounds:door", pk, door)
    attempt = get_object_or_404(Attempt.objects.filter(door=found, by=request.user), pk=asked)
    actions.take_back(attempt)
    messages.success(request, _("Teruggenomen. Deze tik telt niet mee."))
    return redirect("rounds:detail", pk)


@never_cache
@allowed_to(REGISTER)
def remove(request, pk, door):
    """Take a door out of the round at which nobody rang. GET is where a login sends people back to."""
    one = round_or_404(request, pk)
    if one.ended_at:
        return _is_over(request, one)
    if request.method != "POST":
        return redirect("rounds:door", pk, door)
    found = Door.objects.workable_by(request.user).filter(round=one, pk=door).first()
    if found is None:  # a second tap
        return redirect("rounds:detail", pk)
    try:
        actions.remove_door(found)
    except actions.Ended:
        return _is_over(request, one)
    except actions.Rung:
        messages.warning(request, _("Hier is al aangebeld. Deze deur blijft in de ronde."))
        return redirect("rounds:door", pk, door)
    except actions.StaysForNow:
        messages.warning(request, HELD)
        return redirect("rounds:door", pk, door)
    messages.success(request, _("Deze deur is uit de ronde."))
    return redirect("rounds:detail", pk)


@never_cache
@allowed_to(REGISTER)
def end(request, pk):
    """End a round: a question with what goes and what stays, then the certificate."""
    one = round_or_404(request, pk)
    if one.ended_at:
        return redirect("rounds:certificate", pk)
    if request.method == "POST" and "sure" in request.POST:
        try:
            actions.end_round(one, Certificate.Rule.BUTTON)
        except actions.StaysForNow:
            messages.warning(request, HELD)
            return redirect("rounds:detail", pk)
        return redirect("rounds:certificate", pk)
    pairs = tallies.pairs_of(one.doors.all())
    attempts = sum(len(found) for _door, found in pairs)
    context = {"round": one, "doors": len(pairs), "attempts": attempts, "counts": _counts(one, pairs)}
    return render(request, "outreach/rounds/end.html", context)


@never_cache
@allowed_to(PLAN)
def certificate(request, pk):
    """Proof of what was erased; to read and to print. No address stands on it."""
    rows = Round.objects.visible_to(request.user).select_related("neighbourhood", "team", "organisation")
    one = get_object_or_404(rows.exclude(ended_at=None).select_related("certificate"), pk=pk)
    digest = one.certificate.digest
    context = {
        "round": one,
        "certificate": one.certificate,
        "counts": _counts(one, []),
        "digest": [digest[at : at + 8] for at in range(0, len(digest), 8)],
    }
    return render(request, "outreach/rounds/certificate.html", context)


@never_cache
@allowed_to(REGISTER)
def away(request):
    """Someone asks not to be visited, or to be visited again. There is no list to look at: one types the address."""
    form = AddressForm(request.POST or None, area=work_area(request.user))
    if form.is_valid():
        given = form.cleaned_data
        street, number = given["place"], given["number"]
        if given["wish"] == "niet":
            actions.leave_address_alone(street.organisation, street, number)
            messages.success(request, _("Genoteerd. Dit adres komt niet meer in een ronde."))
        elif actions.welcome_again(street.organisation, street, number):
            messages.success(request, _("Genoteerd. Dit adres kan weer in een ronde komen."))
        elif actions.left_alone(street.organisation, street, [number]):
            messages.warning(request, _("Voor het hele huisnummer is rust gevraagd. Vul het in zonder bus."))
        else:
            messages.info(request, _("Dit adres stond niet bij wie we met rust laten."))
        return redirect("rounds:list")
    return render(request, "outreach/rounds/away.html", {"form": form})
