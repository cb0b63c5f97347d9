"""Calendars and news that anyone may follow: what the pages show, for programs. Never a name of a resident."""

import datetime

from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.kit import languages
from klapkarre.foundation.kit.pages import public_page
from klapkarre.foundation.kit.templatetags.kit import said
from klapkarre.foundation.places import osm
from klapkarre.foundation.places.models import Neighbourhood, Place
from klapkarre.foundation.places.towns import chosen_town
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.news.models import News

# What is over stays for so long in the calendar of who follows it.
BACK = datetime.timedelta(days=28)
TYPE = "text/calendar; charset=utf-8"
NEWS = "application/atom+xml; charset=utf-8"


def _calendar(request, rows, name, page, *, blocks=False):
    # Imported at first use: the library is large, and most visits never ask for a calendar.
    from klapkarre.windows.exchange.calendars import calendar

    host = request.build_absolute_uri("/")
    found = calendar(_whole(rows).order_by("starts_at", "pk"), name=name, host=host, page=page, blocks=blocks)
    return HttpResponse(found, content_type=TYPE)


def _news(request, rows, name, page, items):
    from klapkarre.windows.exchange.news import news

    today = timezone.make_aware(datetime.datetime.combine(timezone.localdate(), datetime.time()))
    rows = _whole(rows).filter(ends_at__gte=today, state=Activity.State.PUBLISHED)
    host, own = request.build_absolute_uri("/"), request.get_full_path()
    return HttpResponse(news(rows, items, name=name, host=host, page=page, own=own), content_type=NEWS)


def _whole(rows):
    """With what it says of each. Prefetched: thousands of activities share a few places, each is read once."""
    return rows.prefetch_related("place", "neighbourhood", "series")


def _coming():
    """What residents see, from four weeks back: by the day, so that a calendar stays the same all day."""
    since = timezone.make_aware(datetime.datetime.combine(timezone.localdate() - BACK, datetime.time()))
    return Activity.objects.published().filter(ends_at__gte=since)


def _town(request):
    """With many towns the address names one: nobody follows three hundred."""
    town, many = chosen_town(request.GET.get("gemeente", ""))
    if town is None:
        raise Http404
    return town, many


def _of_town(town, many):
    """Rows, name and page of one town."""
    rows = _coming().filter(neighbourhood__municipality=town)
    page = languages.here(f"/activiteiten/?gemeente={town.slug}" if many else "/activiteiten/")
    return rows, _("Activiteiten in %(name)s") % {"name": town.name}, page


def _of_neighbourhood(slug):
    """The same of one buurt with its parts."""
    here = get_object_or_404(Neighbourhood, slug=slug)
    rows = _coming().filter(Q(neighbourhood=here) | Q(neighbourhood__parent=here))
    return rows, _("Activiteiten in %(name)s") % {"name": here.name}, here.get_absolute_url()


@public_page(params=("gemeente",), for_programs=True)
def town(request):
    return _calendar(request, *_of_town(*_town(request)))


@public_page(params=("gemeente",), for_programs=True)
def town_news(request):
    here, many = _town(request)
    items = News.objects.published().filter(neighbourhood__municipality=here)
    return _news(request, *_of_town(here, many), items)


@public_page(for_programs=True)
def neighbourhood(request, slug):
    return _calendar(request, *_of_neighbourhood(slug))


@public_page(for_programs=True)
def neighbourhood_news(request, slug):
    items = News.objects.published().filter(Q(neighbourhood__slug=slug) | Q(neighbourhood__parent__slug=slug))
    return _news(request, *_of_neighbourhood(slug), items)


@public_page(for_programs=True)
def point(request, slug):
    """One place. Its opening hours are no events."""
    here = get_object_or_404(Place, slug=slug)
    return _calendar(request, _coming().filter(place=here), here.name, here.get_absolute_url())


@public_page(params=("gemeente",), for_programs=True)
def leisure(request):
    """What comes in one town for one's free time, as UiTdatabank takes it."""
    from klapkarre.windows.exchange.uitdatabank import export, leisure

    rows, _name, _page = _of_town(*_town(request))
    today = timezone.make_aware(datetime.datetime.combine(timezone.localdate(), datetime.time()))
    rows = leisure(rows.filter(ends_at__gte=today)).select_related(
        "place__neighbourhood__municipality", "neighbourhood__municipality", "series"
    )
    own, host = request.build_absolute_uri(request.get_full_path()), request.build_absolute_uri("/")
    found = export(rows.order_by("starts_at", "pk"), own=own, host=host)
    return _json(found)


def _json(facts):
    params = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(facts, json_dumps_params=params, content_type="application/json; charset=utf-8")


@public_page(for_programs=True)
def hours(request, slug):
    """When a place is open, as OpenStreetMap writes it: all of it, and what fits in a tag."""
    here = get_object_or_404(Place.objects.with_hours(), slug=slug)
    today = timezone.localdate()
    whole, tag = osm.whole(here, today), osm.tag(here, today)
    facts = {
        "name": here.name,
        "url": request.build_absolute_uri(here.get_absolute_url()),
        "opening_hours": whole.text,
        "until": whole.until.isoformat(),
        "tag": {"opening_hours": tag.text, "until": tag.until.isoformat()},
    }
    return _json(facts)


@public_page(for_programs=True)
def activity(request, pk):
    """One activity, to put in a calendar of one's own: it keeps the time free."""
    rows = Activity.objects.published().filter(pk=pk)
    here = get_object_or_404(rows)
    return _calendar(request, rows, said(here.title), here.get_absolute_url(), blocks=True)
