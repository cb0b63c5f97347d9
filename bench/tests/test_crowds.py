"""A thousand forms a minute from one address: limited, others served, nothing lost."""

import time

import pytest

from bench import crowds, data
from bench.cases import Folder
from klapkarre.foundation.kit import limits
from klapkarre.rooms.agenda.views.joining import MOST_SEATS, MOST_SIGN_UPS

pytestmark = [pytest.mark.slow, pytest.mark.durability]


def test_one_address_is_limited_and_others_are_served(tmp_path, monkeypatch):
    monkeypatch.setenv("KLAPKARRE_DATA", str(tmp_path / "kept"))
    folder = Folder(data.copied("small", tmp_path, say=lambda text: None), "small", rounds=1)
    began = time.time()
    [line] = crowds.flood(folder, seconds=18)
    windows = 1 + int(time.time() // limits.MINUTES_10) - int(began // limits.MINUTES_10)
    assert line["let_in"] + line["refused"] == line["n"]
    # Over many activities, since one address has few seats of each.
    assert len(folder.facts["sign_up"]) * MOST_SEATS > MOST_SIGN_UPS
    # Each of two processes lets in as many as one address may send; a busy machine sends fewer, never more.
    assert line["let_in"] <= 2 * MOST_SIGN_UPS * windows
    assert min(line["refused"], line["others"]) > 0
