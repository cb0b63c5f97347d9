"""What the holder of a slip changes: the names, how to tell them, or giving seats back (asked first, twice is once)."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.kit import limits, phones
from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.forms import GiveBackForm, SlipForm
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.views.public import human
from klapkarre.rooms.agenda.views.slips import between_us, gone, saved

# Seats given back within ten minutes: by one address (a buurtpunt is one), and presses of the button of one slip.
MOST_CANCELLED = 100
MOST_OF_ONE_SLIP = 10


def _pressed_too_often(request, token):
    """By one address for any slip, or for one slip by anyone."""
    most_of_one = limits.count("cancel_slip", token) > MOST_OF_ONE_SLIP
    return limits.count("cancel", limits.address_of(request)) > MOST_CANCELLED or most_of_one


def _open(seats):
    return [seat for seat in seats if seat.is_open and not seat.activity.is_cancelled]


@between_us
def cancel(request, token):
    """Ask first, then give back one seat (`plaats`) or all that are left on the slip. Twice is once."""
    lead = slips.by_token(token)
    if lead is None:
        return gone(request)
    seats = _open(slips.seats_on(lead))
    chosen = request.POST.get("plaats") if request.method == "POST" else request.GET.get("plaats")
    if chosen:
        seats = [seat for seat in seats if str(seat.pk) == chosen]
    form = GiveBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if _pressed_too_often(request, token):
            form.add_error(None, _("Dat ging te vaak na elkaar. Wacht tien minuten of bel ons."))
            return _cancel_page(request, seats or slips.seats_on(lead), token, form, chosen, status=429)
        if not form.is_valid():
            return _cancel_page(request, seats or slips.seats_on(lead), token, form, chosen)
        for seat in seats:
            actions.cancel(seat)
        return redirect("agenda:slip", token)
    if not seats:
        return redirect("agenda:slip", token)
    return _cancel_page(request, seats, token, form, chosen)


def _cancel_page(request, seats, token, form, chosen, status=200):
    activity = seats[0].activity
    context = {
        "form": form,
        "slip": seats[0],
        "seats": seats,
        "several": len(seats) > 1,
        "chosen": chosen,
        "activity": activity,
        "days": len({seat.activity_id for seat in seats}),
        "token": token,
        "human": human(activity),
        "today": timezone.localdate(),
    }
    page = render(request, "agenda/slip_cancel.html", context, status=status)
    page.has_form = True
    return page


@between_us
def change(request, token):
    """Spell a name otherwise; another number, address or way of telling."""
    lead = slips.by_token(token)
    if lead is None:
        return gone(request)
    seats = _open(slips.seats_on(lead))
    if not seats:
        return redirect("agenda:slip", token)
    form = _form(request, lead, seats)
    if request.method == "POST":
        if _pressed_too_often(request, token):
            form.add_error(None, _("Dat ging te vaak na elkaar. Wacht tien minuten of bel ons."))
            return _change_page(request, seats, token, form, status=429)
        if form.is_valid():
            actions.rename(lead, form.renamed)
            if "how" in form.fields:
                actions.change_contact(lead, form.contact)
            return saved("agenda:slip", token)
    return _change_page(request, seats, token, form)


def _form(request, lead, seats):
    first = actions.bearers(SignUp.objects.live().on_slip(lead))[0]
    have = actions.Contact(first.phone or "", first.mail or "", first.how, first.remind)
    names = dict.fromkeys(seat.name for seat in seats if seat.name)
    # A worker may have noted a number also where the form does not ask for one.
    contact = bool(have.phone or have.mail) or any(seat.activity.takes_contact for seat in seats)
    form = SlipForm(
        request.POST if request.method == "POST" else None, names=list(names), have=have, contact=contact
    )
    if contact:
        _say_what_we_have(form, have)
    return form


def _say_what_we_have(form, have):
    """Enough to know whose it is, never the whole: who finds a slip must not read a number."""
    if have.phone:
        text = _("We hebben: %(number)s. Vul enkel een ander nummer in.")
        form.fields["phone"].help_text = text % {"number": phones.veiled(have.phone)}
    if have.mail:
        text = _("We hebben: %(address)s. Vul enkel een ander adres in.")
        form.fields["mail"].help_text = text % {"address": f"{have.mail[0]}…@{have.mail.partition('@')[2]}"}


def _change_page(request, seats, token, form, status=200):
    context = {"form": form, "token": token, "activity": seats[0].activity, "human": human(seats[0].activity)}
    page = render(request, "agenda/slip_change.html", context, status=status)
    page.has_form = True
    return page
