"""A coordinator opens a team with a reason; the auditor looks back on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.access import AUDIT, OPEN_TEAM, allowed_to
from klapkarre.foundation.accounts.models import Opening, OpeningReview
from klapkarre.foundation.accounts.opening_forms import OpenTeamForm, ReviewForm
from klapkarre.foundation.accounts.views.confirm import recent_form

PER_PAGE = 30
OWN_SHOWN = 10


def _with_verdicts(openings):
    """The openings with their last verdict, without opening any text. Two queries."""
    rows = list(openings.select_related("team", "user").defer("reason"))
    verdicts = OpeningReview.objects.filter(opening__in=rows).order_by("at").defer("note")
    last = {review.opening_id: review for review in verdicts}
    for row in rows:
        row.last_review = last.get(row.pk)
    return rows


@never_cache
@allowed_to(OPEN_TEAM)
@recent_form
def open_team(request):
    """The form, and what this coordinator opened before, with what the auditor thought of it.

    First show again who you are: someone else may sit at this screen.
    """
    form = OpenTeamForm(request.POST or None, user=request.user, initial={"team": request.GET.get("team")})
    if form.is_valid():
        try:
            opening = actions.open_team(request, form.cleaned_data["team"], form.cleaned_data["reason"])
        except ValidationError as already:
            form.add_error("team", already)
        else:
            messages.success(request, _("%(team)s is open voor een uur.") % {"team": opening.team})
            return redirect("/werk/")
    own = _with_verdicts(Opening.objects.filter(user=request.user.pk)[:OWN_SHOWN])
    return render(request, "accounts/open_team.html", {"form": form, "own": own})


@never_cache
@allowed_to(OPEN_TEAM)
def stop(request, pk):
    """The button of the banner. GET is where a login sends people back to."""
    if request.method != "POST":
        return redirect("/werk/")
    opening = get_object_or_404(Opening.objects.filter(user=request.user.pk), pk=pk)
    actions.stop_opening(request, opening)
    messages.success(request, _("Gesloten. Je ziet geen namen of nota's meer."))
    return redirect("/werk/")


@never_cache
@allowed_to(AUDIT)
def openings(request):
    """All openings, those that wait for the auditor first."""
    waiting = Opening.objects.to_review(request.user)
    page = Paginator(Opening.objects.visible_to(request.user), PER_PAGE).get_page(request.GET.get("pagina"))
    page.object_list = _with_verdicts(page.object_list)
    numbers = [str(row.pk) for row in page.object_list]
    for organisation in request.user.audited_ids:
        actions.note_look(request, organisation, Opening._meta.label_lower, numbers)
    context = {"page_obj": page, "waiting": waiting.count()}
    return render(request, "accounts/openings.html", context)


@never_cache
@allowed_to(AUDIT)
def opening(request, pk):
    """One opening: why, what was read in that time, and the judgements so far."""
    mine = Opening.objects.filter(organisation__in=request.user.audited_ids)
    row = get_object_or_404(mine.select_related("team", "user"), pk=pk)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        if row.user_id == request.user.pk:
            raise PermissionDenied
        actions.review_opening(request, row, form.cleaned_data["verdict"], form.cleaned_data["note"])
        messages.success(request, _("Je oordeel is bewaard."))
        return redirect("audit:opening", pk)
    reviews = list(row.reviews.select_related("by"))
    actions.note_reading(request, [row])
    actions.note_reading(request, reviews)
    read = row.readings.exclude(kind=Opening._meta.label_lower)
    context = {
        "row": row,
        "form": form,
        "reviews": reviews,
        "times": read.count(),
        "is_own": row.user_id == request.user.pk,
    }
    return render(request, "accounts/opening.html", context)
