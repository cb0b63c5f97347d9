"""Two rows are one person: merge them with all that points at them, and take that apart again."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import cipher
from klapkarre.foundation.people.actions.persons import NEEDS, Changed, Gone, keep_what_was
from klapkarre.foundation.people.models import Merge, Person, Tie, standing_kinds

# These two say which rows were merged, and stay with them.
OWN = {("people.person", "merged_into"), ("people.merge", "keeper"), ("people.merge", "gone")}


def pointers():
    """Every field of every model that points at a person, rooms included: `(model, field name)`."""
    relations: Any = Person._meta.get_fields(include_hidden=True)
    fields = [(relation.field.model, relation.field.name) for relation in relations if _points(relation)]
    return [(model, name) for model, name in fields if (model._meta.label_lower, name) not in OWN]


def _points(relation):
    return relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)


@transaction.atomic
@cipher.comparing()
def merge(keeper, gone, values, versions, user, now=None):
    """`gone` goes up in `keeper`, which gets `values` (of `Person.FACTS`) and all that pointed at `gone`.

    Raises `Changed` when a row is not the version that was compared, `Gone` when one is no longer there.
    """
    now = now or timezone.now()
    keeper, gone = _both(keeper.pk, gone.pk)
    if keeper.team_id != gone.team_id:
        raise Gone
    for person, version in ((keeper, versions[0]), (gone, versions[1])):
        if person.version != version:
            raise Changed(person)
    was, before = _facts(keeper), _as_kept(keeper)
    standing = standing_kinds(sorted([*keeper.consents.all(), *gone.consents.all()], key=lambda row: row.at))
    for name in Person.TEXTS:
        setattr(keeper, name, values[name] if NEEDS.get(name) in {None, *standing} else None)
    keeper.neighbourhood = values.get("neighbourhood", keeper.neighbourhood)
    keeper.consented_on = min(keeper.consented_on, gone.consented_on)
    changed = {name: was[name] for name, fact in _facts(keeper).items() if fact != was[name]}
    keep_what_was(keeper, changed, user, now)
    after = _as_kept(keeper)
    moved = {
        f"{model._meta.label_lower}.{name}": _move(model, name, gone, keeper) for model, name in pointers()
    }
    keeper.version += 1
    keeper.changed_at = keeper.touched_at = now
    keeper.save()
    gone.merged_into, gone.merged_at = keeper, now
    gone.version += 1
    gone.save()
    return Merge.objects.create(
        organisation_id=keeper.organisation_id,
        team_id=keeper.team_id,
        keeper=keeper,
        gone=gone,
        by=user,
        at=now,
        kept=json.dumps({"before": before, "after": after, "moved": moved}),
    )


def _both(first, second):
    """Both rows, locked in order of key: two merges of the same pair wait for each other."""
    if first == second:
        raise Gone
    rows = {
        row.pk: row
        for row in Person.objects.select_for_update().filter(pk__in=(first, second)).order_by("pk")
    }
    if len(rows) < 2 or not all(row.is_readable for row in rows.values()):
        raise Gone
    return rows[first], rows[second]


def _facts(person):
    return {name: getattr(person, name) for name in Person.FACTS}


def _as_kept(person):
    """The facts as they are sealed with the merge."""
    more = {"neighbourhood": person.neighbourhood_id, "consented_on": person.consented_on.isoformat()}
    return _facts(person) | more


def _move(model, name, source, target):
    """Let these rows point at the other person; a tie between the two stays as it is, or it would tie one to itself."""
    rows = model._base_manager.filter(**{name: source.pk})
    if model is Tie:
        rows = rows.exclude(**{"other" if name == "person" else "person": target.pk})
    keys = list(rows.values_list("pk", flat=True))
    model._base_manager.filter(pk__in=keys).update(**{name: target.pk})
    return [str(key) for key in keys]


@transaction.atomic
@cipher.comparing()
def undo_merge(merge, now=None):
    """Two rows again, each with its own. What was added since stays with the one that was kept. Twice is once.

    A value that was changed after the merge stays as it was changed. Raises `ValidationError` when it is too late.
    """
    now = now or timezone.now()
    rows = Person.objects.select_for_update().filter(pk__in=(merge.keeper_id, merge.gone_id)).order_by("pk")
    persons = {row.pk: row for row in rows}
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        return merge
    keeper, gone = persons[merge.keeper_id], persons[merge.gone_id]
    later = Merge.objects.filter(keeper=keeper, undone_at=None, at__gt=merge.at)
    if keeper.merged_into_id or later.exists():
        raise ValidationError(_("Maak eerst de latere samenvoeging ongedaan."))
    if not keeper.is_readable or not Merge.objects.can_be_undone(now).filter(pk=merge.pk).exists():
        raise ValidationError(_("Dit kan niet meer ongedaan gemaakt worden."))
    kept = json.loads(merge.kept)
    _put_back(keeper, kept)
    for model, name in pointers():
        keys = kept["moved"].get(f"{model._meta.label_lower}.{name}", [])
        model._base_manager.filter(pk__in=keys, **{name: keeper.pk}).update(**{name: gone.pk})
    keeper.version += 1
    keeper.changed_at = now
    keeper.save()
    gone.merged_into = gone.merged_at = None
    gone.version += 1
    gone.touched_at = now
    gone.save()
    merge.undone_at = now
    merge.kept = None
    merge.save()
    return merge


def _put_back(keeper, kept):
    for name in Person.TEXTS:
        if getattr(keeper, name) == kept["after"][name]:
            setattr(keeper, name, kept["before"][name])
    if keeper.neighbourhood_id == kept["after"]["neighbourhood"]:
        keeper.neighbourhood_id = kept["before"]["neighbourhood"]
    if keeper.consented_on.isoformat() == kept["after"]["consented_on"]:
        keeper.consented_on = type(keeper.consented_on).fromisoformat(kept["before"]["consented_on"])
