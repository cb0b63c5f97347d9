"""Results for those who do the work and those who answer for it. Totals of teams, never of one worker."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klapkarre.foundation.accounts.access import SEE_RESULTS, allowed_to
from klapkarre.foundation.kit.courtesy import gives_way
from klapkarre.windows.results.forms import ResultsForm
from klapkarre.windows.results.goals import covenant_lines, team_lines
from klapkarre.windows.results.report import Report
from klapkarre.windows.results.sheet import csv_of


def _chosen_teams(request, teams):
    """The asked team, or all teams of the (first) organisation. Somebody else's team does not exist: 404."""
    asked = request.GET.get("team", "")
    if not asked:
        return [team for team in teams if team.organisation == teams[0].organisation]
    chosen = [team for team in teams if str(team.pk) == asked]
    if not chosen:
        raise Http404
    return chosen


def _form_and_report(request):
    """The form and, when it is valid, the report. Without any team both are None."""
    teams = team_lines(request.user.reach)
    if not teams:
        if request.GET.get("team"):
            raise Http404
        return None, None
    chosen = _chosen_teams(request, teams)
    covenants = covenant_lines(chosen[0].organisation)
    form = ResultsForm(request.GET, teams=teams, covenants=covenants)
    if not form.is_valid():
        return form, None
    report = Report(chosen, form.period(), covenants, form.covenant())
    for row in report.found.uncounted:
        row.is_own = row.is_within(request.user.own_reach)
    return form, report


@require_safe
@never_cache
@allowed_to(SEE_RESULTS)
@gives_way
def results_page(request):
    form, report = _form_and_report(request)
    context = {"form": form, "report": report, "query": request.GET.urlencode()}
    return render(request, "results/results.html", context)


@require_safe
@never_cache
@allowed_to(SEE_RESULTS)
@gives_way
def results_csv(request):
    """The numbers of the page. Wrong choices go back to the page, which says what is wrong."""
    _form, report = _form_and_report(request)
    if report is None:
        return redirect(f"{reverse('results:home')}?{request.GET.urlencode()}")
    name = slugify(f"resultaten {report.team_words()} {report.period}")[:100]
    return HttpResponse(
        csv_of(report),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
