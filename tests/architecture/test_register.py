"""The register of processing lists every declared personal field exactly once, with all that it needs."""

from collections import Counter
from types import SimpleNamespace

import pytest

from klapkarre.foundation.accounts import foreign
from klapkarre.foundation.duties import register
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import (
    About,
    Basis,
    Fate,
    Personal,
    Readers,
    Special,
    declarations,
    faults_of,
    personal_models,
)
from klapkarre.foundation.kit.terms import Term

# What residents tell in their own words may be about health or belief: it needs a ground of article 9. These say only
# who or where someone is.
NO_FREE_TEXT = {"name", "phone", "mail", "where", "who"}
WHOLE = Personal(
    "proef",
    Basis.CONSENT,
    Term("de proef", days=1),
    Fate.ERASE,
    About.RESIDENTS,
    Special.NONE,
    Readers.TEAM,
)


EVERY = {model._meta.label_lower: declarations(model) for model in personal_models()} | foreign.PERSONAL


@pytest.mark.parametrize("kind", EVERY)
def test_every_declaration_says_all_that_the_register_needs(kind):
    found = {name: faults_of(declared) for name, declared in EVERY[kind].items()}
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len({declared.term for declared in EVERY[kind].values()}) == 1


@pytest.mark.parametrize("model", personal_models(), ids=lambda model: model._meta.label)
def test_free_text_about_residents_has_a_ground_of_article_9(model):
    bare = [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
        and field.name not in NO_FREE_TEXT
        and field.personal.about is About.RESIDENTS
        and field.personal.special is Special.NONE
    ]
    assert bare == [], "give its Personal a ground of article 9 (Special), or name it in NO_FREE_TEXT"


def test_the_register_lists_every_declared_field_once():
    declared = Counter((kind, name) for kind, fields in EVERY.items() for name in fields)
    assert Counter((line.kind, line.field) for line in register.lines()) == declared
    assert set(declared.values()) == {1}


def test_every_line_is_in_words():
    for line in register.lines():
        assert all(getattr(line, name) for name in register.HEADINGS if name != "rule"), line
        assert line.field_words != line.field.replace("_", " "), f"{line.kind}.{line.field} has no Dutch word"


@pytest.mark.parametrize("left_out", ["term", "about", "special", "readers"])
def test_a_planted_gap_is_found(left_out):
    said = {name: getattr(WHOLE, name) for name in WHOLE.__dataclass_fields__}
    assert faults_of(WHOLE) == []
    assert faults_of(SimpleNamespace(**{**said, left_out: None})) == [f"no {left_out}"]


def test_a_term_in_words_only_is_found():
    said = {name: getattr(WHOLE, name) for name in WHOLE.__dataclass_fields__}
    assert faults_of(SimpleNamespace(**{**said, "term": "een tijdje"})) == ["no term"]
