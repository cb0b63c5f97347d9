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
# What else is asked is asked here too: the newest rows of a common word can all be of other towns. CROSS JOIN: the
# words first, then the rows that have them.
_FIND = {
    "sqlite": "SELECT t.rowid FROM finding_text t CROSS JOIN finding_entry e ON e.id = t.rowid"
    " WHERE finding_text MATCH %s{} ORDER BY t.rowid DESC LIMIT %s",
    "postgresql": "SELECT e.id FROM finding_entry e WHERE to_tsvector('simple'::regconfig, e.words)"
    " @@ to_tsquery('simple'::regconfig, %s){} ORDER BY e.id DESC LIMIT %s",
}
# The words that share most pieces of three letters with a form.
_LIKE = """
SELECT {}, w.text, w.language, c.shared FROM (
    SELECT word_id, COUNT(*) AS shared FROM finding_trigram WHERE letters IN ({})
    GROUP BY word_id ORDER BY shared DESC, word_id LIMIT {}
) c JOIN finding_word w ON w.id = c.word_id
"""
ALL = 1_000_000_000


def set_up(_apps, schema_editor):
    """For the migration: what the models cannot say."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def matching(words, most, now, *, town=None, languages=()):
    """Ids of entries that have all of these words, each as the begin of a word, and are not over; the newest `most`.

    For `pk__in`. `town` (its id), `languages`: only of these; without them, of all.
    """
    only, values = " AND (e.at IS NULL OR e.at >= %s)", [connection.ops.adapt_datetimefield_value(now)]
    if town:
        only, values = f"{only} AND e.town_id = %s", [*values, town]
    return _rows(words, only + _in(languages), [*values, *languages, most], begins=True)


def having(words, language):
    """Ids of all entries of this language that have all of these words, whole. For `pk__in`."""
    return _rows(words, _in([language]), [language, ALL], begins=False)


def has(word, language):
    """Does any text of this language have this word?"""
    with connection.cursor() as cursor:
        cursor.execute(
            _FIND[connection.vendor].format(_in([language])), [_asked([word], begins=False), language, 1]
        )
        return cursor.fetchone() is not None


def _in(languages):
    return f" AND e.language IN ({', '.join(['%s'] * len(languages))})" if languages else ""


def _rows(words, only, values, *, begins):
    # Only our own statements: what people type is among the values.
    return RawSQL(_FIND[connection.vendor].format(only), [_asked(words, begins), *values])  # noqa: S611


def _asked(words, begins):
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"{"*" if begins else ""}' for word in words)
    return " & ".join(f"'{word}'{':*' if begins else ''}" for word in words)


def looking_like(trigrams, most):
    """For each of these sets of letter groups the words of the vocabulary that share most of them. One query.

    Gives a list of (text, language, how many they share) for each set, at most `most`.
    """
    found = [[] for _one in trigrams]
    if trigrams:
        parts = [
            _LIKE.format(number, ", ".join(["%s"] * len(letters)), most)
            for number, letters in enumerate(trigrams)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(parts), [one for letters in trigrams for one in sorted(letters)]
            )
            for number, *word in cursor.fetchall():
                found[number].append(tuple(word))
    return found
