"""Klapkarre: the system for neighbourhood community work.

The bundled SQLite takes the place of the standard library's before anything else loads it: libraries
before 3.51.3 can corrupt a WAL database when several connections checkpoint at once.
"""

import sys

try:
    import pysqlite3
except ImportError:  # no wheel for this machine: the start-up check judges the library that is there
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

__version__ = "0.1.0"
