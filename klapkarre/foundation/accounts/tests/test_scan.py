"""Search in sealed notes: in any case and accents, inside the rows that were given, and never more than the cap."""

import pytest
from django.conf import settings

from klapkarre.foundation.accounts import keyring, rotation
from klapkarre.foundation.accounts.models import DataKey
from klapkarre.foundation.kit.cipher import CannotOpen
from klapkarre.foundation.kit.scanning import scan
from klapkarre.rooms.outreach.models import ContactMoment

pytestmark = pytest.mark.django_db
NOTES = ("De dakgoot lekt bij Zoë", "DAKGOTEN en een straße", "niets", None, "ليلى vraagt raad")


@pytest.fixture
def rows(team, buurt):
    for note in NOTES:
        ContactMoment.objects.create(
            organisation=team.organisation, team=team, neighbourhood=buurt, setting="straat", note=note
        )
    return ContactMoment.objects.filter(team=team)


@pytest.mark.parametrize(
    ("words", "notes"),
    [
        ("dakgo", [0, 1]),
        ("ZOE dákgoot", [0]),
        ("lekt straat", []),
        ("STRASSE", [1]),
        ("ليلى", [4]),
        ("x", []),
    ],
)
def test_every_word_must_be_there(rows, words, notes):
    found = scan(rows, words)
    assert sorted(NOTES.index(row.note) for row in found.rows) == notes
    assert (found.looked_at, found.cut_off) == (5, False)


@pytest.mark.parametrize("words", ["", "   ", "\u200f"])
def test_without_words_nothing_is_opened(rows, words):
    settings.KEY_FILE.unlink()
    keyring.forget_opened_keys()
    assert scan(rows, words).looked_at == 0
    with pytest.raises(CannotOpen):
        scan(rows, "dakgoot")


def test_it_stops_at_the_cap_and_says_so(rows):
    found = scan(rows.order_by("pk"), "dakgo", cap=4)
    assert (found.looked_at, found.cut_off) == (4, True)
    assert scan(rows, "dakgo", cap=5).cut_off is False


def test_it_stays_inside_the_rows_that_were_given(rows):
    assert scan(rows.none(), "dakgoot").rows == []


@pytest.mark.slow
def test_a_rotation_in_between_is_no_error(rows, organisation, monkeypatch):
    old = DataKey.objects.get()
    listed = list(rows.values_list("pk", "organisation_id", "note"))
    rotation.rotate(organisation)
    keyring.forget_opened_keys()
    assert not DataKey.objects.filter(pk=old.pk).exists()

    class Before(type(rows)):
        def values_list(self, *names):
            return listed if "pk" in names else super().values_list(*names)

    before = Before(model=rows.model, query=rows.query)
    assert len(scan(before, "dakgo").rows) == 2
