"""How long each kind is kept here, and what the last rounds erased."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_TERMS, READ_DUTIES, allowed_to, may
from klapkarre.foundation.accounts.actions import note_look
from klapkarre.foundation.accounts.views.confirm import recent_form
from klapkarre.foundation.duties import actions, terms
from klapkarre.foundation.duties.forms import TermForm
from klapkarre.foundation.duties.models import Hold, RetentionCount, RetentionRun, TermChoice
from klapkarre.foundation.kit.personal import declarations

SHOWN = 14
CHOICE = TermChoice._meta.label_lower


def _said(chosen):
    """The choice as a phrase for the log."""
    if not chosen.get("number"):
        return _("termijn gekozen: de langste")
    unit = TermChoice.Unit(chosen["unit"]).label
    return _("termijn gekozen: %(number)s %(unit)s") % {"number": chosen["number"], "unit": unit}


@never_cache
@allowed_to(READ_DUTIES)
def list_page(request):
    organisation = request.user.works_for
    context = {
        "ours": [one for one in _rows(organisation) if one["adjustable"]],
        "fixed": [one for one in _rows(organisation) if not one["adjustable"]],
        "may_change": may(request.user, KEEP_TERMS),
        "runs": _runs(organisation),
        "holds": Hold.objects.standing().filter(organisation=organisation).count(),
    }
    return render(request, "duties/terms.html", context)


def _rows(organisation):
    choices = terms.choices_of(organisation)
    return [
        {
            "kind": model._meta.label_lower,
            "words": str(model._meta.verbose_name_plural).capitalize(),
            "term": terms.term_in(choices, model),
            "cap": terms.cap_of(model),
            "adjustable": terms.is_adjustable(model),
            "from": _counts_from(choices.get(model._meta.label_lower)),
            "rule": getattr(choices.get(model._meta.label_lower), "rule", ""),
        }
        for model in terms.kinds()
    ]


def _counts_from(choice):
    """The moment from which rounds follow a choice that is younger than a week; None for all others."""
    wait = choice is not None and choice.number and choice.counts_from > timezone.now()
    return choice.counts_from if wait else None


def _runs(organisation):
    """The last rounds with the counts of this organisation."""
    runs = list(RetentionRun.objects.all()[:SHOWN])
    counts: dict[int, list] = {}
    for row in RetentionCount.objects.filter(run__in=[run.pk for run in runs], organisation=organisation):
        if model := terms.kind_of(row.kind):
            row.words = str(model._meta.verbose_name_plural)
            counts.setdefault(row.run_id, []).append(row)
    return [(run, counts.get(run.pk, [])) for run in runs]


@never_cache
@allowed_to(KEEP_TERMS)
@recent_form
def change(request, kind):
    """Another term, or the rule for selection, for one kind. It erases for ever: who chose it stands in the log."""
    model = terms.kind_of(kind)
    if model is None:
        raise Http404
    organisation, cap = request.user.works_for, terms.cap_of(model)
    choice = terms.choices_of(organisation).get(kind)
    initial = {"number": choice.number, "unit": choice.unit, "rule": choice.rule} if choice else None
    adjustable = terms.is_adjustable(model)
    form = TermForm(request.POST or None, initial=initial, cap=cap, adjustable=adjustable)
    if form.is_valid():
        actions.choose_term(organisation, kind, **form.cleaned_data)
        note_look(request, organisation.pk, CHOICE, [kind], reason=_said(form.cleaned_data))
        messages.success(request, _("Bewaard. Een andere termijn telt over een week."))
        return redirect("duties:terms")
    context = {
        "form": form,
        "words": str(model._meta.verbose_name_plural),
        "cap": cap,
        "adjustable": adjustable,
        "purposes": sorted({str(one.purpose) for one in declarations(model).values()}),
    }
    return render(request, "duties/term.html", context)
