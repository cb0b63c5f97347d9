"""The one place that knows how each database finds words: FTS5 on SQLite, tsvector on PostgreSQL.

Words are folded already and hold nothing but letters and digits, so that no sign of theirs is an operator.
"""

from django.db import connection

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


def ids(words, most):
    """Ids of entries that have all of these words, each as the begin of a word; the newest `most`."""
    return _ids(words, most, begins=True)


def has(word):
    """Does any text have exactly this word?"""
    return bool(_ids([word], 1, begins=False))


def _ids(words, most, begins):
    if connection.vendor == "sqlite":
        asked = " ".join(f'"{word}"{"*" if begins else ""}' for word in words)
    else:
        asked = " & ".join(f"'{word}'{':*' if begins else ''}" for word in words)
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [asked, most])
        return [row[0] for row in cursor.fetchall()]
