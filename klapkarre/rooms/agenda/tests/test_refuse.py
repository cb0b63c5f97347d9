"""Hostile and clumsy input: a clear Dutch sentence, nothing typed lost, nothing stored twice, never a 500."""

import pytest
from django.utils.html import escape

from klapkarre.rooms.agenda.forms.residents import KEPT
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.agenda.tests.make import make_activity, sign_up

NAMES_THAT_ARE_FINE = [
    ("Nour", "Nour"),
    ("  Jan   Peeters ", "Jan Peeters"),
    ("Zoë-Anne d'Hondt", "Zoë-Anne d'Hondt"),
    ("محمد علي", "محمد علي"),
    ("שרה", "שרה"),
    ("Şerife Çelik", "Şerife Çelik"),
    ("李小龙", "李小龙"),
    ("👩‍👩‍👧 gezin", "👩‍👩‍👧 gezin"),
    ("🎈", "🎈"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("{{ 7|add:7 }}{% csrf_token %}", "{{ 7|add:7 }}{% csrf_token %}"),
    ("'; DROP TABLE agenda_signup; --", "'; DROP TABLE agenda_signup; --"),
    ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
    ("Jan\u202eneiraM", "JanneiraM"),
    ("Jan\nPeeters", "Jan Peeters"),
    ("x" * 80, "x" * 80),
    ("42", "42"),
]
NAMES_THAT_ARE_NOT = [
    ("", "Vul je naam in."),
    ("   ", "Vul je naam in."),
    ("\u200b\u200b", "Vul je naam in."),
    ("\u00a0", "Vul je naam in."),
    ("\u202e", "Vul je naam in."),
    ("---", "Vul je naam in."),
    ("\u0301", "Vul je naam in."),
    ("Jan\x00Peeters", "Deze tekst bevat tekens die we niet kunnen bewaren."),
    ("Jan\x1bPeeters", "Deze tekst bevat tekens die we niet kunnen bewaren."),
    ("x" * 81, "Deze tekst is te lang: 81 tekens."),
    ("x" * 1_000_000, "Deze tekst is te lang"),
    ("👩‍👩‍👧" * 100_000, "Deze tekst is te lang"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "stored"), NAMES_THAT_ARE_FINE)
def test_any_name_is_kept_as_it_is(client, worker, team, buurt, typed, stored):
    soup = make_activity(team, buurt)
    assert sign_up(client, soup, typed).status_code == 302
    assert SignUp.objects.get().name == stored
    client.force_login(worker)
    for page in ("lijst/", "lijst/afdrukken/", f"lijst/{SignUp.objects.get().pk}/afmelden/"):
        shown = client.get(f"/werk/activiteiten/{soup.pk}/{page}")
        assert escape(stored) in shown.text
        assert stored in shown.text or stored != escape(stored)
        assert "<script>alert" not in shown.text


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "sentence"), NAMES_THAT_ARE_NOT)
def test_what_is_no_name_gets_a_sentence(client, team, buurt, typed, sentence):
    answer = sign_up(client, make_activity(team, buurt), typed)
    assert (answer.status_code, SignUp.objects.count()) == (200, 0)
    assert sentence in answer.text
    assert len(answer.content) < 30_000


def test_what_was_typed_comes_back(client, team, buurt):
    answer = sign_up(client, make_activity(team, buurt), "y" * 120)
    assert f'value="{"y" * 120}"' in answer.text
    answer = sign_up(client, make_activity(team, buurt), "z" * 100_000)
    assert f'value="{"z" * KEPT}"' in answer.text


@pytest.mark.slow
@pytest.mark.parametrize("key", ["", "x", "0" * 1000, "\x00", "{}", "00000000-0000-0000-0000-00000000000g"])
def test_a_broken_key_still_gives_one_seat_a_click(client, team, buurt, key):
    soup = make_activity(team, buurt)
    answer = client.post(f"/activiteiten/{soup.pk}/aanmelden/", {"name": "Nour", "key": key})
    assert (answer.status_code, SignUp.objects.count()) == (302, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed",
    [typed for typed, _ in NAMES_THAT_ARE_NOT] + [typed for typed, _ in NAMES_THAT_ARE_FINE if typed != "42"],
)
def test_any_text_for_a_code_gets_a_sentence(client, db, typed):
    answer = client.post("/activiteiten/briefje/", {"code": typed})
    assert answer.status_code == 200
    assert 'class="error-summary"' in answer.text
    assert len(answer.content) < 30_000


@pytest.mark.parametrize("token", ["x", "a" * 26, "a" * 1500, "-", "_", "0" * 300])
def test_any_made_up_link_is_calm(client, db, token):
    for path, posted in (
        (f"/activiteiten/briefje/{token}/", 405),
        (f"/activiteiten/briefje/{token}/vrijgeven/", 404),
    ):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == posted


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "head"])
def test_other_methods_change_nothing(client, team, buurt, method):
    soup = make_activity(team, buurt)
    for path in (
        "/activiteiten/",
        f"/activiteiten/{soup.pk}/",
        f"/activiteiten/{soup.pk}/aanmelden/",
        "/activiteiten/briefje/",
    ):
        assert getattr(client, method)(path).status_code < 500
    assert SignUp.objects.count() == 0


def test_an_empty_post_is_a_form_with_a_sentence(client, team, buurt):
    soup = make_activity(team, buurt)
    assert "Vul je naam in." in client.post(f"/activiteiten/{soup.pk}/aanmelden/").text
    assert "Vul de code van je briefje in." in client.post("/activiteiten/briefje/").text


@pytest.mark.slow
def test_script_in_every_field_of_an_activity_stays_text(client, phone, worker, team, buurt):
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    soup = make_activity(team, buurt, title=nasty, summary=nasty, where=nasty, bring=nasty)
    client.force_login(worker)
    pages = [
        phone.get(path)
        for path in ("/activiteiten/", f"/activiteiten/{soup.pk}/", f"/activiteiten/{soup.pk}/aanmelden/")
    ]
    staff = (
        "",
        f"{soup.pk}/wijzigen/",
        f"{soup.pk}/afzeggen/",
        f"{soup.pk}/lijst/",
        f"{soup.pk}/lijst/afdrukken/",
    )
    pages += [client.get(f"/werk/activiteiten/{path}") for path in staff]
    for page in pages:
        assert page.status_code == 200
        assert escape(nasty) in page.text
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
