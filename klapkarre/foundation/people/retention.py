"""Retention: what is past its term goes, by the fate that its model declares.

A model takes part when its default queryset has `past_term(now)`: rows whose term is over and that still hold
something. Fates COUNT and DETACH empty the personal fields and keep the nameless row; ERASE deletes the row. Rows
under a legal hold stay. Batches have a transaction of their own: the next round finishes one that was cut off.
"""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.duties import holds
from klapkarre.foundation.duties.models import RetentionCount, RetentionRun
from klapkarre.foundation.kit.personal import Fate, declarations
from klapkarre.foundation.people import ledger

BATCH = 500
# What ends with more than its own rows: a verb that counts what stays before it erases. `ends_with` adds to it.
ENDINGS: dict = {}


def ends_with(model, verb):
    """Let this verb end rows of a model that are past their term; the row itself stays, what hangs on it goes.

    The verb gets the rows and gives how many rows of each kind went, by label. Its model is told by the app that has
    it, in `ready()`: this layer does not know it. After a restore the verb ends the same rows once more.
    """
    ENDINGS[model] = verb


@dataclass
class Count:
    """How many rows of one kind of one organisation went, or stay because of a hold; and when that is looked at."""

    kind: str
    organisation: object = None
    erased: int = 0
    held: int = 0
    until: datetime.date | None = None

    @property
    def words(self):
        return str(apps.get_model(self.kind)._meta.verbose_name_plural)


def run(now=None, dry_run=False):
    """Apply retention and return how many rows of each kind were (or with `dry_run` would be) erased."""
    totals = {str(model._meta.verbose_name_plural): 0 for model in kinds()}
    for count in carry_out(now, dry_run):
        totals[count.words] = totals.get(count.words, 0) + count.erased
    return totals


def carry_out(now=None, dry_run=False):
    """Apply retention, or only count; gives the counts per kind and organisation, and keeps them in the log of runs."""
    now = now or timezone.now()
    log = None if dry_run else RetentionRun.objects.create(at=now)
    counts: dict[tuple, Count] = {}
    for model in kinds():
        for organisation in _organisations(model, now):
            _one_kind(model, organisation, now, dry_run, counts)
    found = [count for count in counts.values() if count.erased or count.held]
    if log:
        with transaction.atomic():
            _write(log, found)
    return found


def kinds():
    """Every model that takes part."""
    return [model for model in apps.get_models() if hasattr(model._default_manager.all(), "past_term")]


def _past(model, organisation, now):
    rows = model._default_manager.all().past_term(now)
    return rows.filter(organisation=organisation) if organisation else rows


def _organisations(model, now):
    """Where something of this kind is past its term; None stands for a kind that belongs to no organisation."""
    if not any(field.name == "organisation" for field in model._meta.local_fields):
        return [None]
    return list(_past(model, None, now).order_by().values_list("organisation", flat=True).distinct())


def _one_kind(model, organisation, now, dry_run, counts):
    past = _past(model, organisation, now)
    held = holds.held(model)
    if held:
        _add(counts, model._meta.label_lower, organisation, held=past.filter(held).count())
    free = past.exclude(held) if held else past
    if dry_run:
        _add(counts, model._meta.label_lower, organisation, erased=free.count())
        return
    for erased in _in_batches(model, free):
        for label, number in erased.items():
            _add(counts, label, organisation, erased=number)


def _in_batches(model, rows):
    """Erase batch by batch, in the order of the keys: each row is tried once in a round."""
    last = None
    while True:
        with transaction.atomic():
            left = rows.filter(pk__gt=last) if last is not None else rows
            keys = list(left.order_by("pk").values_list("pk", flat=True)[:BATCH])
            if not keys:
                return
            # Asked again through `rows`: what changed meanwhile, or was just held, stays.
            erased = _forget(model, rows.filter(pk__in=keys))
        yield erased
        last = keys[-1]


def _forget(model, rows):
    if model in ENDINGS:
        return ENDINGS[model](rows)
    fields = declarations(model)
    erase = not fields or any(declared.fate == Fate.ERASE for declared in fields.values())
    if fields:
        ledger.note(rows, ledger.ERASED if erase else ledger.FORGOTTEN)
    if not erase:
        return {model._meta.label_lower: forget(model, rows)}
    takes_part = {one._meta.label: one._meta.label_lower for one in kinds()}
    return {takes_part[label]: number for label, number in rows.delete()[1].items() if label in takes_part}


def forget(model, rows):
    """Empty the personal fields of these rows and keep them as nameless counts."""
    if model in ENDINGS:
        return ENDINGS[model](rows).get(model._meta.label_lower, 0)
    # `forgotten`: what the model empties or sets beside its personal fields.
    return rows.update(**dict.fromkeys(declarations(model)), **getattr(model, "forgotten", {}))


def _add(counts, kind, organisation, erased=0, held=0):
    count = counts.setdefault((kind, organisation), Count(kind, organisation))
    count.erased += erased
    count.held += held
    if held and not count.until:
        count.until = holds.review_day(organisation)


def _write(log, counts):
    RetentionCount.objects.bulk_create(
        RetentionCount(
            run=log,
            organisation_id=count.organisation,
            kind=count.kind,
            erased=count.erased,
            held=count.held,
            held_until=count.until,
        )
        for count in counts
    )
    RetentionRun.objects.filter(pk=log.pk).update(ended_at=timezone.now())
