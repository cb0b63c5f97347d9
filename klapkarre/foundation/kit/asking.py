"""Lists that are asked again and again: their SQL is put together once, only what is given differs each time.

For a page that residents ask for all day, or what every page of the staff asks before it begins, putting the query
together costs more than asking it (docs/bench.md).
"""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    ExpressionWrapper,
    F,
)
from django.db.models.lookups import In
from django.db.models.query import get_related_populators

# What is given is one of these; making a field costs more than giving its value.
NUMBER, DAY, MOMENT, TEXT = BigIntegerField(), DateField(), DateTimeField(), CharField()
MOST_KEPT = 200
_asked: dict = {}


class Given(Expression):
    """Stands in a query for the value that is given in this place when it will be asked."""

    def __init__(self, place, output_field):
        super().__init__(output_field=output_field)
        self.place = place

    def as_sql(self, compiler, connection):
        return "%s", [self]


def rows_at(now, build, *facts, keep=True):
    """The rows, as tuples, of the query set of values that `build(moment)` gives, asked at `now`.

    `facts` say which query it is: all that can differ in it. One that people seldom ask is not kept (`keep=False`).
    """
    at = connection.ops.adapt_datetimefield_value(now)
    return _rows([at], lambda: build(Given(0, MOMENT)), facts, keep)


def rows_among(numbers, build, *facts):
    """The rows of the query set of values that `build(places)` gives, where `among(field, places)` asks for `numbers`.

    Kept for each length of the list: `numbers` are those of one page.
    """
    numbers = list(numbers)
    if not numbers:
        return []

    def rows():
        return build([Given(place, NUMBER) for place in range(len(numbers))])

    return _rows(numbers, rows, (*facts, len(numbers)), True)


def models(given, build, *facts):
    """The models of the query set that `build(*places)` gives, with what it selects beside them.

    `given` are the values for these places, each as (value, `NUMBER`, `DAY`, `MOMENT` or `TEXT`). Nothing is deferred
    or annotated.
    """
    key = (connection.vendor, *facts)
    asked = _asked.get(key)
    if asked is None:
        places = (Given(place, field) for place, (_value, field) in enumerate(given))
        asked = _keep(key, _put_together(build(*places), as_models=True))
    values = [field.get_db_prep_value(value, connection) for value, field in given]
    return _ask(asked, values)


def among(field, numbers):
    """The condition that this column of whole numbers is one of `numbers`, which may stand for what will be given."""
    return In(ExpressionWrapper(F(field), output_field=NUMBER), numbers)


def _rows(given, build, facts, keep):
    key = (connection.vendor, *facts)
    asked = _asked.get(key)
    if asked is None:
        asked = _put_together(build())
        if keep:
            _keep(key, asked)
    return _ask(asked, given)


def _keep(key, asked):
    if len(_asked) >= MOST_KEPT:
        _asked.clear()
    _asked[key] = asked
    return asked


def _ask(asked, given):
    sql, params, convert = asked
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, [given[one.place] if isinstance(one, Given) else one for one in params])
        return convert(cursor.fetchall())


def _put_together(rows, as_models=False):
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return "", (), iter
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    finish = _models_of(compiler, rows) if as_models else tuple
    return sql, params, lambda found: [finish(row) for row in compiler.apply_converters(found, converters)]


def _models_of(compiler, rows):
    """A function that makes a row of this query the model that Django would make of it."""
    kind = compiler.klass_info
    columns = slice(kind["select_fields"][0], kind["select_fields"][-1] + 1)
    names = [column[0].target.attname for column in compiler.select[columns]]
    beside = get_related_populators(kind, compiler.select, rows.db, rows._fetch_mode)

    def made(row):
        model = kind["model"].from_db(rows.db, names, row[columns])
        for one in beside:
            one.populate(row, model)
        return model

    return made
