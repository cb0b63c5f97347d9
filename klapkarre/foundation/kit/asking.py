"""Lists that are asked again and again: their SQL is put together once, each time only the moment differs.

For a page that residents ask for all day, putting the query together costs more than asking it (docs/bench.md).
"""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateTimeField, Expression

MOST_KEPT = 200
_asked: dict = {}


class Moment(Expression):
    """Stands in a query for the moment at which it will be asked."""

    def __init__(self):
        super().__init__(output_field=DateTimeField())

    def as_sql(self, compiler, connection):
        return "%s", [self]


def rows_at(now, build, *facts, keep=True):
    """The rows, as tuples, of the query set of values that `build(moment)` gives, asked at `now`.

    `facts` say which query it is: all that can differ in it. One that people seldom ask is not kept (`keep=False`).
    """
    key = (connection.vendor, *facts)
    asked = _asked.get(key)
    if asked is None:
        asked = _put_together(build(Moment()))
        if keep:
            if len(_asked) >= MOST_KEPT:
                _asked.clear()
            _asked[key] = asked
    sql, params, convert = asked
    if not sql:
        return []
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(sql, [at if isinstance(one, Moment) else one for one in params])
        return [tuple(row) for row in convert(cursor.fetchall())]


def _put_together(rows):
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return "", (), iter
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    return sql, params, lambda found: compiler.apply_converters(found, converters)
