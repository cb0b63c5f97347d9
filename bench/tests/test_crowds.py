"""A thousand forms a minute from one address: limited, others served, nothing lost."""

import pytest

from bench import crowds, data
from bench.cases import Folder

pytestmark = [pytest.mark.slow, pytest.mark.durability]


def test_one_address_is_limited_and_others_are_served(tmp_path, monkeypatch):
    monkeypatch.setenv("KLAPKARRE_DATA", str(tmp_path / "kept"))
    folder = Folder(data.copied("small", tmp_path, say=lambda text: None), "small", rounds=1)
    [line] = crowds.flood(folder, seconds=18)
    assert line["let_in"] + line["refused"] == line["n"]
    assert line["refused"] > 50
    assert line["others"] > 200
