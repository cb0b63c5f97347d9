"""Codes that one can say: different words and a number, read back in any spelling."""

import hashlib

import pytest

from klapkarre.foundation.kit import codes


def drawn(number):
    return hashlib.sha256(str(number).encode()).digest()


@pytest.mark.parametrize("words", [2, 3])
def test_a_code_is_read_back(words):
    seen = set()
    for number in range(500):
        code = codes.write(drawn(number), words)
        parts = code.split("-")
        assert (len(parts), len(set(parts[:-1])), 10 <= int(parts[-1]) <= 99) == (words + 1, words, True)
        assert codes.read(code.upper().replace("-", " "), words) == parts
        seen.add(code)
    assert len(seen) == 500


@pytest.mark.slow
def test_every_word_has_its_turn():
    first, last = set(), set()
    for number in range(20000):
        parts = codes.write(drawn(number), 3).split("-")
        first.add(parts[0])
        last.add(parts[2])
    assert (len(first), len(last)) == (1024, 1024)


def test_codes_of_slips_on_paper_stay_as_they_are():
    assert [codes.write(drawn(number)) for number in range(2)] == ["zeester-memo-82", "tempo-hoekhuis-12"]
