"""The one place that knows how each database finds words: FTS5 on SQLite, tsvector on PostgreSQL.

Words are folded already and hold nothing but letters and digits, so that no sign of theirs is an operator.
"""

from django.db import connection
from django.db.models.expressions import RawSQL

# `prefix` makes the begin of a word quick; secure-delete leaves nothing of a text that went.
SQLITE = (
    "CREATE VIRTUAL TABLE finding_text USING fts5(words, content='finding_entry', content_rowid='id',"
    " tokenize=\"unicode61 remove_diacritics 2\", prefix='3 4')",
    "INSERT INTO finding_text(finding_text, rank) VALUES('secure-delete', 1)",
    "CREATE TRIGGER finding_text_in AFTER INSERT ON finding_entry BEGIN"
    " INSERT INTO finding_text(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER finding_text_out AFTER DELETE ON finding_entry BEGIN"
    " INSERT INTO finding_text(finding_text, rowid, words) VALUES('delete', old.id, old.words); END",
    "CREATE TRIGGER finding_text_other AFTER UPDATE ON finding_entry BEGIN"
    " INSERT INTO finding_text(finding_text, rowid, words) VALUES('delete', old.id, old.words);"
    " INSERT INTO finding_text(rowid, words) VALUES (new.id, new.words); END",
)
POSTGRES = ("CREATE INDEX finding_text ON finding_entry USING gin (to_tsvector('simple'::regconfig, words))",)
# Matching rows before anything else: the newest of a common word are quick, ranked they are slow (measurements).
_FIND = {
    "sqlite": "SELECT rowid FROM finding_text WHERE finding_text MATCH %s ORDER BY rowid DESC LIMIT %s",
    "postgresql": "SELECT id FROM finding_entry WHERE to_tsvector('simple'::regconfig, words)"
    " @@ to_tsquery('simple'::regconfig, %s) ORDER BY id DESC LIMIT %s",
}


def set_up(_apps, schema_editor):
    """For the migration: what the models cannot say."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def matching(words, most):
    """Ids of entries that have all of these words, each as the begin of a word; the newest `most`. For `pk__in`."""
    return RawSQL(_FIND[connection.vendor], [_asked(words, begins=True), most])  # noqa: S611  (our own statements)


def has(word, *, begins=False):
    """Does any text have this word, or with `begins` one that begins so?"""
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [_asked([word], begins), 1])
        return cursor.fetchone() is not None


def _asked(words, begins):
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"{"*" if begins else ""}' for word in words)
    return " & ".join(f"'{word}'{':*' if begins else ''}" for word in words)
