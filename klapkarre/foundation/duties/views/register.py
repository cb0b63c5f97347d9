"""The register of processing: on a page, on paper, as CSV and as JSON."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klapkarre.foundation.accounts.access import KEEP_DUTIES, READ_DUTIES, allowed_to, may
from klapkarre.foundation.duties import questions, register, sheet, terms
from klapkarre.foundation.duties.models import Document


def _parts(request):
    organisation = request.user.works_for
    answers = questions.answers_of(organisation, Document.REGISTER, request)
    return organisation, terms.choices_of(organisation), answers


@require_safe
@never_cache
@allowed_to(READ_DUTIES)
def page(request):
    organisation, choices, answers = _parts(request)
    context = {
        "organisation": organisation,
        "groups": register.groups(choices),
        "answers": answers,
        "measures": register.MEASURES,
        "open": sum(1 for _question, answer in answers if answer is None),
        "may_change": may(request.user, KEEP_DUTIES),
        "today": timezone.localdate(),
    }
    return render(request, "duties/register.html", context)


@require_safe
@never_cache
@allowed_to(READ_DUTIES)
def as_csv(request):
    organisation, choices, answers = _parts(request)
    rows = [[getattr(line, name) for name in register.HEADINGS] for line in register.lines(choices)]
    told = [[question.title, answer.text if answer else ""] for question, answer in answers]
    return sheet.answer(
        [list(register.HEADINGS.values()), *rows, [], *told], "verwerkingsregister", organisation
    )


@require_safe
@never_cache
@allowed_to(READ_DUTIES)
def as_json(request):
    organisation, choices, answers = _parts(request)
    data = {
        "organisation": organisation.name,
        "day": timezone.localdate().isoformat(),
        "answers": sheet.told(answers),
        "measures": [str(one) for one in register.MEASURES],
        "processing": register.as_data(register.lines(choices)),
    }
    return sheet.download(
        JsonResponse(data, json_dumps_params=sheet.JSON), "verwerkingsregister", organisation, "json"
    )
