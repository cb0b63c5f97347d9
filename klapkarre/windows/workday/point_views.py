"""A point shut for a day, or open once more: noted on the phone, seen by residents at once."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to, points_of
from klapkarre.foundation.people import intake
from klapkarre.foundation.places import actions, opening
from klapkarre.foundation.places.models import Closure, ExtraOpening
from klapkarre.windows.workday.forms import CloseForm, OpenForm, PictureForm
from klapkarre.windows.workday.point_days import changes, clashes, days_words, was_open, what_words

ON_A_PAGE = 30


def point_or_404(request, slug):
    """A point of the own teams or neighbourhoods, for a coordinator of the organisation; else it does not exist."""
    return get_object_or_404(points_of(request.user.reach).with_hours().select_related("picture"), slug=slug)


@never_cache
@allowed_to(PLAN)
def point_list(request):
    now = timezone.now()
    places = points_of(request.user.reach).with_hours()
    page = Paginator(places, ON_A_PAGE).get_page(request.GET.get("pagina"))
    rows = [{"place": place, "status": opening.status(place, now)} for place in page.object_list]
    return render(request, "workday/points.html", {"page_obj": page, "points": rows})


@never_cache
@allowed_to(PLAN)
def point_days(request, slug):
    return page_of(request, point_or_404(request, slug))


@never_cache
@allowed_to(PLAN)
def point_close(request, slug):
    """Shut on one or more days. GET is where a login sends people back to: on to the page."""
    point = point_or_404(request, slug)
    if request.method != "POST":
        return redirect("workday:point_days", slug)
    form = CloseForm(request.POST, prefix="dicht")
    if form.is_valid():
        first, last, reason = form.closure()
        seen = "" if was_open(point, first, last) else _("Dan was het punt anders ook dicht.")
        if _stored(request, form, Closure, lambda: actions.close(point, first, last, reason), seen):
            return redirect("workday:point_days", slug)
    return page_of(request, point, closing=form)


@never_cache
@allowed_to(PLAN)
def point_open(request, slug):
    """Open once more, also on a day on which it is shut."""
    point = point_or_404(request, slug)
    if request.method != "POST":
        return redirect("workday:point_days", slug)
    form = OpenForm(request.POST, prefix="open")
    if form.is_valid() and _stored(
        request, form, ExtraOpening, lambda: actions.open_extra(point, *form.opening())
    ):
        return redirect("workday:point_days", slug)
    return page_of(request, point, opens=form)


@never_cache
@allowed_to(PLAN)
def point_withdraw(request, slug):
    """Take back one closure or extra opening of this point."""
    point = point_or_404(request, slug)
    if request.method == "POST":
        row = _chosen(request, point)
        if row and actions.withdraw(row):
            messages.success(request, _("Weggehaald: %(row)s.") % {"row": _words(row)})
        else:
            messages.warning(request, _("Dat was al weg of al voorbij."))
    return redirect("workday:point_days", slug)


def _chosen(request, point):
    for name, rows in (("closure", point.closures.all()), ("extra", point.extra_openings.all())):
        for row in rows:
            if str(row.pk) == request.POST.get(name):
                return row
    return None


def _stored(request, form, model, action, seen=""):
    """Store it once for this form and say what residents see now; False with an error in a form that is too old."""
    try:
        answer, made = intake.once(form.cleaned_data["key"], f"places.{model._meta.model_name}", action)
    except actions.AlreadyThere as there:
        messages.success(request, _("Dit stond er al: %(row)s.") % {"row": _words(there.row)})
        return True
    except ValueError:
        form.add_error(None, _("Dit formulier is te oud. Probeer nog eens."))
        return False
    row = made or model.objects.filter(pk=answer).first()
    if row is None:
        messages.warning(request, _("Dit was bewaard en is daarna weggehaald."))
        return True
    seen = (made and seen) or _("Bewoners zien dit nu.")
    messages.success(request, f"{_words(row)}. {seen}")
    return True


def _words(row):
    days = days_words(*actions.period(row), timezone.localdate())
    return _("%(days)s, %(what)s") % {"days": capfirst(days), "what": what_words(row)}


def page_of(request, point, closing=None, opens=None, picture=None):
    """The page of one point, with the form that was sent as it was sent."""
    now = timezone.now()
    today = timezone.localdate(now)
    status = opening.status(point, now)
    context = {
        "point": point,
        "status": status,
        "today": today,
        "week": opening.week(point, today) if status.kind != opening.Kind.UNKNOWN else (),
        "changes": changes(point, today),
        "clashes": clashes(point, request.user, now),
        "closing": closing or CloseForm(prefix="dicht", initial={"key": uuid.uuid4()}),
        "photo": getattr(point, "picture", None),
        "picture": picture or PictureForm(prefix="foto"),
        "opens": opens or OpenForm(prefix="open", initial={"key": uuid.uuid4()}),
    }
    return render(request, "workday/point_days.html", context)
