"""A thousand generated histories of two phones each; ten thousand by hand: python -m tests.offline.histories 10000."""

import shutil

import pytest

from tests.offline import histories

pytestmark = [pytest.mark.offline, pytest.mark.slow]
NODE_LINE = "node ontbreekt: apt install nodejs"
COUNT = 1000


def test_each_note_comes_in_exactly_once(site, need):
    need(shutil.which("node"), NODE_LINE)
    found, facts = histories.faults(site, histories.run(site, COUNT))
    print(facts)
    assert found == []
    # The histories are hard enough to say something.
    assert (facts["histories"], min(facts["stored"], facts["aside"], facts["erased"]) > 100) == (COUNT, True)


@pytest.mark.parametrize("fault", ["acknowledge", "check-then-insert"])
def test_a_mistake_in_the_server_is_found(filled, tmp_path, need, fault):
    need(shutil.which("node"), NODE_LINE)
    with filled.copy(tmp_path / "site", fault) as site:
        found, _facts = histories.faults(site, histories.run(site, 60))
    assert found
