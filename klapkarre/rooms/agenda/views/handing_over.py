"""The team hands an activity over: what is agreed, the code, the paper, and what residents changed since."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.foundation.kit import codes, pdf, printed
from klapkarre.rooms.agenda import actions, handover_codes
from klapkarre.rooms.agenda.forms import HandOverForm
from klapkarre.rooms.agenda.models import Activity, HandOver, HandOverChange
from klapkarre.rooms.agenda.views.own import own_or_404
from klapkarre.rooms.agenda.views.public import human

HALF_A_YEAR = datetime.timedelta(days=182)
SHOWN = 30


def _current(activity):
    return HandOver.objects.live().of(activity).select_related("activity").first()


@never_cache
@allowed_to(PLAN)
def hand_over(request, pk):
    """Agree it, or change what was agreed; then the code, the paper, and the changes that residents made."""
    activity = own_or_404(request, pk)
    found = _current(activity)
    if activity.is_cancelled and not found:
        return redirect("agenda_staff:list")
    if request.method != "POST":
        return _page(request, activity, found, HandOverForm(initial=_initial(activity, found)))
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, found, form)
    try:
        _save(request, activity, found, form.cleaned_data)
    except actions.Changed as clash:
        form.add_error(None, clash)
        form.data = form.data.copy()
        form.data["version"] = str(clash.activity.version)
        return _page(request, activity, found, form, status=409)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _page(request, activity, found, form)
    messages.success(request, _("Bewaard. Geef het blad met de code aan de bewoners."))
    return redirect("agenda_staff:hand_over", pk)


def _initial(activity, found):
    if found:
        return {name: getattr(found, name) for name in actions.AGREED} | {"version": found.version}
    who = human(activity)
    last = activity.series.last_day if activity.series_id else activity.day
    until = max(timezone.localdate(), min(last, timezone.localdate() + HALF_A_YEAR))
    return {"fallback": f"{who['name']}, {who['phone']}" if who["phone"] else "", "until": until}


def _save(request, activity, found, values):
    if found and values["version"]:
        return actions.agree(found, values, values["version"])
    along = Activity.objects.visible_to(request.user)
    return actions.hand_over(activity, values, along, key=values["key"])


def _page(request, activity, found, form, status=200):
    context = {"activity": activity, "handover": found, "form": form, "can_print": pdf.is_here()}
    context["choice"] = printed.choice(request.GET)
    if found:
        context |= _code_context(request, found)
        changes = found.changes.select_related("activity")[:SHOWN]
        context |= {"changes": changes, "install": pdf.INSTALL}
    return render(request, "agenda/staff/hand_over.html", context, status=status)


def _code_context(request, found):
    code = handover_codes.code_of(found).split("-")
    link = request.build_absolute_uri(reverse("agenda:handover", args=[handover_codes.token_of(found)]))
    return {
        "code": code,
        "spelled": codes.spelled(code),
        "link": link,
        "address": f"{request.get_host()}{reverse('agenda:handover_by_code')}".rstrip("/"),
    }


@never_cache
@allowed_to(PLAN)
def hand_over_sheet(request, pk):
    """The paper that residents get: what they take on, the kit, whom to call, and lines for their own names."""
    activity = own_or_404(request, pk)
    found = _current(activity)
    if found is None:
        return redirect("agenda_staff:hand_over", pk)
    sheets = [_sheet(request, activity, found, code) for code in printed.chosen(request.GET)]
    try:
        content = pdf.make(request, "agenda/paper/hand_over.html", *sheets)
    except pdf.NotMade as why:
        messages.warning(request, why.words)
        return redirect("agenda_staff:hand_over", pk)
    return pdf.answer(content, "overdracht", activity.title)


def _sheet(request, activity, found, language):
    """What the team wrote stays Dutch; the words around it, the day and the page behind the code do not."""
    with override(language):
        context = _code_context(request, found) | {"activity": activity, "handover": found}
        context["qr"] = printed.page_qr(context["link"])
    return pdf.Sheet(context | printed.looks(request), pdf.CLOSER, language)


@never_cache
@allowed_to(PLAN)
def hand_over_end(request, pk):
    """The code stops; the team carries it with residents again."""
    activity = own_or_404(request, pk)
    found = _current(activity)
    if request.method == "POST" and found:
        actions.end(found, Activity.objects.visible_to(request.user))
        messages.success(request, _("De overdracht is gestopt. De code werkt niet meer."))
    return redirect("agenda_staff:after", pk)


@never_cache
@allowed_to(PLAN)
def hand_over_undo(request, pk, change):
    """Set back one change that residents made."""
    activity = own_or_404(request, pk)
    own = Activity.objects.visible_to(request.user)
    rows = HandOverChange.objects.filter(handover__in=HandOver.objects.of(activity), activity__in=own)
    if request.method != "POST":
        return redirect("agenda_staff:hand_over", pk)
    made = get_object_or_404(rows, pk=change)
    try:
        actions.undo(made)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Teruggezet. Laat het de bewoners weten."))
    return redirect("agenda_staff:hand_over", pk)
