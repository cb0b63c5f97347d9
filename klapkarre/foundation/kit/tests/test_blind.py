"""What counts as the same name or phone."""

import pytest

from klapkarre.foundation.kit.blind import plain_name, plain_phone


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  Zoë  VAN den-Broeck ", "zoe van den broeck"),
        ("Zoe\u0308 van den broeck", "zoe van den broeck"),
        ("D’Hondt", "dhondt"),
        ("D'hondt", "dhondt"),
        ("Søren Łukasz Straße", "soren lukasz strasse"),
        ("\u200fليلى", "ليلى"),
        ("İpek Işık", "ipek isik"),
        ("Fientje 🌻", "fientje"),
        (" -- ", ""),
        ("🌻", ""),
        ("", ""),
    ],
)
def test_a_name_is_the_same_however_it_is_typed(typed, plain):
    assert plain_name(typed) == plain


@pytest.mark.parametrize(
    "typed",
    [
        "0470 12 34 56",
        "0470/12.34.56",
        "+32 470 12 34 56",
        "+32 (0)470 123456",
        "0032470123456",
        "０４７０１２３４５６",
    ],
)
def test_a_phone_is_the_same_however_it_is_typed(typed):
    assert plain_phone(typed) == "32470123456"


def test_a_phone_from_elsewhere_stays_one():
    assert plain_phone("+31 6 1234 5678") == plain_phone("0031612345678") == "31612345678"
    assert plain_phone("geen telefoon") == ""
