"""Coverage: where the team was and where not, and the support that it gave. Never per worker."""

import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klapkarre.foundation.accounts.access import REGISTER, SEE_RESULTS, allowed_to, work_area
from klapkarre.foundation.kit.sheets import safe
from klapkarre.foundation.people import intake
from klapkarre.rooms.outreach import actions
from klapkarre.rooms.outreach import coverage as figures
from klapkarre.rooms.outreach.forms.rounds import StreetsForm, SupportForm
from klapkarre.rooms.outreach.models import Part, Support


@never_cache
@allowed_to(SEE_RESULTS)
def coverage(request):
    context = {
        "buurten": figures.buurten(request.user),
        "may_add": bool(work_area(request.user)),
        "today": timezone.localdate(),
    }
    for buurt in context["buurten"]:
        for one in buurt.support:
            one.is_own = request.user.own_reach.covers(one.team_id, one.neighbourhood_id)
    return render(request, "outreach/coverage/list.html", context)


@require_safe
@never_cache
@allowed_to(SEE_RESULTS)
def sheet(request):
    """The table of the page, with a column for each part of each day of the week."""
    moments = [(weekday, part.value) for weekday in range(7) for part in Part]
    answer = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="dekking.csv"'},
    )
    write = csv.writer(answer, delimiter=";", lineterminator="\r\n").writerow
    head = [_("Buurt"), _("Straat"), _("Laatst"), _("Deuren"), _("Aangebeld"), _("Nooit open")]
    head.append(_("Keer dat niemand opende"))
    write([*head, *(figures.moment_words(*moment) for moment in moments)])
    for buurt in figures.buurten(request.user):
        for line in buurt.streets:
            last = date_format(line.last, "Y-m-d") if line.last else ""
            shut = [line.never, line.nobody.total()] if line.may_tell else ["", ""]
            counts = [line.doors, line.visited, *shut, *(line.rings[moment] for moment in moments)]
            write([safe(buurt.place.name), safe(line.name), last, *counts])
    return answer


@never_cache
@allowed_to(REGISTER)
def streets(request):
    """The streets of a neighbourhood, typed once: so that those where nobody was show too."""
    form = StreetsForm(request.POST or None, area=work_area(request.user))
    if form.is_valid():
        buurt, team = form.area[form.cleaned_data["neighbourhood"]]
        for name in form.cleaned_data["names"]:
            actions.street_of(team.organisation, buurt, name)
        messages.success(request, _("De straten staan erbij."))
        return redirect("coverage:list")
    return render(request, "outreach/coverage/streets.html", {"form": form})


@never_cache
@allowed_to(REGISTER)
def support(request):
    """Support to an initiative of others: what, when and how long. Nobody is named."""
    form = SupportForm(request.POST or None, area=work_area(request.user))
    if form.is_valid():
        facts = form.facts()
        key = intake.key_for(form.cleaned_data["key"], *map(str, facts.values()))
        intake.once(key, "outreach.support", lambda: Support.objects.create(**facts))
        messages.success(request, _("Bewaard."))
        return redirect("coverage:list")
    return render(request, "outreach/coverage/support.html", {"form": form})


@never_cache
@allowed_to(REGISTER)
def support_away(request, pk):
    """Take one away that was noted by mistake."""
    rows = Support.objects.filter(request.user.own_reach.rows())
    one = get_object_or_404(rows.select_related("neighbourhood"), pk=pk)
    if request.method == "POST" and "sure" in request.POST:
        one.delete()
        messages.success(request, _("Weggehaald."))
        return redirect("coverage:list")
    return render(request, "outreach/coverage/support_away.html", {"support": one})
