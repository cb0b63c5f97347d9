"""The coming week for somebody else's site: a light page to put in a frame there, and the line to copy.

Only these pages may stand in a frame. They have no script, no form and no cookie, so there is nothing to trick anyone
into clicking; all other headers are those of every page.
"""

import datetime
from itertools import groupby

from django.conf import settings
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override

from klapkarre.foundation.kit.pages import public_page
from klapkarre.foundation.places import opening, osm
from klapkarre.foundation.places.models import Neighbourhood, Place
from klapkarre.foundation.places.towns import chosen_town, towns_to_pick
from klapkarre.rooms.agenda.models import Activity
from klapkarre.windows.website.views import human

DAYS = 7
MOST = 40
MOST_CHOICES = 60
IN_A_FRAME = settings.SECURE_CSP | {"frame-ancestors": ["*"], "script-src": [CSP.NONE]}


def framed(view):
    """Let other sites show this page in a frame. Every other header stays."""
    return csp_override(IN_A_FRAME)(xframe_options_exempt(view))


@framed
@public_page
def neighbourhood(request, slug):
    """What is on this week in a buurt and its parts."""
    here = get_object_or_404(Neighbourhood.objects.select_related("municipality"), slug=slug)
    near = Q(neighbourhood=here) | Q(neighbourhood__parent=here)
    return _week(request, here, near, {"agenda": f"{reverse('agenda:list')}?buurt={here.slug}"})


@framed
@public_page
def point(request, slug):
    """What is on this week at a point, and when somebody is there."""
    here = get_object_or_404(Place.objects.with_hours(), slug=slug)
    now = timezone.now()
    today = timezone.localdate(now)
    status = opening.status(here, now)
    known = status.kind != opening.Kind.UNKNOWN
    hours = {"status": status, "week": opening.week(here, today) if known else (), "today": today}
    return _week(request, here, Q(place=here), hours | {"agenda": here.get_absolute_url()})


def _week(request, here, which, context):
    now = timezone.now()
    until = _start_of(timezone.localdate(now) + datetime.timedelta(days=DAYS))
    rows = Activity.objects.published().upcoming(now).filter(which, starts_at__lt=until)
    rows = rows.select_related("place", "neighbourhood").order_by("starts_at", "pk")[:MOST]
    days = [(day, list(ones)) for day, ones in groupby(rows, key=lambda row: row.day)]
    return render(request, "website/embed.html", {"here": here, "days": days} | context)


def _start_of(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


# For the day and for the host with its port: the line to copy holds the whole address.
@public_page(params=("buurt", "gemeente", "letter", "punt"), for_programs=True)
def choose(request):
    """The line to copy for a buurt or a point; without a choice, what there is to choose from."""
    if slug := request.GET.get("buurt", ""):
        here = get_object_or_404(Neighbourhood.objects.select_related("municipality"), slug=slug)
        return _line(
            request, here, reverse("website:embed_neighbourhood", args=[here.slug]), here.municipality
        )
    if slug := request.GET.get("punt", ""):
        here = get_object_or_404(Place.objects.with_hours(), slug=slug)
        hours = osm.tag(here, timezone.localdate())
        town = here.neighbourhood.municipality
        return _line(request, here, reverse("website:embed_point", args=[here.slug]), town, hours=hours)
    town, _many = chosen_town(request.GET.get("gemeente", ""))
    if town is None:
        picking = towns_to_pick(request.GET.get("letter", "")) | {"picking": True}
        return render(request, "website/embed_choose.html", picking)
    context = {
        "town": town,
        "human": human(town),
        "points": Place.objects.points()
        .filter(neighbourhood__municipality=town)
        .order_by("name", "pk")[:MOST_CHOICES],
        "buurten": Neighbourhood.objects.filter(municipality=town, parent=None).order_by("name", "pk")[
            :MOST_CHOICES
        ],
    }
    return render(request, "website/embed_choose.html", context)


def _line(request, here, path, town, **more):
    context = {
        "here": here,
        "frame": request.build_absolute_uri(path),
        "calendar": request.build_absolute_uri(f"{here.get_absolute_url()}agenda.ics"),
        "town": town,
        "human": human(town),
    }
    return render(request, "website/embed_line.html", context | more)
