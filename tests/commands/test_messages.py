"""Each language says what residents read: complete, without doubt, with the same names to fill in."""

import re

import pytest

from klapkarre.commands import messages
from klapkarre.foundation.kit import catalogs
from klapkarre.foundation.kit.languages import FOREIGN

HOLE = re.compile(r"%\((\w+)\)[sd]")


@pytest.mark.slow
@pytest.mark.parametrize("language", FOREIGN)
def test_every_word_of_residents_is_translated(language):
    """When this fails: `./kar messages` puts what misses into the catalogs (CONTRIBUTING.md, Languages)."""
    missing = [message.text for message in messages.missing_in(language, messages.found())]
    assert missing == [], f"{language} misses {len(missing)}"


def test_the_frame_of_each_page_is_translated():
    """The same for what stands on every page, quick enough for each run."""
    frame = messages.ROOT / "foundation/kit/templates/kit/page.html"
    wanted = {message.key: (message, []) for message in messages.in_template(frame)}
    assert len(wanted) > 10
    assert [messages.missing_in(language, wanted) for language in FOREIGN] == [[] for _ in FOREIGN]


@pytest.mark.parametrize("language", FOREIGN)
def test_a_translation_is_whole(language):
    wrong = []
    for entry in messages.read(catalogs.path_of(language)):
        said = list(entry.msgstr_plural.values()) or [entry.msgstr]
        if entry.fuzzy or any(said) != all(said):
            wrong.append(f"in doubt or half: {entry.msgid}")
        holes = holes_of(entry.msgid) | holes_of(entry.msgid_plural)
        wrong += [f"other holes: {text}" for text in said if text and holes_of(text) != holes]
        wrong += [f"other edges: {text}" for text in said if text and edges(text) != edges(entry.msgid)]
    assert wrong == []


def holes_of(text):
    """The names that are filled in, and the links in a sentence."""
    return {*HOLE.findall(text), *re.findall(r"</?\w+", text)}


def edges(text):
    """Does it begin with a space? Then it stands between other words. (The Arabic "and" is written to what follows.)"""
    return text[:1] == " "


def test_the_search_sees_templates_and_code(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% if a %}{% translate "Een" %}{% endif %}{% for b in c %}{% blocktranslate count n=c trimmed %}\n  Twee'
        " {{ n }}{% plural %}\n  Drie {{ n }}{% endblocktranslate %}{% empty %}"
        '{% translate "Vier" context "x" %}{% endfor %}'
    )
    code = messages.ROOT / "foundation/kit/days.py"
    assert list(messages.in_template(page)) == [
        ("Een", "", None),
        ("Twee %(n)s", "Drie %(n)s", None),
        ("Vier", "", "x"),
    ]
    assert messages.Message("Maand", "", "date") in list(messages.in_code(code))


def test_what_reaches_residents_from_among_the_staff_is_looked_at():
    """The face of a worker, what a text must not hold, and why an activity that they run cannot change."""
    looked_at = {path.relative_to(messages.ROOT).as_posix() for path in messages.files()}
    assert {
        "foundation/people/templates/people/face.html",
        "foundation/kit/leave_out.py",
        "rooms/agenda/actions/planning.py",
    } - looked_at == set()


def test_a_catalog_is_compiled_when_it_changed(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    source = catalogs.path_of("fr")
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Ja"\nmsgstr "Oui"\n'
    )
    catalogs.compile_stale()
    compiled = source.with_suffix(".mo")
    first = compiled.read_bytes()
    catalogs.compile_stale()
    assert (b"Oui" in first, compiled.read_bytes() == first) == (True, True)
    assert [file.name for file in source.parent.iterdir() if file.suffix not in (".po", ".mo")] == []
