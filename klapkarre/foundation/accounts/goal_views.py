"""Which goal of the covenant each theme counts for: a team's own choice."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.foundation.accounts.goal_forms import GoalsForm
from klapkarre.foundation.accounts.models import CovenantGoal, Team
from klapkarre.foundation.accounts.themes import goals_of


def _teams(request):
    """The teams that this user works in, or coordinates, as a whole: one neighbourhood does not choose for all."""
    return Team.objects.filter(pk__in=request.user.reach.whole).select_related("organisation")


def _goals(organisation):
    """The goals of the covenant that began last: `{number: words}`; of the three of the sources when there is none."""
    begun = {"covenant__organisation": organisation, "covenant__starts_on__lte": timezone.localdate()}
    latest_first = ("-covenant__starts_on", "-covenant", "number")
    rows = list(CovenantGoal.objects.filter(**begun).order_by(*latest_first))
    found = {row.number: str(row) for row in rows if row.covenant_id == rows[0].covenant_id}
    return found or {number: _("Doel %(number)d") % {"number": number} for number in (1, 2, 3)}


@never_cache
@allowed_to(PLAN)
def goals(request):
    """Which team; straight on for who has one."""
    teams = list(_teams(request))
    if len(teams) == 1:
        return redirect("organisation:team_goals", teams[0].pk)
    return render(request, "accounts/goals_choose.html", {"teams": teams})


@never_cache
@allowed_to(PLAN)
def team_goals(request, pk):
    team = get_object_or_404(_teams(request), pk=pk)
    now = goals_of(team)
    form = GoalsForm(request.POST or None, now=now, goals=_goals(team.organisation))
    if form.is_valid():
        try:
            actions.choose_goals(team, form.chosen(), form.cleaned_data["seen"])
        except actions.GoalsChanged:
            form.show(goals_of(team))
            form.add_error(None, _("Een collega wijzigde dit ook. Kijk na en bewaar opnieuw."))
        else:
            messages.success(request, _("Bewaard. De resultaten tellen nu zo."))
            return redirect("organisation:team_goals", pk)
    return render(request, "accounts/goals.html", {"form": form, "team": team, "rows": form.rows()})
