"""The card of a worker: nothing without a yes, on the pages of her neighbourhoods, and gone at once."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from klapkarre.foundation.accounts.models import Membership
from klapkarre.foundation.people import actions, retention
from klapkarre.foundation.people.models import StaffCard

CARD = "/werk/kaartje/"


def photo():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Kerkstraat"
    Image.effect_noise((900, 600), 120).convert("RGB").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("ik.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def typed(buurt):
    return {"first_name": "Fien", "phone": "0470 00 00 00", "neighbourhoods": [buurt.pk], "agreed": "on"}


@pytest.fixture
def own(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def page(db, buurt):
    """What a resident reads on the page of the neighbourhood."""
    from django.test import Client

    return lambda: Client().get(buurt.get_absolute_url()).text


def test_a_card_shows_with_a_yes_and_goes_at_once(
    own, page, typed, folder, django_capture_on_commit_callbacks
):
    own.post(CARD, typed | {"photo": photo()})
    card = StaffCard.objects.get()
    shown = page()
    assert ["Fien" in shown, "tel:+32470000000" in shown, card.photo_url in shown] == [True] * 3
    answer = own.get(card.photo_url)
    assert (answer.headers["Cache-Control"], len(answer.content) <= 40_000) == ("no-store", True)
    assert b"Kerkstraat" not in answer.content
    with django_capture_on_commit_callbacks(execute=True):
        own.post(f"{CARD}{card.pk}/weg/")
    assert ("Fien" in page(), own.get(card.photo_url).status_code) == (False, 404)
    assert list(folder.rglob("*.webp")) == []


def test_without_a_yes_nothing_is_stored(own, typed, page):
    answer = own.post(CARD, {name: value for name, value in typed.items() if name != "agreed"})
    assert "Zonder jouw ja tonen we niets." in answer.text
    assert ('value="Fien"' in answer.text, StaffCard.objects.exists(), "Fien" in page()) == (
        True,
        False,
        False,
    )


def test_who_does_not_work_here_any_more_is_not_shown(worker, organisation, buurt, page):
    values = {"first_name": "Fien", "phone": "", "neighbourhoods": [buurt]}
    actions.show_card(worker, organisation, values)
    assert "Fien" in page()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Membership.objects.filter(user=worker).update(starts_on=yesterday, ends_on=yesterday)
    retention.run(timezone.now())
    assert StaffCard.objects.shown().exists() is False
    retention.run(timezone.now() + datetime.timedelta(days=3))
    assert StaffCard.objects.exists() is False


@pytest.mark.slow
def test_saving_again_replaces_the_photo_and_its_files(
    own, typed, folder, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        own.post(CARD, typed | {"photo": photo()})
        own.post(CARD, typed | {"photo": photo(), "first_name": "Fientje"})
    assert StaffCard.objects.get().first_name == "Fientje"
    assert len(list(folder.rglob("*.webp"))) == 2
    with django_capture_on_commit_callbacks(execute=True):
        own.post(CARD, typed | {"without_photo": "on"})
    assert (StaffCard.objects.get().small, list(folder.rglob("*.webp"))) == ("", [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"first_name": ""}, "Vul je voornaam in."),
        ({"phone": "bel mij"}, "Dit nummer klopt niet."),
        ({"neighbourhoods": []}, "Kies minstens één buurt."),
        ({"neighbourhoods": ["999999"]}, "Kies iets uit de lijst."),
        ({"photo": SimpleUploadedFile("x.jpg", b"geen foto")}, "We kunnen deze foto niet lezen."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(own, typed, wrong, words):
    answer = own.post(CARD, typed | wrong)
    assert (words in answer.text, StaffCard.objects.exists()) == (True, False)


@pytest.mark.slow
def test_a_coordinator_sees_who_said_yes_and_may_take_it_away(
    client, coordinator, worker, organisation, buurt
):
    card = actions.show_card(
        worker, organisation, {"first_name": "Fien", "phone": "", "neighbourhoods": [buurt]}
    )
    client.force_login(coordinator)
    assert "Zei ja op" in client.get(CARD).text
    client.post(f"{CARD}{card.pk}/weg/")
    assert "Nog niemand zei ja." in client.get(CARD).text
