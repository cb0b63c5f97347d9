"""Everything about one person, found through the app registry: rows that point at the person and what hangs on them.

No model is named here. A room that comes later takes part by declaring `of_person` beside its foreign key.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst

from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import declarations
from klapkarre.foundation.people.models import OfPerson, Person


@dataclass(frozen=True)
class Pointer:
    """A foreign key to a person, and what it declares."""

    model: Any
    name: str
    said: OfPerson

    def rows(self, persons):
        """The rows that point at one of these persons."""
        return self.model._base_manager.filter(**{f"{self.name}__in": [one.pk for one in persons]})


def pointers():
    """Every declared foreign key to a person. Raises `LookupError` for one that declares nothing."""
    found = []
    for model, name in links():
        said = getattr(model, "of_person", {}).get(name)
        if said is None:
            raise LookupError(f"{model._meta.label}.{name} points at a person: declare it in of_person")
        found.append(Pointer(model, name, said))
    return found


def links():
    """Every foreign key to a person: `(model, field name)`. That of a person to a person is no row about it."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is Person and model is not Person
    ]


def children(model):
    """What goes with a row of this model: `(child model, name of its foreign key)`."""
    return [
        (relation.related_model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and relation.one_to_many
        and relation.on_delete is models.CASCADE
        and relation.related_model is not model
    ]


def family(person):
    """The person and all doubles that went up in it, in order."""
    found, look_in = [person], [person]
    while look_in:
        look_in = list(Person.objects.filter(merged_into__in=look_in).order_by("pk"))
        found += look_in
    return found


def parts(persons):
    """`(pointer, rows)` for each foreign key with rows about these persons; each row once."""
    seen = set()
    for pointer in pointers():
        rows = [row for row in pointer.rows(persons) if (pointer.model, row.pk) not in seen]
        seen.update((pointer.model, row.pk) for row in rows)
        if rows:
            yield pointer, rows


def below(rows):
    """What hangs on these rows of one model, at any depth: lists of rows, the deepest first."""
    if not rows:
        return []
    found = []
    for model, name in children(type(rows[0])):
        hanging = list(model._base_manager.filter(**{f"{name}__in": [row.pk for row in rows]}))
        if hanging:
            found += [*below(hanging), hanging]
    return found


def sealed_fields(model):
    """The names of the texts that are kept sealed."""
    return [field.name for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]


def shown_fields(model, hidden=()):
    """The fields that tell something: what is declared personal, and what has a name in words. The rest is plumbing."""
    declared = declarations(model)
    found = []
    for field in model._meta.local_fields:
        if field.name in hidden or field.primary_key or getattr(field, "of", None):
            continue
        if field.is_relation:
            # To a person: that is whose file this is.
            tells = field.related_model is not Person and (field.name in declared or has_words(field))
        else:
            tells = field.name in declared or has_words(field)
        if tells:
            found.append(field)
    return found


def has_words(field):
    """Did somebody name this field for people?"""
    return str(field.verbose_name) != field.name.replace("_", " ")


def told(row, hidden=()):
    """What this row says: `{label: value}`, in words, without what is empty. Log the reading first."""
    words = {}
    for field in shown_fields(type(row), hidden):
        value = _value(row, field)
        if value not in (None, "", [], {}, False):
            words[capfirst(str(field.verbose_name))] = value
    return words


def _value(row, field):
    if hasattr(row, f"told_{field.name}"):  # the model has words for it
        return getattr(row, f"told_{field.name}")
    return getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name)


def loose_models():
    """Models with a name and no person behind it, that are found by that name."""
    return [model for model in apps.get_models() if getattr(model, "loose_names", ())]


def loose_row(user, kind, pk):
    """One row with a loose name that this user may see; None when there is none."""
    model = {model._meta.label_lower: model for model in loose_models()}.get(kind)
    return model and model._default_manager.visible_to(user).filter(pk=pk).first()


def loose_rows(user, wanted):
    """Rows with exactly this loose name or number, in any case: by their hashes, so that no other name is opened."""
    return [
        row
        for organisation in {m.organisation_id for m in user.current_memberships}
        for model in loose_models()
        for field in model.loose_names
        for row in model._default_manager.visible_to(user).matching(organisation, **{field: wanted})
    ]
