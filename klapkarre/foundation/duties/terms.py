"""The term of a kind in each organisation: what its model declares is the hard cap, an organisation may go below it."""

from django.apps import apps
from django.db.models import Q

from klapkarre.foundation.kit.personal import declarations, personal_models


def over(model, cap, now, moment):
    """What is past its term: by the cap everywhere, and earlier where the organisation chose a shorter term.

    `moment` is the field from which the term runs. What stands in the database never makes a term longer, and what was
    chosen counts after a week.
    """
    from klapkarre.foundation.duties.models import WAITS, TermChoice

    latest = cap.cutoff(now)
    found = Q(**{f"{moment}__lt": latest})
    chosen = TermChoice.objects.filter(kind=model._meta.label_lower, number__gte=1)
    for choice in chosen.filter(changed_at__lte=now - WAITS):
        cutoff = choice.term(cap).cutoff(now)
        if cutoff > latest:
            found |= Q(**{"organisation": choice.organisation_id, f"{moment}__lt": cutoff})
    return found


def cap_of(model):
    """The declared term of a kind; all fields of a model share one."""
    return next(iter(declarations(model).values())).term


def is_adjustable(model):
    """Only what has a term of its own, in an organisation, and no reason to be the same everywhere."""
    return getattr(model, "term_is_own", False) and not cap_of(model).fixed


def kinds():
    """Every kind with personal fields, by name."""
    return sorted(personal_models(), key=lambda model: str(model._meta.verbose_name_plural))


def kind_of(label):
    """The model of a kind; None when there is none with personal fields."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if declarations(model) else None


def choices_of(organisation):
    """What this organisation chose: kind -> row."""
    from klapkarre.foundation.duties.models import TermChoice

    return {choice.kind: choice for choice in TermChoice.objects.filter(organisation=organisation)}


def term_in(choices, model):
    """The term that holds where these choices were made, never longer than the cap."""
    cap = cap_of(model)
    choice = choices.get(model._meta.label_lower)
    if choice is None or not is_adjustable(model):
        return cap
    chosen = choice.term(cap)
    return chosen if chosen.within(cap) else cap
