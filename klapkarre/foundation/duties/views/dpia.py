"""The DPIA: of now, its versions, and as a file."""

import json

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klapkarre.foundation.accounts.access import KEEP_DUTIES, READ_DUTIES, allowed_to, may
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.duties import actions, dpia, questions, sheet
from klapkarre.foundation.duties.models import Document, Version


def _versions(request):
    return Version.objects.visible_to(request.user).filter(organisation=request.user.works_for)


@require_safe
@never_cache
@allowed_to(READ_DUTIES)
def page(request):
    organisation = request.user.works_for
    answers = questions.answers_of(organisation, Document.DPIA, request)
    data = dpia.content(organisation, request)
    context = {
        "organisation": organisation,
        "answers": answers,
        "open": sum(1 for _question, answer in answers if answer is None),
        "data": data,
        "kinds": dpia.kinds_in(data),
        "versions": _versions(request).defer("whole").select_related("by"),
        "may_change": may(request.user, KEEP_DUTIES),
        "today": timezone.localdate(),
    }
    return render(request, "duties/dpia.html", context)


@never_cache
@allowed_to(KEEP_DUTIES)
def freeze(request):
    """Keep the document as it is today."""
    if request.method == "POST":
        organisation = request.user.works_for
        kept = actions.freeze(request.user, organisation, dpia.content(organisation, request))
        messages.success(request, _("Versie %(number)s is vastgelegd.") % {"number": kept.number})
    return redirect("duties:dpia")


@require_safe
@never_cache
@allowed_to(READ_DUTIES)
def version(request, pk):
    """The document as it was."""
    row = get_object_or_404(_versions(request), pk=pk)
    note_reading(request, [row])
    data = json.loads(row.whole)
    context = {"row": row, "data": data, "kinds": dpia.kinds_in(data)}
    return render(request, "duties/version.html", context)


@require_safe
@never_cache
@allowed_to(READ_DUTIES)
def as_json(request):
    organisation = request.user.works_for
    response = JsonResponse(dpia.dated(dpia.content(organisation, request)), json_dumps_params=sheet.JSON)
    return sheet.download(response, "dpia", organisation, "json")


@require_safe
@never_cache
@allowed_to(READ_DUTIES)
def as_html(request):
    """One file that opens anywhere, with no style or script in it."""
    organisation = request.user.works_for
    data = dpia.content(organisation, request)
    context = {"data": data, "kinds": dpia.kinds_in(data), "today": timezone.localdate()}
    return sheet.download(render(request, "duties/dpia_file.html", context), "dpia", organisation, "html")
