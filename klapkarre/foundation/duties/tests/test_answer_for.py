"""The pages: terms within the cap, holds, the register, the DPIA and the breach log with its clock."""

import csv
import datetime
import json
import uuid
from collections import Counter

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from klapkarre.foundation.accounts import foreign
from klapkarre.foundation.accounts.models import Reading
from klapkarre.foundation.duties import actions, measures, register, sheet, terms
from klapkarre.foundation.duties.clock import running_clocks
from klapkarre.foundation.duties.models import Answer, Breach, BreachNote, Document, Hold, TermChoice, Version
from klapkarre.foundation.duties.risks import RISKS
from klapkarre.foundation.kit.personal import declarations, personal_models

HOUR = datetime.timedelta(hours=1)
DAYS = datetime.timedelta(days=30)


def form_day(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year, name: ""}


def text_of(answer):
    return answer.content.decode()


@pytest.mark.slow
def test_a_term_may_be_shorter_and_never_longer(client, coordinator, organisation):
    client.force_login(coordinator)
    page = "/organisatie/bewaartermijnen/outreach.contactmoment/"
    long = client.post(page, {"number": "25", "unit": "months", "rule": ""})
    assert "Dat is te lang. Hoogstens twee jaar." in text_of(long)
    assert not TermChoice.objects.exists()
    client.post(page, {"number": "6", "unit": "months", "rule": "R-12"})
    shown = text_of(client.get("/organisatie/bewaartermijnen/"))
    assert "Zes maanden na het gesprek" in shown
    assert "Selectieregel: R-12" in shown
    assert client.get("/organisatie/bewaartermijnen/geen.soort/").status_code == 404


@pytest.mark.slow
def test_who_chose_another_term_stands_in_the_log(client, admin, organisation):
    client.force_login(admin)
    page = "/organisatie/bewaartermijnen/outreach.contactmoment/"
    client.post(page, {"number": "1", "unit": "days", "rule": ""})
    said = Reading.objects.values_list("user__username", "kind", "rows", "reason").get()
    assert said == ("admin", "duties.termchoice", ["outreach.contactmoment"], "termijn gekozen: 1 dagen")
    assert "Telt vanaf" in text_of(client.get("/organisatie/bewaartermijnen/"))


def test_an_older_proof_of_who_you_are_chooses_no_term(client, admin):
    client.force_login(admin)
    session = client.session
    session["confirmed"] -= 3600
    session.save()
    answer = client.post(
        "/organisatie/bewaartermijnen/outreach.contactmoment/", {"number": "1", "unit": "days"}
    )
    assert answer.headers["Location"].startswith("/login/opnieuw/")
    assert not TermChoice.objects.exists()


def test_a_fixed_term_takes_no_number(client, coordinator):
    client.force_login(coordinator)
    client.post(
        "/organisatie/bewaartermijnen/accounts.reading/", {"number": "1", "unit": "days", "rule": "R"}
    )
    assert TermChoice.objects.get().number is None


def test_a_hold_shows_its_reason_to_the_coordinator_only(client, coordinator, admin, organisation):
    soon = timezone.localdate() + DAYS
    client.force_login(coordinator)
    answer = client.post(
        "/organisatie/vasthouden/nieuw/",
        {"kind": "people.person", "row": "", "reason": "Klacht over buurt", **form_day("review_on", soon)},
    )
    assert answer.status_code == 302, text_of(answer)
    assert "Klacht over buurt" in text_of(client.get("/organisatie/vasthouden/"))
    assert Reading.objects.filter(kind="duties.hold").count() == 1
    client.force_login(admin)
    assert "Klacht over buurt" not in text_of(client.get("/organisatie/vasthouden/"))
    client.post(f"/organisatie/vasthouden/{Hold.objects.get().pk}/opheffen/")
    assert (Hold.objects.get().lifted_by, Hold.objects.standing().count()) == (admin, 0)


def test_a_row_of_elsewhere_is_not_held(client, coordinator, organisation):
    client.force_login(coordinator)
    soon = timezone.localdate() + DAYS
    data = {"kind": "people.person", "row": str(uuid.uuid4()), "reason": "x", **form_day("review_on", soon)}
    assert "Dit vind ik niet." in text_of(client.post("/organisatie/vasthouden/nieuw/", data))
    assert not Hold.objects.exists()


@pytest.mark.slow
def test_the_register_is_shown_and_taken_along(client, auditor, coordinator, organisation):
    actions.answer(coordinator, organisation, Document.REGISTER, "dpo", "=1+1", 0)
    client.force_login(auditor)
    assert "Contactmomenten" in text_of(client.get("/organisatie/verwerkingsregister/"))
    lines = client.get("/organisatie/verwerkingsregister/csv/").content.decode("utf-8-sig")
    assert ";'=1+1" in lines
    data = json.loads(client.get("/organisatie/verwerkingsregister/json/").content)
    kept = {line["kind"] for line in data["processing"]}
    assert {"people.person", "duties.hold", "duties.breachnote"} <= kept
    assert client.get("/organisatie/verwerkingsregister/vraag/dpo/").status_code == 403


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "\r=1"])
def test_no_cell_is_a_formula(text):
    assert sheet.safe(text).startswith("'")


def test_the_register_has_a_line_for_every_declared_field():
    own = {(model._meta.label_lower, name) for model in personal_models() for name in declarations(model)}
    theirs = {(model._meta.label_lower, name) for model, fields, _words in foreign.kinds() for name in fields}
    assert {(line.kind, line.field) for line in register.lines()} == own | theirs
    assert all(line.purpose and line.basis and line.term and line.readers for line in register.lines())


def test_the_register_tells_the_term_that_was_chosen(organisation):
    actions.choose_term(organisation, "outreach.contactmoment", number=6, rule="Regel 7")
    told = {
        (line.kind, line.term, line.rule)
        for line in register.lines(terms.choices_of(organisation))
        if line.kind in ("outreach.contactmoment", "counter.visit")
    }
    visits = str(terms.cap_of(terms.kind_of("counter.visit")))
    assert told == {
        ("outreach.contactmoment", "zes maanden na het gesprek", "Regel 7"),
        ("counter.visit", visits, ""),
    }


def test_an_answer_is_added_and_never_overwritten(client, coordinator, organisation):
    client.force_login(coordinator)
    page = "/organisatie/verwerkingsregister/vraag/dpo/"
    client.post(page, {"text": "eerst", "seen": "0"})
    clash = client.post(page, {"text": "tweede", "seen": "0"})
    assert (clash.status_code, "tweede" in text_of(clash)) == (409, True)
    client.post(page, {"text": "tweede", "seen": "1"})
    assert [row.text for row in Answer.objects.all()] == ["tweede", "eerst"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.update(question="doel")


@pytest.mark.slow
def test_the_dpia_keeps_versions(client, coordinator, organisation):
    client.force_login(coordinator)
    client.post("/organisatie/dpia/vraag/doel/", {"text": "Buren verbinden", "seen": "0"})
    client.post("/organisatie/dpia/vastleggen/")
    client.post("/organisatie/dpia/vastleggen/")  # nothing changed: no new version
    client.post("/organisatie/dpia/vraag/doel/", {"text": "Hulp dichterbij", "seen": "1"})
    client.post("/organisatie/dpia/vastleggen/")
    newest, oldest = Version.objects.all()
    assert "Buren verbinden" in text_of(client.get(f"/organisatie/dpia/versie/{oldest.pk}/"))
    assert "Hulp dichterbij" in text_of(client.get(f"/organisatie/dpia/versie/{newest.pk}/"))
    assert "Hulp dichterbij" in text_of(client.get("/organisatie/dpia/html/"))
    assert json.loads(client.get("/organisatie/dpia/json/").content)["risks"]


@pytest.mark.slow
@pytest.mark.access
def test_what_another_organisation_keeps_is_not_there(client, coordinator, auditor, worker_abroad):
    abroad = worker_abroad.memberships.get().organisation
    kept = actions.freeze(worker_abroad, abroad, {"answers": []})
    now = timezone.now()
    breach = actions.note_breach(worker_abroad, abroad, discovered_at=now, what="Verzonnen lek elders")
    for user in (coordinator, auditor):
        client.force_login(user)
        assert client.get(f"/organisatie/dpia/versie/{kept.pk}/").status_code == 404
        assert client.get(f"/organisatie/datalekken/{breach.pk}/").status_code == 404
        assert "elders" not in text_of(client.get("/organisatie/datalekken/"))
        assert "elders" not in text_of(client.get("/organisatie/datalekken/csv/"))
        assert running_clocks(user) == []


def test_the_dpia_says_how_far_the_program_is_with_the_standard(client, coordinator):
    with measures.LIST.open(newline="", encoding="utf-8") as file:
        states = Counter(row["status"] for row in csv.DictReader(file))
    assert states.keys() == measures.STATES.keys()
    whole = {measures.STATES[state]: number for state, number in states.items()}
    assert measures.counted() == whole
    client.force_login(coordinator)
    told = f"{whole['met']} in orde, {whole['not_yet']} nog niet, {whole['not_ours']} niet van toepassing"
    assert [told in text_of(client.get(f"/organisatie/dpia/{part}")) for part in ("", "html/")] == [
        True,
        True,
    ]
    data = json.loads(client.get("/organisatie/dpia/json/").content)
    assert (data["state"], data["standard"]) == (whole, "OWASP ASVS 5.0")
    for risk in data["risks"]:
        assert risk["state"] == measures.counted(risk["chapters"])


def test_every_risk_points_at_chapters_of_the_standard():
    assert [
        risk.name for risk in RISKS if not risk.chapters or set(risk.chapters) - set(measures.chapters())
    ] == []


def test_a_dpia_without_the_list_beside_it_tells_no_counts(client, coordinator, tmp_path, monkeypatch):
    monkeypatch.setattr(measures, "LIST", tmp_path / "asvs.csv")
    measures.chapters.cache_clear()
    client.force_login(coordinator)
    assert "OWASP" not in text_of(client.get("/organisatie/dpia/"))
    measures.chapters.cache_clear()


@pytest.fixture
def breach(coordinator, organisation):
    now = timezone.now()
    return actions.note_breach(coordinator, organisation, discovered_at=now - 10 * HOUR, what="Lijst weg")


def test_a_breach_that_is_not_closed_is_never_past_its_term(breach, coordinator):
    later = timezone.now() + 2000 * DAYS / 30
    assert list(Breach.objects.past_term(later)) == []
    actions.add_note(coordinator, breach, part="afgesloten", text="Klaar.")
    assert list(Breach.objects.past_term(later)) == [breach]
    assert list(Breach.objects.past_term(timezone.now())) == []


def test_a_hold_of_another_organisation_is_not_lifted(client, coordinator, worker_abroad):
    abroad = worker_abroad.memberships.get().organisation
    day = timezone.localdate() + DAYS
    kept = actions.hold(worker_abroad, abroad, kind="people.person", reason="Klacht.", review_on=day)
    actions.lift(coordinator, kept.pk, coordinator.memberships.get().organisation)
    client.force_login(coordinator)
    assert client.post(f"/organisatie/vasthouden/{kept.pk}/opheffen/").status_code == 404
    assert Hold.objects.get().is_standing


def test_the_clock_counts_72_hours(breach):
    assert breach.hours_left(breach.discovered_at + 71.5 * HOUR) == 0
    assert not breach.is_late(breach.discovered_at + 72 * HOUR)
    assert breach.is_late(breach.discovered_at + 72 * HOUR + datetime.timedelta(seconds=1))
    assert breach.hours_left(breach.discovered_at) == 72


def test_the_clock_runs_until_it_is_told_or_explained(client, breach, coordinator, auditor, worker, admin):
    assert [hours for _breach, hours, _late in running_clocks(auditor)] == [61]
    assert running_clocks(worker) == running_clocks(admin) == []
    for user in (coordinator, auditor):
        client.force_login(user)
        assert "nog 61 uur om te melden" in text_of(client.get("/werk/"))
    actions.add_note(coordinator, breach, part="niet-gemeld", text="Niemand zag de lijst")
    assert running_clocks(auditor) == []


def test_a_breach_is_noted_once_and_followed_up(client, coordinator, organisation):
    client.force_login(coordinator)
    assert "Een datalek is elke keer" in text_of(client.get("/organisatie/datalekken/"))
    today, key = timezone.localdate(), str(uuid.uuid4())
    facts = {"key": key, "what": "Lijst weg", "people": "12", "day": today.isoformat(), "hour": "00:00"}
    for _ in range(2):
        assert client.post("/organisatie/datalekken/nieuw/", facts).status_code == 302
    found = Breach.objects.get()
    page = f"/organisatie/datalekken/{found.pk}/"
    empty = client.post(f"{page}aanvullen/", {"key": str(uuid.uuid4()), "part": "gevolgen", "text": ""})
    assert "Schrijf wat je wil noteren." in text_of(empty)
    timeless = client.post(
        f"{page}aanvullen/", {"key": str(uuid.uuid4()), "part": "gemeld", "text": "Aan de GBA"}
    )
    assert "Vul in op welke dag en hoe laat." in text_of(timeless)
    line = {"key": str(uuid.uuid4()), "part": "gevolgen", "text": "Kleine kans op misbruik"}
    for _ in range(2):
        assert client.post(f"{page}aanvullen/", line).status_code == 302
    assert found.notes.filter(part="gevolgen").count() == 1
    assert "Kleine kans op misbruik" in text_of(client.get(page))
    assert "Lijst weg" in client.get("/organisatie/datalekken/csv/").content.decode("utf-8-sig")


def test_an_administrator_notes_what_is_technical_only(client, admin, auditor, breach):
    page = f"/organisatie/datalekken/{breach.pk}/"
    client.force_login(admin)
    client.post(
        f"{page}aanvullen/", {"key": str(uuid.uuid4()), "part": "maatregelen", "text": "Sleutel vervangen"}
    )
    client.post(f"{page}aanvullen/", {"key": str(uuid.uuid4()), "part": "gevolgen", "text": "Geen"})
    assert [note.part for note in breach.notes.all()] == ["wat", "maatregelen"]
    client.force_login(auditor)
    assert client.post(f"{page}aanvullen/", {"part": "wat", "text": "x"}).status_code == 403


def test_the_log_of_a_breach_is_only_added_to(breach):
    with pytest.raises(DatabaseError), transaction.atomic():
        BreachNote.objects.update(part="afgesloten")
    with pytest.raises(DatabaseError), transaction.atomic():
        Breach.objects.update(discovered_at=timezone.now())
