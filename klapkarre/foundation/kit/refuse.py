"""What the database itself refuses: rows that may not be changed, or not be taken away.

A `Refuse` stands in the `constraints` of a model, so that the migrations set it up as they do any constraint. It is a
trigger, on SQLite and on PostgreSQL. `when` is SQL that both know, about the row as it was (OLD) and will be (NEW).
"""

from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.models.constraints import BaseConstraint

_SQLITE = (
    "CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s FOR EACH ROW WHEN %(when)s"
    " BEGIN SELECT RAISE(ABORT, '%(plain)s'); END"
)
_POSTGRES = (
    "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF %(when)s THEN RAISE EXCEPTION '%(plain)s' USING ERRCODE = 'check_violation'; END IF;"
    " RETURN %(row)s; END $$;"
    " CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s()"
)


class Refuse(BaseConstraint):
    """Refuse to delete rows, or to change these fields of rows, when `when` holds (always, when it is left out)."""

    def __init__(self, *, name, fields=(), when="1 = 1"):
        super().__init__(name=name)
        self.fields, self.when = tuple(fields), when

    def _statement(self, template, model, schema_editor, **parts):
        quote, table = schema_editor.quote_name, model._meta.db_table
        return Statement(
            template,
            table=Table(table, quote),
            name=quote(self.name),
            plain=self.name,
            when=self.when,
            **parts,
        )

    def create_sql(self, model, schema_editor):
        event: str | Statement = "DELETE"
        row = "OLD"
        if self.fields:
            columns = [model._meta.get_field(name).column for name in self.fields]
            table, quote = model._meta.db_table, schema_editor.quote_name
            event, row = Statement("UPDATE OF %(columns)s", columns=Columns(table, columns, quote)), "NEW"
        template = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRES
        return self._statement(template, model, schema_editor, event=event, row=row)

    def constraint_sql(self, model, schema_editor):
        """Not part of CREATE TABLE: the trigger is made once the table stands."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def remove_sql(self, model, schema_editor):
        sqlite = schema_editor.connection.vendor == "sqlite"
        template = "DROP TRIGGER %(name)s" if sqlite else "DROP FUNCTION %(name)s CASCADE"
        return self._statement(template, model, schema_editor)

    def validate(self, model, instance, exclude=None, using="default"):
        """A form cannot break this: only the database sees what was there before."""

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        if self.fields:
            kwargs["fields"] = self.fields
        return path, args, kwargs | {"when": self.when}

    def __eq__(self, other):
        if isinstance(other, Refuse):
            return (self.name, self.fields, self.when) == (other.name, other.fields, other.when)
        return NotImplemented

    def __hash__(self):
        return hash((self.name, self.fields, self.when))
