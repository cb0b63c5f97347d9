"""Residents run an activity with a code of their own; the team sees each change and can set it back."""

import datetime
import io
import re
import uuid

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from klapkarre.foundation.finding.models import Entry
from klapkarre.foundation.kit import pdf
from klapkarre.foundation.kit.guesses import MOST_WRONG
from klapkarre.rooms.agenda import actions, handover_codes, slips, wording
from klapkarre.rooms.agenda.actions import planning
from klapkarre.rooms.agenda.models import Activity, HandOver, HandOverChange, Notice, Series
from klapkarre.rooms.agenda.tests.make import fill, form_of, make_activity

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
AGREED = {
    "takes_on": "Koffie zetten",
    "kit": "Thermos",
    "opens": "De bakker",
    "tasks": "",
    "fallback": "Loket, 052 1",
}
# Two o'clock in the afternoon in Brussels, far from midnight and from a change of the clock.
WHEN = datetime.datetime(2030, 11, 21, 13, tzinfo=datetime.UTC)


def given(activity, along=None, **more):
    values = AGREED | {"until": timezone.localdate() + 30 * DAY} | more
    return actions.hand_over(activity, values, along, key=uuid.uuid4())


@pytest.fixture
def soup(team, buurt):
    return make_activity(team, buurt, starts_at=WHEN, bring="een kom")


@pytest.fixture
def begun(team, buurt):
    return make_activity(team, buurt, starts_in=-HOUR)


def found():
    """Which activities search knows."""
    return set(Entry.objects.filter(kind="activity").values_list("key", flat=True))


def page_of(handover, activity=None):
    token = handover_codes.token_of(handover)
    return f"/activiteiten/overdracht/{token}/" + (f"{activity.pk}/" if activity else "")


def run(phone, handover, activity, **typed):
    return phone.post(page_of(handover, activity), {"website": ""} | typed)


def test_from_worker_to_resident_and_the_first_change(client, phone, worker, soup):
    client.force_login(worker)
    here = f"/werk/activiteiten/{soup.pk}/overdracht/"
    data = form_of(client.get(here)) | AGREED
    last = timezone.localdate() + 30 * DAY
    until = {"until_day": last.day, "until_month": last.month, "until_year": last.year}
    client.post(here, data | {"until": "other"} | until)
    made = HandOver.objects.get()
    soup.refresh_from_db()
    assert soup.lives_alone
    code = handover_codes.code_of(made)
    answer = phone.post("/activiteiten/overdracht/", {"code": code.replace("-", " ").upper(), "website": ""})
    assert answer["Location"] == page_of(made)
    answer = run(phone, made, soup, starts="15:00", ends="17:00")
    assert "Bewaard. Dank je." in phone.get(answer["Location"]).text
    soup.refresh_from_db()
    assert soup.starts_at == WHEN + HOUR
    page = client.get(here)
    assert ("14:00-16:00" in page.text, "Door de bewoners" in page.text) == (True, True)
    assert f'href="{here}#wijzigingen"' in client.get("/werk/").text
    client.post(f"{here}{HandOverChange.objects.get().pk}/terug/")
    soup.refresh_from_db()
    assert soup.starts_at == WHEN
    assert "De buren wijzigden iets" not in client.get("/werk/").text


def test_no_name_of_who_comes_is_shown(phone, soup):
    fill(soup, 2)
    made = given(soup)
    pages = [phone.get(page_of(made)).text, phone.get(page_of(made, soup)).text]
    assert ["Buur" in text.replace("Buurtpunten", "").replace("Buurten", "") for text in pages] == [
        False,
        False,
    ]
    assert "2 namen op de lijst" in pages[0]


def test_the_code_of_another_hand_over_opens_nothing_of_this_one(phone, team, buurt, soup):
    other = given(make_activity(team, buurt))
    given(soup)
    assert run(phone, other, soup, reason="regen", sure="ja").status_code == 404
    soup.refresh_from_db()
    assert not soup.is_cancelled


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts": "16:15", "ends": "18:00"}, "Schuif hoogstens twee uur op."),
        ({"starts": "14:00", "ends": "14:00"}, "Het einde valt voor het begin."),
        ({"starts": "25:00", "ends": "x"}, "Er klopt iets niet"),
        ({"bring": "Bel 0470 12 34 56"}, "een telefoonnummer"),
        ({"reason": ""}, "Schrijf waarom het niet doorgaat."),
        ({"headcount": "9"}, "Dit kan zodra de activiteit begonnen is."),
        ({"headcount": "-1"}, "Vul een getal in van 0 of meer."),
        ({"bring": "x", "website": "spam"}, "We konden dit niet bewaren."),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(phone, soup, typed, sentence):
    made = given(soup)
    page = run(phone, made, soup, **typed)
    assert (page.status_code, sentence in page.text) == (200, True)
    assert HandOverChange.objects.count() == 0


@pytest.mark.slow
def test_called_off_by_residents_and_set_back(client, phone, worker, soup):
    fill(soup, 1)
    made = given(soup)
    run(phone, made, soup, reason="De kok is ziek", sure="ja")
    soup.refresh_from_db()
    assert (soup.is_cancelled, soup.signups.to_tell().count()) == (True, 1)
    client.force_login(worker)
    client.post(f"/werk/activiteiten/{soup.pk}/overdracht/{HandOverChange.objects.get().pk}/terug/")
    soup.refresh_from_db()
    assert (soup.is_cancelled, soup.cancelled_because) == (False, "")


def test_who_comes_hears_that_it_takes_place_after_all(phone, soup):
    (row,) = fill(soup, 1)
    actions.change_contact(row, actions.Contact(mail="nour@voorbeeld.be", how="mail"))
    made = given(soup)
    run(phone, made, soup, reason="De kok is ziek", sure="ja")
    Notice.objects.update(state=Notice.State.SENT)
    actions.tell(row)
    soup.refresh_from_db()
    off = soup.version, soup.saved_at
    assert (soup.is_cancelled, soup.signups.to_tell().count(), found()) == (True, 0, set())
    actions.undo(HandOverChange.objects.get())
    soup.refresh_from_db()
    assert (soup.version, soup.saved_at > off[1]) == (off[0] + 1, True)
    assert (soup.signups.to_tell().count(), found()) == (1, {str(soup.pk)})
    assert Notice.objects.filter(kind=Notice.Kind.NEWS, state=Notice.State.WAITING).count() == 1
    text = wording.news(soup, list(soup.signups.all()))
    assert ("De activiteit gaat toch door." in text, "is gewijzigd" in text) == (True, False)
    assert "De activiteit gaat toch door." in phone.get(f"/activiteiten/briefje/{slips.token_of(row)}/").text


@pytest.mark.slow
def test_small_steps_go_no_further_than_two_hours_from_what_was_agreed(phone, soup):
    made = given(soup)
    run(phone, made, soup, starts="16:00", ends="18:00")
    page = run(phone, made, soup, starts="17:00", ends="19:00")
    assert "Schuif hoogstens twee uur op." in page.text
    run(phone, made, soup, starts="12:00", ends="14:00")
    soup.refresh_from_db()
    assert (soup.starts_at, HandOverChange.objects.count()) == (WHEN - 2 * HOUR, 2)


@pytest.mark.slow
def test_the_hours_that_the_team_chose_later_are_what_is_agreed(phone, soup):
    made = given(soup)
    run(phone, made, soup, starts="16:00", ends="18:00")
    actions.undo(HandOverChange.objects.get())
    soup.refresh_from_db()
    values = {name: getattr(soup, name) for name in planning.PLAIN} | {"day": soup.day}
    evening = {"starts": datetime.time(18), "ends": datetime.time(20)}
    actions.change(soup, values | evening, soup.version)
    run(phone, made, soup, starts="20:00", ends="22:00")
    soup.refresh_from_db()
    assert soup.starts_at == WHEN + 6 * HOUR


def test_calling_off_is_asked_first(phone, soup):
    made = given(soup)
    page = run(phone, made, soup, reason="De kok is ziek")
    soup.refresh_from_db()
    assert (soup.is_cancelled, "Wil je dit echt afzeggen?" in page.text) == (False, True)
    assert 'name="reason" value="De kok is ziek"' in page.text
    run(phone, made, soup, reason="De kok is ziek", sure="ja")
    soup.refresh_from_db()
    assert soup.is_cancelled


@pytest.mark.slow
def test_calling_off_promises_no_more_than_the_team_can_do(phone, soup):
    rows, made = fill(soup, 3), given(soup)
    for row, nobody in ((rows[0], True), (rows[1], False)):
        asked = phone.get(page_of(made, soup)).text, run(phone, made, soup, reason="Ziek").text
        assert ["Er staan 3 mensen op de lijst." in page for page in asked] == [True, True]
        assert ["Het team kan niemand bereiken." in page for page in asked] == [nobody, nobody]
        assert ["Het team kan 1 mens bereiken." in page for page in asked] == [not nobody, not nobody]
        assert ["of hang een briefje op." in page for page in asked] == [True, True]
        actions.change_contact(row, actions.Contact(mail="nour@voorbeeld.be", how="mail"))
    actions.change_contact(rows[2], actions.Contact(phone="+32470112233", how="call"))
    page = run(phone, made, soup, reason="Ziek").text
    assert ("Het team kan 3 mensen bereiken." in page, "hang een briefje" in page) == (True, False)


@pytest.mark.slow
def test_what_is_far_too_long_does_not_come_back_whole(phone, soup):
    made = given(soup)
    pages = [run(phone, made, soup, **{name: "x" * 1_000_000}) for name in ("bring", "reason")]
    assert ["Deze tekst is te lang" in page.text for page in pages] == [True, True]
    assert [len(page.content) < 40_000 for page in pages] == [True, True]
    longer = run(phone, made, soup, bring="x" * 201)
    assert "Deze tekst is te lang: 201 tekens. Gebruik er hoogstens 200." in longer.text


def test_the_list_leads_to_the_hand_over(client, worker, soup):
    client.force_login(worker)
    link = f'href="/werk/activiteiten/{soup.pk}/overdracht/"'
    assert link in client.get("/werk/activiteiten/").text
    actions.call_off(soup, "Ziek")
    assert link not in client.get("/werk/activiteiten/").text


@pytest.mark.slow
def test_residents_count_who_was_there(phone, begun):
    made = given(begun)
    run(phone, made, begun, headcount="23")
    run(phone, made, begun, headcount="23")
    begun.refresh_from_db()
    assert (begun.headcount, HandOverChange.objects.count()) == (23, 1)


@pytest.mark.slow
def test_what_changed_since_is_not_set_back(phone, soup):
    made = given(soup)
    run(phone, made, soup, bring="een stoel")
    run(phone, made, soup, bring="een bord")
    last, first = HandOverChange.objects.all()
    with pytest.raises(ValidationError, match="Intussen wijzigde er nog iets"):
        actions.undo(first)
    actions.undo(last)
    actions.undo(last)
    soup.refresh_from_db()
    assert soup.bring == "een stoel"


@pytest.mark.slow
def test_a_series_is_run_from_this_day_on(phone, team, buurt):
    today = timezone.localdate()
    series = Series.objects.create(team=team, first_day=today - 9 * DAY, last_day=today + 20 * DAY)
    days = [make_activity(team, buurt, starts_in=number * DAY, series=series) for number in (1, 8, 15)]
    made = given(days[1], Activity.objects.all())
    assert list(made.activities()) == days[1:]
    assert phone.get(page_of(made, days[0])).status_code == 404
    assert [row.lives_alone for row in Activity.objects.all()] == [False, True, True]


@pytest.mark.slow
@pytest.mark.parametrize("change", ["ended", "over", "wrong"])
def test_a_code_that_is_over_opens_nothing(phone, soup, change):
    made = given(soup)
    if change == "ended":
        actions.end(made, None)
    elif change == "over":
        HandOver.objects.update(until=timezone.localdate() - DAY)
    path = page_of(made) if change != "wrong" else "/activiteiten/overdracht/" + "a" * 26 + "/"
    answers = [phone.get(path), phone.post(f"{path}{soup.pk}/", {"reason": "x", "sure": "ja", "website": ""})]
    assert [one.status_code for one in answers] == [404, 404]
    soup.refresh_from_db()
    assert not soup.is_cancelled


@pytest.mark.slow
def test_wrong_codes_are_counted(phone, soup):
    given(soup)
    wrong = {"code": "appel fiets soep 11", "website": ""}
    answers = [phone.post("/activiteiten/overdracht/", wrong).status_code for _ in range(MOST_WRONG + 1)]
    assert answers == [200] * MOST_WRONG + [429]


@pytest.mark.slow
def test_twice_is_once_and_two_who_agree_at_once_lose_nothing(client, worker, soup):
    client.force_login(worker)
    here = f"/werk/activiteiten/{soup.pk}/overdracht/"
    data = form_of(client.get(here)) | AGREED
    for _ in range(2):
        client.post(here, data)
    assert HandOver.objects.count() == 1
    first = form_of(client.get(here))
    client.post(here, first | {"kit": "Van de eerste"})
    page = client.post(here, first | {"kit": "Van de tweede"})
    assert (page.status_code, HandOver.objects.get().kit, "Van de tweede" in page.text) == (
        409,
        "Van de eerste",
        True,
    )


@pytest.mark.slow
def test_another_team_sees_and_undoes_nothing(client, worker_elsewhere, phone, soup):
    made = given(soup)
    run(phone, made, soup, bring="een stoel")
    client.force_login(worker_elsewhere)
    here = f"/werk/activiteiten/{soup.pk}/overdracht/"
    tails = ("", f"{HandOverChange.objects.get().pk}/terug/", "stop/", "blad.pdf")
    assert [client.post(here + tail).status_code for tail in tails] == [404] * 4


@pytest.mark.slow
@pytest.mark.interop
def test_the_paper_for_residents(client, worker, soup, need):
    need(pdf.is_here(), f"pango ontbreekt: {pdf.INSTALL}")
    made = given(soup)
    client.force_login(worker)
    answer = client.get(f"/werk/activiteiten/{soup.pk}/overdracht/blad.pdf")
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    said = ["Koffie zetten", "Thermos", "De bakker", "Loket, 052 1", handover_codes.code_of(made)]
    assert [one for one in said if one not in text.replace("- ", "-")] == []
    assert "/StructTreeRoot" in document.trailer["/Root"]


@pytest.mark.slow
def test_the_code_is_on_the_same_page_in_larger_letters(client, worker, soup, need):
    need(pdf.is_here(), f"pango ontbreekt: {pdf.INSTALL}")
    tasks = "Melk halen\nBuren verwittigen\nDe vuilbak buitenzetten"
    made = given(soup, takes_on="Koffie zetten\nDe zaal klaarzetten\nAfwassen\nDe deur sluiten", tasks=tasks)
    client.force_login(worker)
    answer = client.get(f"/werk/activiteiten/{soup.pk}/overdracht/blad.pdf?letters=groot")
    (page,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert handover_codes.code_of(made).partition("-")[0] in page.extract_text()


@pytest.mark.slow
def test_a_reason_with_a_number_is_asked_once(phone, soup):
    made = given(soup)
    path = f"{page_of(made)}{soup.pk}/"
    typed = {"reason": "Bel Rita, 0470 12 34 56", "website": ""}
    assert "Iedereen mag dit nummer zien. Bewaar het zo." in phone.post(path, typed).text
    asked = phone.post(path, typed | {"reason_checked": "on"}).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked))
    phone.post(path, hidden | {"sure": "ja", "website": ""})
    soup.refresh_from_db()
    assert soup.cancelled_because == "Bel Rita, 0470 12 34 56"
