"""The hours of many places at once: weekly slots, closures and extra openings, three tables in one query."""

from django.apps import apps
from django.db.models import Value

from klapkarre.foundation.kit.asking import among, rows_among

# For each table its columns under those of the first one, None where it has none; by the name a place knows them by.
COLUMNS = {
    "hours": ("weekday", "opens", "closes", "during", "valid_from", "valid_until"),
    "closures": (None, None, None, "reason", "first_day", "last_day"),
    "extra_openings": (None, "opens", "closes", "note", "day", None),
}


def give(places):
    """Let each of these places know its hours, as `prefetch_related` would. One query; none for no places."""
    there = {place.pk: place for place in places}
    found = {(name, pk): [] for name in COLUMNS for pk in there}
    for name, pk, key, *facts in rows_among(there, _together, "hours of places"):
        place, model = there[key], _model(name)
        facts = dict(zip(COLUMNS[name], facts, strict=True)) | {"id": pk, "place_id": key}
        columns = [field.attname for field in model._meta.concrete_fields]
        row = model.from_db(place._state.db, columns, [facts[column] for column in columns])
        row.place = place
        found[name, key].append(row)
    for (name, key), rows in found.items():
        _know(there[key], name, rows)


def _model(name):
    return apps.get_model("places", "Place")._meta.get_field(name).related_model


def _together(keys):
    first, *others = (_rows(name, keys) for name in COLUMNS)
    return first.union(*others, all=True).order_by()


def _rows(name, keys):
    fields = [_model("hours")._meta.get_field(column) for column in COLUMNS["hours"]]
    # A NULL says of which type it is: PostgreSQL asks.
    facts = [mine or Value(None, field) for mine, field in zip(COLUMNS[name], fields, strict=True)]
    rows = _model(name).objects.order_by().filter(among("place", keys))
    return rows.values_list(Value(name), "pk", "place", *facts)


def _know(place, name, rows):
    """What Django's own prefetching does with the rows that it found."""
    manager = getattr(place, name)
    known = manager.get_queryset()
    order = manager.model._meta.ordering
    known._result_cache = sorted(rows, key=lambda row: [getattr(row, column) for column in order])
    known._prefetch_done = True
    place.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known
