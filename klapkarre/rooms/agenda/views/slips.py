"""The slip: by its link and by its code. Never cached, never found, never passed on."""

from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from klapkarre.foundation.kit import codes, languages
from klapkarre.foundation.kit.drawing import qr
from klapkarre.foundation.kit.guesses import Says, find_by_code
from klapkarre.foundation.places.models import Municipality
from klapkarre.rooms.agenda import actions, slips
from klapkarre.rooms.agenda.forms import CodeForm
from klapkarre.rooms.agenda.models import Activity, SignUp
from klapkarre.rooms.agenda.views.public import OTHER_DATES, coming, human

TOO_MANY = _lazy("Er waren te veel foute codes. Wacht tien minuten. Lukt het dan nog niet? Bel ons.")


def between_us(view):
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


def saved(name, token):
    """To this page of who holds the token, which then says that it was kept."""
    return redirect(reverse(name, args=[token], query={"bewaard": 1}))


@between_us
@require_safe
def slip(request, token):
    """What, when, where, the code and the way out; `?blad` is the same on paper."""
    found = slips.by_token(token)
    if found is None:
        return gone(request)
    context = slip_context(request, found, slips.seats_on(found))
    return render(request, "agenda/slip_sheet.html" if "blad" in request.GET else "agenda/slip.html", context)


def slip_context(request, lead, seats):
    """What a slip says, on its own page and in the worker's frame: one seat as a whole, or a list of seats."""
    places = actions.positions(seats)
    for seat in seats:
        seat.position = places.get(seat.pk)
    # What is still on comes first: a slip for a year must not open on a day that was called off.
    left = [seat for seat in seats if seat.is_open and not seat.activity.is_cancelled]
    on = [seat for seat in seats if not seat.activity.is_cancelled]
    activity = [*left, *on, *seats][0].activity
    token = slips.token_of(lead)
    link = request.build_absolute_uri(reverse("agenda:slip", args=[token]))
    code = slips.code_of(lead).split("-")
    return {
        "slip": seats[0],
        "seats": seats if len(seats) > 1 else (),
        "days": [[seat.activity, [seat, *rest]] for seat, *rest in _by_day(seats)],
        "activity": activity,
        "is_open": bool(left),
        "only": left[0] if len(left) == 1 else None,
        "all_off": all(seat.state == SignUp.State.CANCELLED for seat in seats),
        "code": code,
        "spelled": [" ".join(word.upper()) for word in code[:2]],
        "token": token,
        "address": f"{request.get_host()}{languages.here('')}/activiteiten/briefje/",
        "qr": qr(link),
        "position": places.get(seats[0].pk),
        "human": human(activity),
        "today": timezone.localdate(),
        "others": _other_days(activity),
    }


def _other_days(activity):
    """Of a day that is called off: those of its series that do take place."""
    if not (activity.is_cancelled and activity.series_id):
        return ()
    return coming(activity.series_id, timezone.now()).filter(state=Activity.State.PUBLISHED)[:OTHER_DATES]


def _by_day(seats):
    """The seats of each activity together, in their order."""
    days: dict[int, list] = {}
    for seat in seats:
        days.setdefault(seat.activity_id, []).append(seat)
    return days.values()


def gone(request):
    return render(request, "agenda/slip_gone.html", {"human": desk()}, status=404)


def desk():
    """The desk of the town, when this installation serves one town."""
    towns = list(Municipality.objects.exclude(phone="")[:2])
    if len(towns) != 1:
        return {}
    return {"phone": towns[0].phone, "name": towns[0].desk or towns[0].name}


def unreadable_text(word):
    near = codes.near(word)
    if near:
        words = {"word": word, "near": near}
        return _("We kennen het woord “%(word)s” niet. Bedoel je “%(near)s”?") % words
    if word:
        return _("We kennen het woord “%(word)s” niet. Kijk nog eens op je briefje.") % {"word": word}
    return _("Een code is twee woorden en een getal. Bijvoorbeeld: appel fiets 42.")


SAYS = Says(
    too_many=TOO_MANY,
    unknown=_lazy("We vinden geen briefje met deze code. Kijk elke letter na."),
    unreadable=unreadable_text,
)


@between_us
def slip_by_code(request):
    """Type the code from paper. Codes are counted before the look-up (`kit.guesses`); a right one is free."""
    if request.method != "POST":
        return _code_page(request, CodeForm())
    form = CodeForm(request.POST)
    found, status = find_by_code(request, "code", form, slips.by_code, SAYS)
    if found is None:
        return _code_page(request, form, status)
    return redirect("agenda:slip", slips.token_of(found))


def _code_page(request, form, status=200):
    page = render(request, "agenda/slip_by_code.html", {"form": form, "human": desk()}, status=status)
    page.has_form = True
    return page
