"""The bench measures our own pages and forms: when they change it breaks, and no measurement should find that out."""

import json

import pytest

from bench import data


@pytest.mark.slow
def test_what_is_asked_can_be_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("KLAPKARRE_DATA", str(tmp_path / "kept"))
    folder = data.copied("small", tmp_path, say=lambda text: None)
    facts = json.loads((folder / "facts.json").read_text())
    assert set(facts["pages"]) == {"home", "agenda", "activity", "neighbourhood", "point"}
    assert set(facts["statements"]) == {"sign_up", "contact", "tap"}
    for name in facts["pages"]:
        assert 1 < facts["queries"][name] <= 8
    assert 1 < facts["queries"]["search"] <= 8
    for asked in facts["statements"].values():
        assert any(sql.startswith("INSERT") for sql, _values in asked)
    assert facts["results_sql"]
