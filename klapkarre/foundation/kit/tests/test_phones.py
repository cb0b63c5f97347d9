"""A phone number as people write it, and nothing that only looks like one."""

import pytest

from klapkarre.foundation.kit import phones


@pytest.mark.parametrize(
    ("typed", "number", "written", "mobile"),
    [
        ("0470 12.34.56", "+32470123456", "0470 12 34 56", True),
        ("0470/123456", "+32470123456", "0470 12 34 56", True),
        ("+32 (0)470 12 34 56", "+32470123456", "0470 12 34 56", True),
        ("0032470123456", "+32470123456", "0470 12 34 56", True),
        ("470123456", "+32470123456", "0470 12 34 56", True),
        ("052 37 85 00", "+3252378500", "052 37 85 00", False),
        ("+33 6 12 34 56 78", "+33612345678", "+33 6 12 34 56 78", True),
    ],
)
def test_as_people_write_it(typed, number, written, mobile):
    assert phones.read(typed) == number
    assert phones.written(number) == written
    assert phones.is_mobile(number) is mobile


@pytest.mark.parametrize(
    "typed", ["12", "0470 12 34", "0470 12 34 56 (zoon)", "geen", "0" * 30, "0470123456;ext=9"]
)
def test_what_is_no_number(typed):
    with pytest.raises(phones.Unreadable):
        phones.read(typed)


def test_a_veiled_number_cannot_be_called():
    assert phones.veiled("+32470123456") == "0470\N{NO-BREAK SPACE}…\N{NO-BREAK SPACE}56"
