"""After erasing a person no marker is left: not in any stored value, opened, and not as bytes in any file.

Every personal text of every model that is reachable from a person gets a marker, through the app registry: a field
that comes later is covered by itself, a model that comes later fails until the world here has a row of it. Sealed
texts show no marker, so the sealed bytes themselves are searched too, in the database file, its write-ahead log and
its free pages.
"""

import io
import logging
import pickle
import uuid

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from klapkarre.foundation.kit.fields import EncryptedTextField, Sealed
from klapkarre.foundation.people import actions, ledger, subject
from klapkarre.foundation.people.models import AgreedStep, Person
from klapkarre.foundation.people.tests.ask import make_request
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.rooms.outreach.models import ContactChange
from klapkarre.rooms.outreach.tests.make import make_contact, make_visit_at_home
from tests.canary.test_dump import dump

pytestmark = [pytest.mark.canary, pytest.mark.django_db(transaction=True)]

MARKER = "Kanarievogel"


@pytest.fixture
def person(team, worker, buurt):
    """One row of every kind that a person can have, made as the pages make them."""
    person, other, double = (make_person(team, worker, MARKER) for _ in range(3))
    contact = make_contact(team, buurt, by=worker, note=MARKER, person=person, setting="huisbezoek")
    own = {"organisation_id": team.organisation_id, "contact": contact}
    ContactChange.objects.create(**own, field="note", before=MARKER)
    make_visit_at_home(contact, worker, wish=MARKER)
    step = {"what": MARKER, "doer": "wij", "who": MARKER, "day": timezone.localdate()}
    actions.add_step(person, step, uuid.uuid4())
    for one, facts in ((person, {"who": MARKER, "other": None}), (other, {"who": None, "other": person})):
        facts |= {"volunteer": None, "does": "belt", "agreed_on": timezone.localdate()}
        actions.add_tie(one, facts, uuid.uuid4())
    actions.change_step(person.steps.get(), step | {"who": "Anders"}, 1, worker)
    texts = {name: getattr(person, name) for name in Person.TEXTS}
    actions.merge(person, double, texts, (person.version, double.version), worker)
    person.refresh_from_db()
    actions.change_person(person, texts | {"wants": MARKER}, person.version, user=worker)
    actions.restrict(make_request(person, worker, "beperking"), MARKER, worker)
    actions.lift(person, MARKER, worker)
    Person.objects.filter(pk=other.pk).update(version=9)
    return Person.objects.get(pk=person.pk)


def reachable(person):
    """Every row of this person, by model."""
    rows = {Person: subject.family(person)}
    for _pointer, found in subject.parts(rows[Person]):
        for some in (found, *subject.below(found)):
            rows.setdefault(type(some[0]), []).extend(some)
    return rows


def mark(person):
    """A marker in every sealed text of every row; gives the sealed bytes. A field that no row takes fails."""
    sealed, unmarked = set(), []
    rows = reachable(person)
    for model in {pointer.model for pointer in subject.pointers()} - set(rows):
        unmarked.append(f"{model._meta.label}: no row here")
    for model, found in rows.items():
        for name in subject.sealed_fields(model):
            marked = [row for row in found if _marked(row, name)]
            if not marked:
                unmarked.append(f"{model._meta.label}.{name}")
            sealed.update(_bytes_of(row, name) for row in marked)
    assert unmarked == []
    return sealed


def _marked(row, name):
    """Put the marker in this field, past what the model itself allows; not where the database refuses it."""
    field = row._meta.get_field(name)
    text = f"{MARKER} {row._meta.label_lower}.{name}"
    try:
        with transaction.atomic():
            sealed = field.sealed_for(row, text)
            return type(row)._base_manager.filter(pk=row.pk).update(**{name: sealed})
    except IntegrityError:
        return False


def _bytes_of(row, name):
    stored = type(row)._base_manager.filter(pk=row.pk).values_list(name, flat=True).get()
    # The ciphertext behind version, key and nonce: random, so that a hit is no chance.
    return bytes(stored)[21:]


def left_in_rows():
    """Where a stored value shows the marker, sealed ones opened, and sessions read."""
    found = [] if MARKER.encode() not in dump() else ["a column in clear"]
    for model in apps.get_models():
        names = [f.name for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
        for row in model._base_manager.all() if names else ():
            found += [f"{model._meta.label}.{name}" for name in names if MARKER in (getattr(row, name) or "")]
    sessions = apps.get_model("sessions.session").objects.all()
    return found + ["a session" for session in sessions if MARKER in str(session.get_decoded())]


def left_in_files(sealed):
    """Which files hold the marker, or the bytes of a text that was sealed: database, log, free pages, media, ledger."""
    files = [path for path in settings.DATA.rglob("*") if path.is_file()]
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        files += [path for path in (ledger.path().parent.glob("*")) if path.is_file()]
        files = [path for path in files if ".sqlite3" not in path.name or str(path).startswith(name)]
    wanted = [MARKER.encode(), *(sealed if connection.vendor == "sqlite" else ())]
    return sorted({path.name for path in files for one in wanted if one in path.read_bytes()})


def left_elsewhere(log):
    """Caches, mail and log lines."""
    found = [name for name in caches if MARKER.encode() in pickle.dumps(vars(caches[name]).get("_cache", {}))]
    found += ["mail" for letter in getattr(mail, "outbox", []) if MARKER in str(letter.message())]
    return found + (["log"] if MARKER in log.getvalue() else [])


@pytest.fixture
def log():
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def erase(client, worker, person):
    """As a worker does: look, export, and erase."""
    found = make_request(person, worker, checked=MARKER)
    client.force_login(worker)
    address = f"/werk/personen/rechten/{found.pk}/"
    for path in (person.path, address, address + "inzage/", address + "inzage.json", address + "wissen/"):
        assert MARKER in client.get(path).text
    session = client.session
    session["draft"] = {"name": f"{MARKER} people.person.name", "what": f"{MARKER} people.agreedstep.what"}
    session["note"] = f"{MARKER} outreach.contactmoment.note"
    session.save()
    assert client.post(address + "wissen/", {"sure": "on"}).status_code == 302


def test_no_marker_is_left_anywhere(client, worker, person, log):
    forget = [row.pk for row in Person.objects.filter(version=9)]
    sealed = mark(person)
    if connection.vendor == "sqlite":
        assert left_in_files(sealed) != []  # the search finds what is there
    erase(client, worker, person)
    Person.objects.filter(pk__in=forget).delete()
    actions.erasing.leave_no_trace()
    assert left_in_rows() == []
    assert left_in_files(sealed) == []
    assert left_elsewhere(log) == []


@pytest.mark.slow
def test_a_row_that_is_passed_over_is_found(client, worker, person, team, monkeypatch):
    mark(person)
    step = AgreedStep.objects.get()
    erase(client, worker, person)
    stray = make_person(team, worker, "Iemand anders")
    AgreedStep(
        pk=step.pk, organisation=team.organisation, person=stray, what=MARKER, doer="wij", day="2026-12-01"
    ).save()
    assert "people.AgreedStep.what" in left_in_rows()


@pytest.mark.slow
def test_free_pages_and_the_log_of_writes_are_really_searched(client, worker, person):
    if connection.vendor != "sqlite":
        pytest.skip("the file of the database is SQLite's")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF").fetchall()
    sealed = mark(person)
    try:
        erase(client, worker, person)
        assert left_in_files(sealed) != []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON").fetchall()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@pytest.mark.slow
def test_a_leak_in_a_cache_a_log_or_a_file_is_found(log, tmp_path):
    caches["default"].set("page", MARKER)
    logging.getLogger().warning("saved %s", MARKER)
    assert left_elsewhere(log) == ["default", "log"]
    planted = settings.DATA / "export.json"
    planted.write_text(MARKER)
    assert left_in_files(set()) == ["export.json"]
    planted.unlink()


@pytest.mark.slow
def test_a_field_that_no_row_takes_is_found(person, monkeypatch):
    monkeypatch.setattr(
        f"{__name__}._marked", lambda row, name: name != "reason" and isinstance(Sealed(b""), bytes)
    )
    monkeypatch.setattr(f"{__name__}._bytes_of", lambda row, name: b"")
    with pytest.raises(AssertionError, match=r"people\.RequestEvent.reason"):
        mark(person)
