"""A password that anyone here would guess is refused with a sentence; a sentence of four words is not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from klapkarre.foundation.accounts.passwords import is_guessable
from klapkarre.foundation.accounts.tests.otp import log_in

NAMES = ("Groep Zonnebloem vzw", "Dendermonde", "'t Keur-Blauwe Steen", "marielouise")


@pytest.mark.parametrize(
    "password",
    [
        "dendermonde2026",
        "D3nderm0nde!!!",
        "klapkarre-demo",
        "Buurtwerk-2026",
        "marielouise1966",
        "Zonnebloem-zon",
        "keurblauwesteen9",
        "wachtwoord123!",
        "welkomwelkom",
        "abcabcabcabc",
        "123456789012",
        "azertyuiopqs",
        "aaaaaaaaaaaaaa",
    ],
)
def test_names_of_here_rows_and_repetition_are_guessable(password):
    assert is_guessable(password, NAMES)


@pytest.mark.parametrize(
    "password",
    [
        "vier woorden in een zin",
        "fiets regen soep maandag",
        "elke dag soep in Dendermonde",
        "xK3-vv9-Lp0-qq2",
        "839201746638",
    ],
)
def test_a_sentence_or_something_drawn_is_fine(password):
    assert not is_guessable(password, NAMES)


def test_the_page_says_it_in_a_sentence(client, volunteer):
    log_in(client, volunteer)
    typed = {"new": "volunteer-2026", "again": "volunteer-2026"}
    page = client.post("/login/mijn/wachtwoord/", typed).text
    assert "Dit wachtwoord is makkelijk te raden." in page
    assert "2026" not in page


def test_a_common_password_is_refused_from_the_list_on_this_server(volunteer):
    with pytest.raises(ValidationError) as refused:
        validate_password("telechargement", volunteer)
    assert [one.code for one in refused.value.error_list] == ["password_too_common"]


def test_the_name_of_the_own_organisation_is_refused(volunteer, organisation):
    with pytest.raises(ValidationError, match="makkelijk te raden"):
        validate_password(f"{organisation.name}-2026", volunteer)
