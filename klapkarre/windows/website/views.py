"""Residents' pages. Each is the same for everyone and kept whole for a minute, so that "nu open" stays right."""

import datetime
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from klapkarre.foundation.accounts.models import Team
from klapkarre.foundation.kit.pages import public_page
from klapkarre.foundation.places import opening
from klapkarre.foundation.places.models import Municipality, Neighbourhood, Place
from klapkarre.foundation.places.opening_words import weekly_hours
from klapkarre.foundation.places.towns import chosen_town, towns_to_pick
from klapkarre.foundation.voices.playing import voices_of, with_voices
from klapkarre.windows.website import structured
from klapkarre.windows.website.rows import (
    PointRow,
    faces_and_news,
    here_and_around,
    next_activities,
    point_rows,
    unbroken,
    unknown_words,
    welcomes_and_news,
)

AT_HOME = 6
NEXT = 6
ON_A_PAGE = 30
POINTS_ON_A_PAGE = 20
WEEK = datetime.timedelta(days=7)
# After the week in the table: how far ahead the page tells that hours differ, and how many such days.
WEEKS_AHEAD = 8
MOST_EXCEPTIONS = 6
MOST_ON_PAPER = 12
# Home stays light in a large town: it looks at so many points for the ones that open first.
MOST_POINTS = 60
MOST_WELCOMES = 12


@public_page(params=("gemeente", "letter"))
def home(request):
    """Is someone there now, what is on this week, what can I come for. With many towns: first choose yours."""
    now = timezone.now()
    town, many = chosen_town(request.GET.get("gemeente", ""))
    if town is None:
        return render(request, "website/pick_town.html", towns_to_pick(request.GET.get("letter", "")))
    # The soonest first; a town with more points shows the rest on their own page.
    points = point_rows(_points_of(town)[:MOST_POINTS], now)
    this_week = {"neighbourhood__municipality": town, "starts_at__lt": now + WEEK}
    activities, carts = next_activities(now, AT_HOME, **this_week)
    welcomes, news = welcomes_and_news(now, town)
    context = {
        "town": town,
        "many": many,
        "human": human(town),
        "points": points[:AT_HOME],
        "first": points[0].status.kind if points else "",
        "unknown": unknown_words(points),
        "more_points": len(points) > AT_HOME,
        "carts": carts,
        # The cart is there and every door is shut: then that is the answer.
        "carts_first": bool(points)
        and not points[0].is_open
        and any(one.is_now and one.is_stop for one in carts),
        "activities": activities,
        "welcomes": welcomes[:MOST_WELCOMES],
        "news": news,
    }
    return render(request, "website/home.html", context)


def _points_of(town):
    return Place.objects.points().with_hours().filter(neighbourhood__municipality=town).order_by("name", "pk")


def human(town):
    """Who always answers: the desk of the town, at the foot of the page."""
    return {"name": town.desk or town.name, "phone": unbroken(town.phone)}


def _town_of(request):
    """For lists: the town in the address, the only town, or None for all of them. At most one query."""
    slug = request.GET.get("gemeente", "")
    if slug:
        return get_object_or_404(Municipality, slug=slug)
    towns = Municipality.objects.all()[:2]
    return towns[0] if len(towns) == 1 else None


@public_page(params=("gemeente", "pagina"))
def neighbourhoods(request):
    town = _town_of(request)
    rows = Neighbourhood.objects.filter(parent=None).select_related("municipality").prefetch_related("parts")
    if town:
        rows = rows.filter(municipality=town).order_by("status", "name", "pk")
    else:
        rows = rows.order_by("municipality__name", "status", "name", "pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina"))
    groups = groupby(page.object_list, key=lambda one: one.status if town else one.municipality.name)
    context = {
        "town": town,
        "human": human(town) if town else None,
        "page_obj": page,
        "groups": [(name, list(ones)) for name, ones in groups],
        "supported": Neighbourhood.Status.SUPPORTED,
    }
    return render(request, "website/neighbourhoods.html", context)


@public_page
def neighbourhood(request, slug):
    now = timezone.now()
    family = list(
        Neighbourhood.objects.filter(Q(slug=slug) | Q(parent__slug=slug))
        .select_related("municipality", "parent")
        .annotate(run_by=_run_by("pk", "parent_id"))
    )
    here = next((one for one in family if one.slug == slug), None)
    if here is None:
        raise Http404
    # The point of a whole buurt serves its parts, and the other way round.
    ids = [one.pk for one in family]
    near = [*ids, here.parent_id] if here.parent_id else ids
    places = Place.objects.points().with_hours().filter(neighbourhood__in=near).order_by("name", "pk")
    found = point_rows(places[:POINTS_ON_A_PAGE], now)
    activities, beside, carts = here_and_around(now, NEXT, here, ids)
    faces, news = faces_and_news(now, near)
    context = {
        "here": here,
        "parts": [one for one in family if one is not here],
        "human": human(here.municipality),
        "points": found,
        "carts": carts,
        "facts": structured.neighbourhood(here, [row.place for row in found], here.run_by),
        "faces": faces,
        "news": news,
        "activities": activities,
        # What the whole buurt plans is for its parts too.
        "around": beside,
        "supported": here.status == Neighbourhood.Status.SUPPORTED,
    }
    return render(request, "website/neighbourhood.html", context)


def _run_by(*neighbourhoods):
    """The name of the organisation whose team works in one of these neighbourhoods (columns of the outer query)."""
    here = Q()
    for name in neighbourhoods:
        here |= Q(neighbourhoods=OuterRef(name))
    teams = Team.objects.filter(here)
    return Subquery(teams.order_by("organisation__name").values("organisation__name")[:1])


@public_page(params=("gemeente", "pagina"))
def points(request):
    now = timezone.now()
    town = _town_of(request)
    rows = Place.objects.points().with_hours()
    if town:
        rows = rows.filter(neighbourhood__municipality=town).order_by("name", "pk")
    else:
        rows = rows.order_by("neighbourhood__municipality__name", "name", "pk")
    page = Paginator(rows, POINTS_ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "town": town,
        "human": human(town) if town else None,
        "page_obj": page,
        "points": point_rows(page.object_list, now),
    }
    return render(request, "website/points.html", context)


@public_page
def point(request, slug):
    now = timezone.now()
    today = timezone.localdate(now)
    rows = Place.objects.with_hours().select_related("picture").prefetch_related("welcomes")
    rows = rows.annotate(run_by=_run_by("neighbourhood_id", "neighbourhood__parent_id"))
    place = get_object_or_404(with_voices(rows, places_place="pk"), slug=slug)
    status = opening.status(place, now)
    known = status.kind != opening.Kind.UNKNOWN
    days_ahead = (WEEKS_AHEAD + 1) * 7
    faces, news = faces_and_news(now, [place.neighbourhood_id, place.neighbourhood.parent_id])
    exceptions = opening.exceptions(place, today, days_ahead) if known else ()
    activities, carts = next_activities(now, NEXT, place=place)
    context = {
        "place": place,
        "human": human(place.neighbourhood.municipality),
        "photo": getattr(place, "picture", None),
        "voices": voices_of(place),
        "row": PointRow(place, status),
        # A square has no door: nothing is said about hours that nobody expects.
        "has_door": known or place.kind == Place.Kind.POINT,
        "week": opening.week(place, today) if known else (),
        "later": [one for one in exceptions if one.day >= today + WEEK][:MOST_EXCEPTIONS],
        "weekly": weekly_hours(place, today) if known else (),
        "exceptions": exceptions[:MOST_ON_PAPER],
        "until": today + datetime.timedelta(days=days_ahead - 1),
        "today": today,
        "facts": structured.point(place, today, days_ahead, place.run_by),
        "welcomes": place.welcomes.all(),
        "faces": faces,
        "news": news,
        "activities": activities,
        "carts": carts,
    }
    return render(request, "website/point.html", context)
