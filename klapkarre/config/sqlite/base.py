"""The framework's SQLite backend on the bundled library, whose connections cannot be asked for their limits."""

import sqlite3

from django.db import transaction
from django.db.backends.sqlite3 import base

# Numbers of the C interface, and for each the default of SQLite since 3.32: the bundled library allows as much.
COLUMN, VARIABLE_NUMBER = 2, 9
LIMITS = {COLUMN: 2000, VARIABLE_NUMBER: 32766}

CANNOT_BE_ASKED = not hasattr(sqlite3.Connection, "getlimit")
if CANNOT_BE_ASKED:
    sqlite3.SQLITE_LIMIT_COLUMN = COLUMN
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER = VARIABLE_NUMBER


class Connection(sqlite3.Connection):
    def getlimit(self, category):
        return LIMITS[category]


class DatabaseOperations(base.DatabaseWrapper.ops_class):
    def execute_sql_flush(self, sql_list):
        """Empty all tables, those too whose rows may not go (kit.refuse): PostgreSQL truncates, and asks no trigger."""
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {self.quote_name(name)}")
            super().execute_sql_flush(sql_list)
            for _name, sql in triggers:
                cursor.execute(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def get_connection_params(self):
        params = super().get_connection_params()
        if CANNOT_BE_ASKED:
            params["factory"] = Connection
        return params
