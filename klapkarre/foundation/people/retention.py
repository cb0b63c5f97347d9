"""Retention: what is past its term goes, by the fate that its model declares.

A model takes part when its default queryset has `past_term(now)`: rows whose term is over and that still hold
something. Fates COUNT and DETACH empty the personal fields and keep the nameless row; ERASE deletes the row.
"""

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.kit.personal import Fate, declarations
from klapkarre.foundation.people import ledger


def _kinds():
    return [model for model in apps.get_models() if hasattr(model._default_manager.all(), "past_term")]


def _forget(model, rows):
    fields = declarations(model)
    erase = not fields or any(declared.fate == Fate.ERASE for declared in fields.values())
    if fields:
        ledger.note(rows, ledger.ERASED if erase else ledger.FORGOTTEN)
    return rows.delete()[0] if erase else forget(model, rows)


def forget(model, rows):
    """Empty the personal fields of these rows and keep them as nameless counts."""
    # `forgotten`: what the model empties or sets beside its personal fields.
    return rows.update(**dict.fromkeys(declarations(model)), **getattr(model, "forgotten", {}))


def run(now=None, dry_run=False):
    """Apply retention and return how many rows of each kind were (or with `dry_run` would be) erased."""
    now = now or timezone.now()
    counts = {}
    for model in _kinds():
        with transaction.atomic():
            rows = model._default_manager.all().past_term(now)
            counts[str(model._meta.verbose_name_plural)] = rows.count() if dry_run else _forget(model, rows)
    return counts
