"""The framework's SQLite backend on the bundled library, which has no `getlimit` to ask for the parameter limit."""

from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    # The default of SQLite since 3.32; the bundled library is compiled with at least this.
    max_query_params = 32766


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
