"""The slip: by its link, by its code, and giving the seat back. Never cached, never found, never passed on."""

from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klapkarre.foundation.kit import codes, limits
from klapkarre.foundation.kit.drawing import qr
from klapkarre.foundation.places.models import Municipality
from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.forms import CodeForm, GiveBackForm
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.views.public import human

# Wrong codes within ten minutes: by one address, and by everyone together.
MOST_WRONG = 10
MOST_WRONG_IN_ALL = 100
# Seats given back within ten minutes: by one address (a buurtpunt is one), and presses of the button of one slip.
MOST_CANCELLED = 100
MOST_OF_ONE_SLIP = 10


def _between_us(view):
    """The address of the page is the key to the seat: nobody else may keep it or hear of it."""

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # A form posted from a page without any referrer has Origin "null", which the CSRF check refuses. The
        # pages with a form keep "same-origin": they tell the address to this site only.
        if not getattr(response, "has_form", False):
            response["Referrer-Policy"] = "no-referrer"
        return response

    return page


@_between_us
@require_safe
def slip(request, token):
    """What, when, where, the code and the way out; `?blad` is the same on paper."""
    found = slips.by_token(token)
    if found is None:
        return _gone(request)
    context = slip_context(request, found)
    return render(request, "agenda/slip_sheet.html" if "blad" in request.GET else "agenda/slip.html", context)


def slip_context(request, found):
    """What a slip says, on its own page and in the worker's frame."""
    activity, token = found.activity, slips.token_of(found)
    link = request.build_absolute_uri(reverse("agenda:slip", args=[token]))
    code = slips.code_of(found).split("-")
    return {
        "slip": found,
        "activity": activity,
        "code": code,
        "spelled": [" ".join(word.upper()) for word in code[:2]],
        "token": token,
        "host": request.get_host(),
        "qr": qr(link),
        "position": actions.position(found),
        "human": human(activity),
        "today": timezone.localdate(),
    }


def _gone(request):
    return render(request, "agenda/slip_gone.html", {"human": _desk()}, status=404)


def _desk():
    """The desk of the town, when this installation serves one town."""
    towns = list(Municipality.objects.exclude(phone="")[:2])
    if len(towns) != 1:
        return {}
    return {"phone": towns[0].phone, "name": towns[0].desk or towns[0].name}


@_between_us
def slip_by_code(request):
    """Type the code from paper. Codes are counted before the look-up, per address and in all; a right one is free."""
    if request.method != "POST":
        return _code_page(request, CodeForm())
    form = CodeForm(request.POST)
    who = limits.address_of(request)
    if limits.reached("code", who, MOST_WRONG) or limits.reached("code", limits.EVERYONE, MOST_WRONG_IN_ALL):
        return _too_many(request, form)
    if not form.is_valid():
        return _code_page(request, form)
    try:
        code = codes.read(form.cleaned_data["code"])
    except codes.Unreadable as why:
        form.add_error("code", _unreadable_text(why.word))
        return _code_page(request, form)
    if limits.count("code", who) > MOST_WRONG or limits.count("code", limits.EVERYONE) > MOST_WRONG_IN_ALL:
        return _too_many(request, form)
    found = slips.by_code(code)
    if found is None:
        form.add_error("code", _("We vinden geen briefje met deze code. Kijk elke letter na."))
        return _code_page(request, form)
    limits.give_back("code", who)
    limits.give_back("code", limits.EVERYONE)
    return redirect("agenda:slip", slips.token_of(found))


def _too_many(request, form):
    form.add_error(None, _("Er waren te veel foute codes. Wacht tien minuten of bel ons."))
    return _code_page(request, form, status=429)


def _unreadable_text(word):
    near = codes.near(word)
    if near:
        words = {"word": word, "near": near}
        return _("We kennen het woord “%(word)s” niet. Bedoel je “%(near)s”?") % words
    if word:
        return _("We kennen het woord “%(word)s” niet. Kijk nog eens op je briefje.") % {"word": word}
    return _("Een code is twee woorden en een getal. Bijvoorbeeld: appel fiets 42.")


def _code_page(request, form, status=200):
    page = render(request, "agenda/slip_by_code.html", {"form": form, "human": _desk()}, status=status)
    page.has_form = True
    return page


@_between_us
def slip_cancel(request, token):
    """Ask first, then give the seat or the place on the waiting list back. Twice is once."""
    found = slips.by_token(token)
    if found is None:
        return _gone(request)
    form = GiveBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if _pressed_too_often(request, token):
            form.add_error(None, _("Dat ging te vaak na elkaar. Wacht tien minuten of bel ons."))
            return _cancel_page(request, found, token, form, status=429)
        if not form.is_valid():
            return _cancel_page(request, found, token, form)
        actions.cancel(found)
        return redirect("agenda:slip", token)
    if found.state not in SignUp.OPEN or found.activity.is_cancelled:
        return redirect("agenda:slip", token)
    return _cancel_page(request, found, token, form)


def _pressed_too_often(request, token):
    """By one address for any slip, or for one slip by anyone."""
    most_of_one = limits.count("cancel_slip", token) > MOST_OF_ONE_SLIP
    return limits.count("cancel", limits.address_of(request)) > MOST_CANCELLED or most_of_one


def _cancel_page(request, found, token, form, status=200):
    context = {
        "form": form,
        "slip": found,
        "activity": found.activity,
        "token": token,
        "human": human(found.activity),
        "today": timezone.localdate(),
    }
    page = render(request, "agenda/slip_cancel.html", context, status=status)
    page.has_form = True
    return page
