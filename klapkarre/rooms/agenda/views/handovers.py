"""Residents run an activity: by their link or their code, without an account. Never cached, never found."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from klapkarre.foundation.kit import limits
from klapkarre.foundation.kit.guesses import Says, find_by_code
from klapkarre.rooms.agenda import actions, handover_codes
from klapkarre.rooms.agenda.forms import BringForm, CodeForm, CountForm, HoursForm, OffForm
from klapkarre.rooms.agenda.models import Activity, HandOverChange, count_reach, count_seats
from klapkarre.rooms.agenda.views.public import human
from klapkarre.rooms.agenda.views.slips import TOO_MANY, between_us, desk, saved, unreadable_text

What = HandOverChange.What
SHOWN = 12
# Changes within ten minutes with one hand-over: nobody plans that much.
MOST_CHANGES = 30
# Which form was sent is told by its own field.
SENT_BY = {What.HOURS: "starts", What.BRING: "bring", What.OFF: "reason", What.COUNT: "headcount"}
FORMS = {What.HOURS: HoursForm, What.BRING: BringForm, What.OFF: OffForm, What.COUNT: CountForm}
SAYS = Says(
    too_many=TOO_MANY,
    unknown=_lazy("We vinden niets met deze code. Kijk elke letter na."),
    unreadable=lambda word: unreadable_text(word) if word else _("Een code is drie woorden en een getal."),
)


@between_us
def handover_by_code(request):
    """Type the code from paper. Wrong ones are counted before the look-up (`kit.guesses`)."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].label = _("De code op je overdracht")
    form.fields["code"].help_text = _("Drie woorden en een getal.")
    if request.method != "POST":
        return _code_page(request, form)
    by_code, words = handover_codes.by_code, handover_codes.WORDS
    found, status = find_by_code(request, "handover", form, by_code, SAYS, words)
    if found is None:
        return _code_page(request, form, status)
    return redirect("agenda:handover", handover_codes.token_of(found))


def _code_page(request, form, status=200):
    context = {"form": form, "human": desk()}
    page = render(request, "agenda/handover_by_code.html", context, status=status)
    page.has_form = True
    return page


def _gone(request):
    return render(request, "agenda/handover_gone.html", {"human": desk()}, status=404)


@between_us
@require_safe
def handover(request, token):
    """What they took on, and the days that they run. Never a name of who comes: only how many."""
    found = handover_codes.by_token(token)
    if found is None:
        return _gone(request)
    now = timezone.now()
    rows = found.activities().published().with_place().filter(ends_at__gte=now - actions.COUNT_FOR)
    days = count_seats(list(rows.order_by("starts_at", "pk")[:SHOWN]))
    for one in days:
        one.over = one.is_over(now)
    context = {"handover": found, "token": token, "days": days, "human": human(found.activity)}
    return render(request, "agenda/handover.html", context)


@between_us
def handover_run(request, token, pk):
    """One day: other hours, what to bring, call it off, how many there were. The team sees each change."""
    found = handover_codes.by_token(token)
    if found is None:
        return _gone(request)
    rows = found.activities().filter(state__in=(Activity.State.PUBLISHED, Activity.State.CANCELLED))
    activity = get_object_or_404(rows.with_place(), pk=pk)
    forms = {name: _form(name, activity) for name in FORMS}
    if request.method != "POST":
        return _run_page(request, found, token, activity, forms)
    what = next((what for what, name in SENT_BY.items() if name in request.POST), None)
    if what is None:
        return redirect("agenda:handover_run", token, pk)
    form = forms[what] = FORMS[what](request.POST)
    if limits.count("handover_run", str(found.pk)) > MOST_CHANGES:
        form.add_error(None, _("Dat ging te vaak na elkaar. Wacht tien minuten of bel ons."))
        return _run_page(request, found, token, activity, forms, status=429)
    if not form.is_valid():
        return _run_page(request, found, token, activity, forms)
    if what == What.OFF and request.POST.get("sure") != "ja":
        return _sure_page(request, token, activity, form)
    try:
        actions.run(found, activity, what, _value(what, form.cleaned_data))
    except ValidationError as refused:
        form.add_error(None, refused)
        return _run_page(request, found, token, activity, forms)
    return saved("agenda:handover", token)


def _form(what, activity):
    initial = {
        What.HOURS: {"starts": activity.starts_at, "ends": activity.ends_at},
        What.BRING: {"bring": activity.bring},
        What.COUNT: {"headcount": activity.headcount},
    }
    return FORMS[what](initial=initial.get(what), auto_id=f"{what}_%s")


def _value(what, values):
    if what == What.HOURS:
        return values["starts"], values["ends"]
    return values[SENT_BY[what]]


def _sure_page(request, token, activity, form):
    """Calling off reaches everyone on the list: ask first, with the reason that was typed."""
    reach = count_reach(activity)
    context = {"token": token, "activity": activity, "reach": reach, "form": form, "human": human(activity)}
    page = render(request, "agenda/handover_off.html", context)
    page.has_form = True
    return page


def _run_page(request, found, token, activity, forms, status=200):
    now = timezone.now()
    context = {
        "handover": found,
        "token": token,
        "activity": activity,
        "reach": count_reach(activity),
        "hours": forms[What.HOURS],
        "bring": forms[What.BRING],
        "off": forms[What.OFF],
        "count": forms[What.COUNT],
        "has_started": activity.has_started(now),
        "human": human(activity),
        "today": timezone.localdate(now),
    }
    page = render(request, "agenda/handover_run.html", context, status=status)
    page.has_form = True
    return page
