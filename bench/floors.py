"""What a page or a form costs at the very least: bare WSGI callables on the same server.

`pages` answers the same bytes as ours, from memory; `today` does so after the same questions. `inserts` reads the form
and writes the same row with raw SQL, on a database with the same indexes and the same promise (WAL, synchronous=FULL,
IMMEDIATE). `repeats` reads the form and asks with raw SQL all that our form asks: session, limits, receipt, seats, row.
"""

import json
import os
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import parse_qs

import klapkarre  # noqa: F401  (puts the bundled SQLite in the place of the standard library's)

import sqlite3  # isort: skip

FOLDER = Path(os.environ.get("KLAPKARRE_DATA", "."))
PAGES = FOLDER / "floor_pages"
_own = threading.local()
_pages = {}


def page_file(path):
    return PAGES / (path.partition("?")[0].strip("/").replace("/", "__") or "home")


def pages(environ, start_response):
    """The bytes that our server gave for this path, headers included."""
    path = environ["PATH_INFO"]
    if path not in _pages:
        headers, _, body = page_file(path).read_bytes().partition(b"\r\n\r\n")
        pairs = [line.partition(": ")[::2] for line in headers.decode().split("\r\n")]
        _pages[path] = ([pair for pair in pairs if pair[0] != "date"], body)
    headers, body = _pages[path]
    start_response("200 OK", headers)
    return [body]


def today(environ, start_response):
    """The day of a worker: all that our page asks for as raw SQL, and the bytes that our server gave."""
    if not hasattr(_own, "today"):
        asked = json.loads((FOLDER / "facts.json").read_text())["today_sql"]
        _own.today = [(sql.replace("%s", "?"), params) for sql, params in asked]
    for sql, params in _own.today:
        connection().execute(sql, params).fetchall()
    return pages(environ, start_response)


def both(environ, start_response):
    """Pages for who reads, inserts for who sends a form."""
    return (inserts if environ["REQUEST_METHOD"] == "POST" else pages)(environ, start_response)


def connection():
    if not hasattr(_own, "connection"):
        from klapkarre.config import settings

        _own.connection = sqlite3.connect(FOLDER / "klapkarre.sqlite3", isolation_level=None, timeout=20)
        _own.connection.executescript(settings.SQLITE_PRAGMAS)
    return _own.connection


def find(environ, start_response):
    """What a question finds: the same match on the same index, as raw SQL, one line of text for each row."""
    body = "\n".join(" ".join(map(str, row)) for row in found(parse_qs(environ["QUERY_STRING"]))).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


FIND = """
SELECT kind, "key", title FROM finding_entry WHERE id IN (
    SELECT t.rowid FROM finding_text t CROSS JOIN finding_entry e ON e.id = t.rowid
    WHERE finding_text MATCH ? AND (e.at IS NULL OR e.at >= ?) AND e.language = 'nl'{}
    ORDER BY t.rowid DESC LIMIT 400)
"""
OF_TOWN = " AND e.town_id = (SELECT id FROM places_municipality WHERE slug = ?)"


def found(asked):
    """Kind, key and title of each row; `q`: words that are folded already, `gemeente`: only of this town."""
    words = " ".join(f'"{word}"*' for word in asked["q"][0].split())
    town = asked.get("gemeente", [])
    return connection().execute(FIND.format(OF_TOWN if town else ""), [words, now(), *town]).fetchall()


def inserts(environ, start_response):
    """Read the form, write one row (and its themes), answer with a redirect."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
    WRITES[environ["PATH_INFO"]](connection(), parse_qs(body))
    start_response("302 Found", [("Location", "/"), ("Content-Length", "0")])
    return [b""]


def now():
    return time.strftime("%Y-%m-%d %H:%M:%S.000000", time.gmtime())


def repeats(environ, start_response):
    """Read the form, ask the database what our form asks, answer with a redirect."""
    parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
    db, fresh = connection(), {}
    for sql, params in repeated()[environ["PATH_INFO"].strip("/")]:
        db.execute(sql, [_fresh(fresh, *value) for value in params]).fetchall()
    if db.in_transaction:
        db.execute("COMMIT")
    start_response("302 Found", [("Location", "/"), ("Content-Length", "0")])
    return [b""]


def _fresh(known, kind, value, length=0):
    """A value of `prepare.with_fresh`: as it was, or new for this form."""
    if kind == "kept":
        return value
    if value not in known:
        known[value] = os.urandom(length) if kind == "bytes" else os.urandom(length).hex()[:length]
    return known[value]


def repeated():
    if not hasattr(_own, "repeated"):
        forms = json.loads((FOLDER / "facts.json").read_text())["statements"]
        _own.repeated = {
            name: [(sql.replace("%s", "?"), params) for sql, params in asked] for name, asked in forms.items()
        }
    return _own.repeated


def facts():
    if not hasattr(_own, "facts"):
        _own.facts = json.loads((FOLDER / "facts.json").read_text())["floor"]
    return _own.facts


def _write(cursor, table, row):
    marks = ", ".join("?" * len(row))
    cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def sign_up(db, given):
    row = facts()["sign_up"] | {"id": uuid.uuid4().hex, "name": given["name"][0].encode() + b"0" * 49}
    row |= {"token_hash": uuid.uuid4().hex * 2, "code_hash": uuid.uuid4().hex, "created_at": now()}
    db.execute("BEGIN IMMEDIATE")
    _write(db, "agenda_signup", row)
    db.execute("COMMIT")


def contact(db, given):
    row = facts()["contact"] | {"id": uuid.uuid4().hex, "when": now(), "created_at": now()}
    row = {f'"{name}"': value for name, value in row.items()}
    db.execute("BEGIN IMMEDIATE")
    _write(db, "outreach_contactmoment", row)
    for theme in given["themes"]:
        _write(db, "outreach_contacttheme", {"contact_id": row['"id"'], "theme": theme})
    db.execute("COMMIT")


def tap(db, given):
    row = facts()["tap"] | {"id": uuid.uuid4().hex, "reason": given["reason"][0], "at": now()}
    db.execute("BEGIN IMMEDIATE")
    _write(db, "counter_visit", row)
    db.execute("COMMIT")


def forget_sign_ups(since):
    """Take the sign-ups of the turn before away: no real list has thousands, and every form counts its list."""
    connection().execute("DELETE FROM agenda_signup WHERE created_at >= ?", [since])


WRITES = {"/sign_up": sign_up, "/contact": contact, "/tap": tap}
