"""What a legal hold keeps: its rows, what hangs on them, and what would take them along when it goes."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from klapkarre.foundation.duties.models import Hold


def on_hold(*rows):
    """Must one of these rows, of any kinds, stay, whatever its term or anyone's wish?"""
    keys: dict[type, set] = {}
    for row in rows:
        keys.setdefault(type(row), set()).add(row.pk)
    return any(_some_held(model, found) for model, found in keys.items())


def _some_held(model, keys):
    kept = held(model)
    return kept is not None and model._base_manager.filter(kept, pk__in=keys).exists()


def review_day(organisation_id=None):
    """The first day on which a hold of this organisation is to be looked at; None without a hold."""
    standing = Hold.objects.standing()
    if organisation_id:
        standing = standing.filter(organisation=organisation_id)
    return standing.order_by("review_on").values_list("review_on", flat=True).first()


def held(model):
    """A condition for the rows of this model that must stay; None when nothing is held at all."""
    standing = {}
    for hold in Hold.objects.standing().values("kind", "row", "organisation_id"):
        standing.setdefault(hold["kind"], []).append(hold)
    if not standing:
        return None
    found = _own(model, standing) | _takes_along(model, standing, {model})
    return (found | _hangs(model, standing, {model}, _links(model))) or None


def _hangs(model, standing, seen, links):
    """Rows that hang on something held, also by way of a row that goes with it: history, step, person."""
    found = Q()
    for field in links:
        above = field.related_model
        wanted = _own(above, standing)
        if above not in seen:
            along = [one for one in _links(above) if one.remote_field.on_delete is models.CASCADE]
            wanted |= _hangs(above, standing, seen | {above}, along)
        if wanted:
            found |= Q(**{f"{field.name}__in": above._base_manager.filter(wanted).values("pk")})
    return found


def _own(model, standing):
    """What is held itself: all of this kind in an organisation, or single rows."""
    found = Q()
    has_organisation = any(field.name == "organisation" for field in model._meta.local_fields)
    for hold in standing.get(model._meta.label_lower, ()):
        here = {"organisation": hold["organisation_id"]} if has_organisation else {}
        if not hold["row"]:
            found |= Q(**here)
        elif (key := key_of(model, hold["row"])) is not None:
            found |= Q(pk=key, **here)
    return found


def key_of(model, text):
    """The primary key that this text names; None when it can be none."""
    try:
        return model._meta.pk.to_python(text)
    except ValidationError:
        return None


def _takes_along(model, standing, seen):
    """Rows whose deletion would delete something held: they stay with it."""
    found = Q()
    for other in apps.get_models():
        for field in _links(other):
            if field.related_model is not model or field.remote_field.on_delete is not models.CASCADE:
                continue
            wanted = _own(other, standing)
            if other not in seen:
                wanted |= _takes_along(other, standing, seen | {other})
            if wanted:
                rows = other._base_manager.filter(wanted, **{f"{field.name}__isnull": False})
                found |= Q(pk__in=rows.values(field.name))
    return found


def _links(model):
    return [field for field in model._meta.local_fields if field.many_to_one or field.one_to_one]
