"""Paper of a round: the list to walk with, and the note for who was not home."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import REGISTER, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.kit import pdf, printed
from klapkarre.foundation.kit.languages import DUTCH
from klapkarre.foundation.places.models import Place
from klapkarre.rooms.outreach import walking
from klapkarre.rooms.outreach.views.rounds import round_or_404


@never_cache
@allowed_to(REGISTER)
def walking_list(request, pk):
    """The doors at which somebody still rings, with boxes to tick. What is done, or left alone, stands on no paper."""
    one = round_or_404(request, pk)
    doors = walking.to_walk(one.doors.all())
    note_reading(request, doors)
    lines = walking.lines(doors)
    to_ring = [line for line in lines if line.group != walking.DONE]
    context = {
        "round": one,
        "lines": to_ring,
        "done": len(lines) - len(to_ring),
        "printed": timezone.localtime(),
    }
    return _printed(request, one, "outreach/paper/walking_list.html", "ronde", context)


@never_cache
@allowed_to(REGISTER)
def flyer(request, pk):
    """We were at your door: who we are, where to find us, and that nothing has to be done. `?taal=ar`: in Arabic."""
    one = round_or_404(request, pk)
    town = one.neighbourhood.municipality
    point = Place.objects.points().filter(neighbourhood=one.neighbourhood).order_by("pk").first()
    phone = point and point.phone
    context = {
        "round": one,
        "point": point,
        "human": {
            "phone": phone or town.phone,
            "name": (point.phone_of or point.name) if phone else (town.desk or town.name),
        },
        "host": request.get_host(),
    }
    language = printed.chosen(request.GET)[0]
    part = printed.part(request, language, point or one.neighbourhood)
    return _printed(request, one, "outreach/paper/flyer.html", "briefje", context | {"part": part}, language)


def _printed(request, one, template, kind, context, language=DUTCH):
    size = {"size": "a5"} if kind == "briefje" else {}
    sheet = pdf.Sheet(context | printed.looks(request) | size, language=language)
    try:
        content = pdf.make(request, template, sheet)
    except pdf.NotMade as why:
        messages.warning(request, why.words)
        return redirect("rounds:detail", one.pk)
    return pdf.answer(content, kind, one.neighbourhood.name)
