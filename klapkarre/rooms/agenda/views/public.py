"""What residents see: the list and one activity."""

from collections import Counter
from functools import partial

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from klapkarre.foundation.kit.asking import rows_at
from klapkarre.foundation.kit.pages import around, kept, public_page
from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.foundation.places.towns import chosen_town, towns_to_pick
from klapkarre.foundation.voices.playing import voices_of, with_voices
from klapkarre.rooms.agenda import filters, repetition
from klapkarre.rooms.agenda.cards import LISTED, NOTHING, choice_of, days_of, html_of
from klapkarre.rooms.agenda.models import Activity, RemovedDay
from klapkarre.rooms.agenda.structured import event

ON_A_PAGE = 30
OTHER_DATES = 6


def human(activity):
    """Who answers the phone, for the foot of the page."""
    place, town = activity.place, activity.neighbourhood.municipality
    own = place and activity.phone == place.phone
    return {
        "phone": activity.phone,
        "name": (place.phone_of or place.name) if own else (town.desk or town.name),
    }


@public_page(params=("buurt", "gemeente", "letter", "pagina"), choices=filters.CHOICES)
def list_page(request):
    """What comes, in one town or one buurt of it. With many towns: first choose yours."""
    now = timezone.now()
    slug = request.GET.get("buurt", "")
    chosen = Neighbourhood.objects.select_related("municipality").filter(slug=slug).first() if slug else None
    unknown = slug if slug and not chosen else ""
    named = chosen.municipality.slug if chosen else request.GET.get("gemeente", "")
    town, many = kept(request, lambda: chosen_town(named), "town", named)
    if many and not town:
        context = towns_to_pick(request.GET.get("letter", "")) | {"unknown": unknown}
        return render(request, "agenda/pick_town.html", context, status=404 if unknown else 200)
    # Only where there is a choice: with one town its name and its address say nothing new.
    town = town if many else None
    filter = filters.Filter.of(request.GET)
    page = _page(request, now, town, chosen, filter)
    days = days_of(page.object_list, now)
    choice = choice_of(request, partial(_listed, town, None, NOTHING, now), chosen, town, filter)
    context = {"page_obj": page, "days": bool(days), "choice": choice, "filter": filter}
    # Given as they are asked for: only a frame that is made anew needs them.
    context |= {"audiences": partial(filters.options, "voor"), "languages": partial(filters.options, "taal")}
    context |= {"town": town, "chosen": chosen, "unknown": unknown}
    names = (town and town.name, chosen and chosen.name, unknown)
    facts = (choice, *names, bool(days), filter, page.number, page.paginator.count)
    before, after = around(request, "agenda/list.html", context, *facts)
    return HttpResponse(before + html_of(days) + after, status=404 if unknown else 200)


def _listed(town, chosen, filter, now):
    """The rows of the list in their order; `now` may stand for the moment at which they will be asked."""
    rows = LISTED.upcoming(now)
    if town:
        rows = rows.filter(neighbourhood__municipality=town)
    if chosen:
        rows = rows.filter(Q(neighbourhood=chosen) | Q(neighbourhood__parent=chosen))
    return filter.rows(rows)


def _page(request, now, town, chosen, filter):
    """One page of the rows; how many there are in all is counted once for all pages.

    What people seldom ask, and what is not there, is not kept: nobody fills the cache with made-up addresses.
    """
    pages, asked = Paginator((), ON_A_PAGE), request.GET.get("pagina")
    facts = ("agenda", town and town.pk, chosen and chosen.pk, filter)
    request.is_rare = filter.is_rare
    count = partial(_count, town, chosen, filter, now)
    pages.count = count() if filter.is_rare else kept(request, count, *facts)
    page = pages.get_page(asked)
    request.is_rare = request.is_rare or str(page.number) != (asked or "1")
    first = (page.number - 1) * ON_A_PAGE

    def rows(moment):
        return _listed(town, chosen, filter, moment)[first : first + ON_A_PAGE]

    page.object_list = rows_at(now, rows, *facts, page.number, keep=not request.is_rare)
    return page


def _count(*choice):
    return _listed(*choice).count()


@public_page
def detail(request, pk):
    now = timezone.now()
    rows = Activity.objects.published().with_place().select_related("organisation").with_seats()
    rows = with_voices(rows, agenda_activity="pk", agenda_series="series_id")
    activity = rows.filter(pk=pk).first()
    if activity is None:
        return _removed_page(request, get_object_or_404(RemovedDay, pk=pk), now)
    others = ()
    if activity.series_id:
        others = coming(activity.series_id, now).exclude(pk=pk)[:OTHER_DATES]
    context = {
        "activity": activity,
        "human": human(activity),
        "is_over": activity.is_over(now),
        "has_started": activity.has_started(now),
        "others": others,
        "repetition": comes_back(activity, others, timezone.localdate(now)),
        "today": timezone.localdate(now),
        "event": event(activity),
        # A voice that says "come" sends people to a door that stays shut.
        "voices": None if activity.is_cancelled else voices_of(activity),
    }
    return render(request, "agenda/detail.html", context)


def coming(series, now):
    """What residents see of this series from now on."""
    return Activity.objects.published().upcoming(now).filter(series=series).order_by("starts_at")


def _removed_page(request, removed, now):
    """A day that went with another rule: the days that come instead, or the same day when it came back."""
    instead = coming(removed.series_id, now).filter(state=Activity.State.PUBLISHED)
    if back := instead.filter(series_day=removed.day).first():
        return redirect(back)
    context = {"day": removed.day, "others": instead[:OTHER_DATES]}
    return render(request, "agenda/removed.html", context, status=410)


def comes_back(activity, others, today):
    """When it comes back, in words, with the hours that most of its days have.

    Empty when it does not any more, and for a day that does not follow the rule: what it says must be true there.
    """
    series = activity.series
    if not series or not series.rule or series.last_day < today:
        return ""
    days = repetition.days_of(series.rule, series.first_day, until=series.last_day)
    published = series.activities.filter(state=Activity.State.PUBLISHED)
    moments = list(published.values_list("starts_at", "ends_at"))
    takes_place = {timezone.localtime(starts).date() for starts, _ends in moments}.intersection(days)
    last_day = max(takes_place, default=today)
    if activity.day not in days or last_day <= today:
        return ""
    own = _hours(activity.starts_at, activity.ends_at)
    near = Counter([own, *(_hours(one.starts_at, one.ends_at) for one in others)])
    # Of two that are as frequent in the days to come, that of the series as a whole.
    ever = Counter(_hours(*moment) for moment in moments)
    usual = max(near, key=lambda hours: (near[hours], ever[hours]))
    text = repetition.sentence(series, usual, last_day)
    this_time = repetition.this_time(own) if own != usual else ""
    missing = [day for day in days if today <= day <= last_day and day not in takes_place]
    more = " ".join(filter(None, (this_time, repetition.without(missing))))
    return f"{text}. {more}" if more else text


def _hours(*moments):
    return tuple(timezone.localtime(moment).time() for moment in moments)
