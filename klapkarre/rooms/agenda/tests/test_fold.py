"""The form of an activity asks what, when and where; the rest is folded, says what it holds, and opens for an error."""

import re

import pytest

from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.tests import test_repeat
from klapkarre.rooms.agenda.tests.make import make_activity

fields = test_repeat.fields


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


def folded(page):
    """What each folded part says, and whether it stands open."""
    found = re.findall(r"<details(| open)>\s*<summary>(.*?)</summary>", page, re.DOTALL)
    plain = [(re.sub(r"<[^>]+>", " ", words), bool(is_open)) for is_open, words in found]
    return [(" ".join(words.split()), is_open) for words, is_open in plain]


def test_what_when_where_come_first_and_nothing_stands_open(signed_in, team, buurt):
    page = signed_in.get(test_repeat.ADD).text
    order = [page.index(f'id="{name}"') for name in ("wat", "wanneer", "waar", "meer", "id_audiences_0")]
    assert order == sorted(order)
    assert folded(page) == [
        ("Komt het terug?", False),
        ("Aanmelden en plaatsen Nee, gewoon komen", False),
        ("Voor wie, en wat is er?", False),
        ("Prijs, en wat je meebrengt", False),
        ("Talen en partners", False),
        ("Soort, en wie het draagt Activiteit · Voor bewoners", False),
    ]


def test_what_is_filled_in_is_said_on_the_fold(signed_in, team, buurt):
    soup = make_activity(
        team, buurt, where="Plein", price_cents=250, bring="Een kom", audiences=("gezinnen",)
    )
    said = [
        words for words, _is_open in folded(signed_in.get(f"/werk/activiteiten/{soup.pk}/wijzigen/").text)
    ]
    assert said[1:3] == [
        "Voor wie, en wat is er? Gezinnen",
        "Prijs, en wat je meebrengt Prijs in euro: 2,50 · Wat breng je mee: Een kom",
    ]


def test_a_part_with_an_error_opens_and_no_other(signed_in, fields):
    wrong = fields | {"price_cents": "veel", "capacity": "12"}
    page = signed_in.post(test_repeat.ADD, wrong).text
    assert [words for words, is_open in folded(page) if is_open] == [
        "Prijs, en wat je meebrengt Prijs in euro: veel"
    ]
    assert ('href="#id_price_cents"' in page, Activity.objects.count()) == (True, 0)
    page = signed_in.post(test_repeat.ADD, fields | {"every": "1"}).text
    assert [words for words, is_open in folded(page) if is_open] == ["Komt het terug?"]
