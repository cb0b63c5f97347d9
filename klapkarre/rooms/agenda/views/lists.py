"""The list of one activity, with names: for the own team only, and every reading is logged before it is shown."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_NAMES, REGISTER, SEE_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.rooms.agenda import actions, slips, wording
from klapkarre.rooms.agenda.forms import AttendanceForm, ParticipantForm
from klapkarre.rooms.agenda.models import Notice, SignUp
from klapkarre.rooms.agenda.views.own import own_or_404
from klapkarre.rooms.agenda.views.slips import slip_context

# Empty lines on the printed sheet for who walks in.
WALK_INS = 12
State = SignUp.State


def own_list_or_403(request, pk):
    """The activity, when its names are for this user: a coordinator plans it but does not see who comes."""
    activity = own_or_404(request, pk)
    if not activity.is_within(request.user.names_reach):
        raise PermissionDenied
    return activity


def kept_list_or_403(request, pk):
    """The activity, when its list is for this user to change: an opened team is read only."""
    activity = own_or_404(request, pk)
    if not activity.is_within(request.user.own_reach):
        raise PermissionDenied
    return activity


def _row_or_404(request, activity, sign_up):
    rows = SignUp.objects.visible_to(request.user).filter(activity=activity.pk)
    return get_object_or_404(rows.select_related("activity"), pk=sign_up)


def named(request, activity, states):
    """The rows with names and the way to tell them, logged before anything of them is rendered."""
    found = list(
        SignUp.objects.visible_to(request.user)
        .filter(activity=activity.pk)
        .select_related("lead")
        .order_by("created_at", "pk")
    )
    rows = [row for row in found if row.state in states]
    # The first seat of a slip holds the number for its friends, also when it was given back.
    bearers: dict = {}
    for row in found:
        bearers.setdefault(row.slip.pk, row)
        row.activity = activity
    for row in rows:
        row.contact = bearers[row.slip.pk]
    note_reading(request, {row.pk: row for one in rows for row in (one, one.contact)}.values())
    return rows


@never_cache
@allowed_to(SEE_NAMES)
def participants(request, pk):
    activity = own_list_or_403(request, pk)
    return _participants_page(request, activity, ParticipantForm())


def _participants_page(request, activity, form, full=False, status=200):
    rows = named(request, activity, (*SignUp.SEATED, State.WAITING))
    seated = [row for row in rows if row.state != State.WAITING]
    new = next((row for row in rows if str(row.pk) == request.GET.get("nieuw")), None)
    activity.taken = len(seated)
    if not activity.is_over():
        for row in rows:
            row.code_hint = slips.code_hint(row.slip)
    to_tell = [row for row in rows if row.to_tell]
    ready_to_tell(activity, to_tell)
    context = {
        "activity": activity,
        "form": form,
        "new": new,
        "new_code": slips.code_of(new.slip).split("-") if new and new.slip.code_hash else "",
        "by_worker": sum(row.by_worker for row in rows),
        "keeps": activity.is_within(request.user.own_reach),
        "full": full,
        "to_tell": to_tell,
        "seated": seated,
        "waiting": [row for row in rows if row.state == State.WAITING],
        "closed": actions.why_closed(activity, at_the_door=True),
        "has_started": activity.has_started(),
        "is_over": activity.is_over(),
    }
    return render(request, "agenda/staff/participants.html", context, status=status)


def ready_to_tell(activity, rows):
    """Give each of these named rows the text to say or send, and what became of a message to it."""
    notices = {
        notice.sign_up_id: notice
        for notice in Notice.objects.filter(
            sign_up__in={row.contact.pk for row in rows}, kind=Notice.Kind.NEWS
        )
    }
    together: dict = {}
    for row in rows:
        together.setdefault(row.slip.pk, []).append(row)
    for row in rows:
        row.text = wording.news(activity, together[row.slip.pk], row.slip)
        row.said = wording.news(activity, together[row.slip.pk])
        row.notice = notices.get(row.contact.pk)


@never_cache
@allowed_to(KEEP_NAMES)
def add_participant(request, pk):
    """A worker puts someone on the list. GET is where a login sends people back to: on to the list."""
    activity = kept_list_or_403(request, pk)
    if request.method != "POST":
        return redirect("agenda_staff:participants", pk)
    form = ParticipantForm(request.POST)
    if not form.is_valid():
        return _participants_page(request, activity, form)
    name, key = form.cleaned_data["name"], form.cleaned_data["key"]
    wish = actions.Wish((name,), form.contact, "wachtlijst" in request.POST, at_the_door=True, by_worker=True)
    try:
        row = actions.join([activity], wish, key=key)
    except actions.Full:
        return _participants_page(request, activity, form, full=True)
    except ValidationError as closed:
        form.add_error(None, closed)
        return _participants_page(request, activity, form)
    waits = row.state == State.WAITING
    messages.success(request, _("Op de wachtlijst gezet.") if waits else _("Op de lijst gezet."))
    return redirect(f"{reverse('agenda_staff:participants', args=[pk])}?nieuw={row.pk}")


@never_cache
@allowed_to(KEEP_NAMES)
def remove_participant(request, pk, sign_up):
    """Ask first, then cancel someone's seat; who waits longest moves up."""
    activity = kept_list_or_403(request, pk)
    row = _row_or_404(request, activity, sign_up)
    if row.state not in SignUp.OPEN:
        return redirect("agenda_staff:participants", pk)
    if request.method == "POST":
        actions.cancel(row)
        messages.success(request, _("Afgemeld."))
        return redirect("agenda_staff:participants", pk)
    note_reading(request, [row])
    return render(request, "agenda/staff/remove.html", {"activity": activity, "row": row})


@never_cache
@allowed_to(KEEP_NAMES)
def tell(request, pk, sign_up):
    """This person knows now; `opnieuw` takes a wrong tick back."""
    activity = kept_list_or_403(request, pk)
    row = _row_or_404(request, activity, sign_up)
    if request.method == "POST":
        actions.tell(row, told="opnieuw" not in request.POST)
    return (
        redirect("agenda_staff:to_call")
        if "bellen" in request.POST
        else redirect("agenda_staff:participants", pk)
    )


@never_cache
@allowed_to(SEE_NAMES)
def participant_slip(request, pk, sign_up):
    """The slip once more, to show or print for someone who lost it or has no phone; `?blad` is on paper."""
    activity = own_list_or_403(request, pk)
    row = _row_or_404(request, activity, sign_up)
    lead = row.slip
    if activity.is_over() or lead.token_hash != slips.hash_token(slips.token_of(lead)):
        messages.warning(request, _("Hiervan is er geen briefje meer."))
        return redirect("agenda_staff:participants", pk)
    # Of days elsewhere in the series, only those that are for this user.
    seats = slips.seats_on(lead, SignUp.objects.visible_to(request.user))
    note_reading(request, seats)
    on_paper = "blad" in request.GET
    context = slip_context(request, lead, seats) | {"whose": row.name}
    context["back"] = reverse("agenda_staff:participants", args=[pk])
    page = "agenda/slip_sheet.html" if on_paper else "agenda/staff/slip.html"
    return render(request, page, context)


@never_cache
@allowed_to(SEE_NAMES)
def print_list(request, pk):
    """The sheet for on the table: large lines, a box to tick, empty lines for who walks in."""
    activity = own_list_or_403(request, pk)
    rows = named(request, activity, (*SignUp.SEATED, State.WAITING))
    context = {
        "activity": activity,
        "seated": [row for row in rows if row.state != State.WAITING],
        "waiting": [row for row in rows if row.state == State.WAITING],
        "walk_ins": range(WALK_INS),
        "printed": timezone.localtime(),
    }
    return render(request, "agenda/staff/print_list.html", context)


@never_cache
@allowed_to(REGISTER)
def attendance(request, pk):
    """Afterwards, in one form: ticks on the list, and how many people there were in all."""
    activity = kept_list_or_403(request, pk)
    if activity.is_cancelled:
        return redirect("agenda_staff:participants", pk)
    rows = named(request, activity, SignUp.SEATED)
    if request.method == "POST":
        form = AttendanceForm(request.POST, participants=rows)
        if form.is_valid():
            # Who came on the list after this page was opened stays as they are.
            shown = {str(row.pk) for row in rows} & set(request.POST.getlist("shown"))
            came = set(form.cleaned_data.get("came", ()))
            try:
                actions.note_attendance(activity, shown | came, came, form.cleaned_data["headcount"])
            except ValidationError as wrong:
                form.add_error(None, wrong)
            else:
                messages.success(request, _("De aanwezigheid is bewaard."))
                return redirect("agenda_staff:list")
    else:
        were_there = [str(row.pk) for row in rows if row.state == State.ATTENDED]
        form = AttendanceForm(
            participants=rows, initial={"came": were_there, "headcount": activity.headcount}
        )
    context = {"activity": activity, "form": form, "rows": rows, "has_started": activity.has_started()}
    return render(request, "agenda/staff/attendance.html", context)
