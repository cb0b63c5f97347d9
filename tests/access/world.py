"""One world for the matrix: two organisations, everyone who could knock, one row of each kind with a marker in it."""

import datetime
import time
import uuid
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from klapkarre.foundation.accounts import actions, invitations, phones
from klapkarre.foundation.accounts.models import Membership, Opening, Reading, Role, Team, User
from klapkarre.foundation.accounts.models.openings import OPEN_FOR
from klapkarre.foundation.duties import actions as duties
from klapkarre.foundation.duties import dpia
from klapkarre.foundation.duties.models import Document
from klapkarre.foundation.kit.pictures import Drawn
from klapkarre.foundation.kit.sounds import Sound
from klapkarre.foundation.people import actions as people
from klapkarre.foundation.people.models import Quarantined
from klapkarre.foundation.people.tests.ask import make_request
from klapkarre.foundation.people.tests.make import make_person
from klapkarre.foundation.places import photos
from klapkarre.foundation.places.models import Closure, Municipality, Neighbourhood, Place
from klapkarre.foundation.voices import actions as voices
from klapkarre.foundation.voices.models import Recording
from klapkarre.rooms.agenda import actions as agenda
from klapkarre.rooms.agenda import handover_codes, slips
from klapkarre.rooms.agenda.actions import sign_up
from klapkarre.rooms.agenda.models import Series
from klapkarre.rooms.agenda.tests.make import make_activity
from klapkarre.rooms.counter.tests.make import make_visit
from klapkarre.rooms.news.tests.make import make_news
from klapkarre.rooms.outreach import actions as outreach
from klapkarre.rooms.outreach.models import Certificate, ContactChange, Support
from klapkarre.rooms.outreach.tests.make import make_contact, make_round, make_visit_at_home
from tests.personas import with_both_factors

MARKER = "Kanarievogel"
# What was written about someone who is restricted: it shows nowhere, to nobody.
LOCKED = "Roerdomp"
LONG_AGO = datetime.date(2024, 1, 1)

# name: (role, organisation, team, more facts of the role); the rows of the world belong to `here`, team `own`.
PERSONAS = {
    "anonymous": None,
    "volunteer": (Role.VOLUNTEER, "here", "own", {}),
    "worker": (Role.WORKER, "here", "own", {}),
    "worker_elsewhere": (Role.WORKER, "here", "other", {}),
    # In the own team, but for another of its neighbourhoods: the rows of the world are in `buurt`.
    "worker_one_buurt": (Role.WORKER, "here", "own", {"neighbourhood": "zandwijk"}),
    "coordinator": (Role.COORDINATOR, "here", None, {}),
    "opener": (Role.COORDINATOR, "here", None, {}),
    "partner": (Role.PARTNER, "here", None, {}),
    "city": (Role.CITY, "here", None, {}),
    "auditor": (Role.AUDITOR, "here", None, {}),
    "admin": (Role.ADMINISTRATOR, "here", None, {}),
    "worker_abroad": (Role.WORKER, "abroad", "far", {}),
    "coordinator_abroad": (Role.COORDINATOR, "abroad", None, {}),
    "admin_abroad": (Role.ADMINISTRATOR, "abroad", None, {}),
    "former": (Role.WORKER, "here", "own", {"ends_on": datetime.timedelta(days=-1)}),
    # Not tomorrow: a run that goes on past midnight would let it begin.
    "future": (Role.WORKER, "here", "own", {"starts_on": datetime.timedelta(days=2)}),
    "suspended": (Role.WORKER, "here", "own", {"suspended_at": datetime.timedelta(0)}),
    "nobody": (),
}


def build():
    """Fill the database; gives the rows by name and a signed-in client for each persona."""
    world = SimpleNamespace()
    town = Municipality.objects.create(name="Proefdorp", slug="proefdorp", phone="052 00 00 01")
    world.buurt = Neighbourhood.objects.create(municipality=town, name="Molenwijk", slug="molenwijk")
    yonder = Neighbourhood.objects.create(municipality=town, name="Stationswijk", slug="stationswijk")
    world.point = Place.objects.create(neighbourhood=world.buurt, name="Buurtpunt", slug="buurtpunt")
    organisations = {
        "here": actions.start_organisation("Buurtwerk Proef vzw", "buurtwerk-proef"),
        "abroad": actions.start_organisation("Andere Stad vzw", "andere-stad"),
    }
    world.organisation, world.abroad = organisations.values()
    teams = {
        "own": Team.objects.create(organisation=world.organisation, name="Team Molen"),
        "other": Team.objects.create(organisation=world.organisation, name="Team Station"),
        "far": Team.objects.create(organisation=world.abroad, name="Team Ver"),
        None: None,
    }
    sand = Neighbourhood.objects.create(municipality=town, name="Zandwijk", slug="zandwijk")
    teams["own"].neighbourhoods.add(world.buurt, sand)
    teams["other"].neighbourhoods.add(yonder)
    world.team, world.far = teams["own"], teams["far"]
    world.users = {
        name: _user(name, facts, organisations, teams)
        for name, facts in PERSONAS.items()
        if facts is not None
    }
    sign_in(world)
    _rows(world)
    return world


def _user(name, facts, organisations, teams):
    user = User.objects.create(username=f"{name}-proef")
    if facts:
        role, organisation, team, more = facts
        now, today = timezone.now(), timezone.localdate()
        more = dict(more)
        buurt = Neighbourhood.objects.get(slug=more.pop("neighbourhood")) if "neighbourhood" in more else None
        days = {field: (now if field.endswith("_at") else today) + away for field, away in more.items()}
        Membership.objects.create(
            user=user,
            role=role,
            organisation=organisations[organisation],
            team=teams[team],
            neighbourhood=buurt,
            **({"starts_on": LONG_AGO} | days),
        )
    return user


def sign_in(world):
    """A client for each persona, in a session that showed both factors just now."""
    world.clients = {name: Client(raise_request_exception=False) for name in PERSONAS}
    for name, user in world.users.items():
        with_both_factors(world.clients[name], user)
    world.cookies = {name: client.cookies.output(header="") for name, client in world.clients.items()}
    world.signed_in = time.time()


def _rows(world):
    worker = world.users["worker"]
    world.factor = Authenticator.objects.create(user=worker, type="totp", data={"secret": ""})
    world.activity = make_activity(world.team, world.buurt, sign_up_kind="name", capacity=5)
    days = {"series": Series.objects.create(team=world.team, first_day=LONG_AGO, last_day=LONG_AGO)}
    world.weekly, _later = (
        make_activity(world.team, world.buurt, starts_in=datetime.timedelta(days=number), **days)
        for number in (3, 10)
    )
    facts = {"kind": "stop", "sign_up_kind": "none", "where": "Plein"}
    world.stop = make_activity(world.team, world.buurt, starts_in=datetime.timedelta(), **facts)
    world.past = make_activity(world.team, world.buurt, starts_in=datetime.timedelta(days=-2))
    world.sign_up = sign_up(world.activity, f"{MARKER} Naam", key=uuid.uuid4())
    world.token = slips.token_of(world.sign_up)
    _handed_over(world)
    world.contact = make_contact(world.team, world.buurt, by=worker, note=f"{MARKER} nota")
    _rounds(world)
    ContactChange.objects.create(
        organisation=world.organisation, contact=world.contact, field="note", before=f"{MARKER} vroeger"
    )
    world.to_do = make_contact(world.team, world.buurt, by=worker, to_refer=True)
    world.at_home = make_contact(world.team, world.buurt, by=worker, setting="huisbezoek")
    make_visit_at_home(world.at_home, worker, wish=f"{MARKER} wens")
    world.person, world.double, third = (
        make_person(world.team, worker, f"{MARKER} Mens", wants=f"{MARKER} wens", neighbourhood=world.buurt)
        for _ in range(3)
    )
    facts = {"what": f"{MARKER} stap", "doer": "wij", "who": None, "day": timezone.localdate()}
    people.add_step(world.person, facts, uuid.uuid4())
    people.change_step(world.person.steps.get(), facts | {"doer": "persoon"}, 1, worker)
    facts = {"who": MARKER, "other": None, "volunteer": None, "does": "belt", "agreed_on": LONG_AGO}
    people.add_tie(world.person, facts, uuid.uuid4())
    world.step, world.tie = world.person.steps.get(), world.person.ties.get()
    texts = {name: getattr(third, name) for name in third.TEXTS}
    world.merge = people.merge(world.person, third, texts, (1, 1), worker)
    world.asked = make_request(world.person, worker, checked=f"{MARKER} kaart")
    facts = texts | {"wants": f"{MARKER} wens, anders"}
    people.change_person(
        world.person, facts, type(world.person).objects.get(pk=world.person.pk).version, user=worker
    )
    world.correction = world.person.corrections.first()
    facts = {"wants": f"{LOCKED} wens", "neighbourhood": world.buurt}
    world.restricted = make_person(world.team, worker, f"{LOCKED} Mens", **facts)
    people.restrict(make_request(world.restricted, worker, "beperking"), f"{MARKER} reden", worker)
    world.loose_kind = "agenda.signup"
    world.sheet_kind, world.point_sheet_kind = "flyer", "deur"
    world.visit = make_visit(world.point, world.team, by=worker)
    today = timezone.localdate()
    world.deed = "schors"
    world.role = world.users["worker_elsewhere"].memberships.get()
    coordinator = world.users["coordinator"]
    world.invitation = invitations.invite(coordinator, world.organisation, role=Role.CITY)
    world.invitation_token = invitations.token_of(world.invitation)
    drawn = [Drawn(b"groot", 4, 3), Drawn(b"klein", 4, 3)]
    facts = {"first_name": "Fien", "phone": "", "neighbourhoods": [world.buurt]}
    world.card = people.show_card(worker, world.organisation, facts)
    world.news = make_news(world.team, world.buurt)
    world.photo = photos.show_picture(world.point, *drawn, "Een gele deur")
    town = {"organisation_id": world.organisation.pk, "municipality_id": world.buurt.municipality_id}
    sound = Sound(b"stem", "mp3", 1)
    voice = voices.put(world.news, world.news.texts_to_say, "nl", sound, Recording.Speaker.STAFF, **town)
    world.voice_digest, world.voice_ending = voice.file.split(".")
    now = timezone.now()
    world.opening = Opening.objects.create(
        organisation=world.organisation,
        team=world.team,
        user=world.users["opener"],
        reason=f"{MARKER} reden",
        until=now + OPEN_FOR,
    )
    world.reading = _a_reading(world)
    world.phone, _token = phones.couple(worker, world.team, "Chrome op Android")
    facts = {"organisation": world.organisation, "team": world.team, "by": worker}
    said = f'{{"facts": {{"note": "{MARKER} van onderweg"}}}}'
    world.aside = Quarantined.objects.create(
        id=uuid.uuid4(), reason="values", content=said, neighbourhood=world.buurt, **facts
    )
    world.field_note = outreach.add_field_note(
        worker, world.team, world.buurt, "signaal", f"{MARKER} signaal", now
    )
    world.closure = Closure.objects.create(place=world.point, first_day=today, last_day=today)
    _duties(world, coordinator)


def _rounds(world):
    """A round with a door that carries the marker, one that ended, and support."""
    world.round, world.ended_round = (make_round(world.team, world.buurt) for _ in range(2))
    world.door = world.round.doors.first()
    world.door.where = f"{MARKER} 12"  # no number, but what the pages must not show to others
    world.door.save()
    outreach.end_round(world.ended_round, Certificate.Rule.BUTTON)
    facts = {"organisation": world.organisation, "team": world.team, "neighbourhood": world.buurt}
    world.support = Support.objects.create(day=LONG_AGO, initiative="Fanfare", quarters=4, **facts)


def _handed_over(world):
    """The activity has a hand-over, with one change by residents."""
    agreed = dict.fromkeys(("takes_on", "kit", "opens", "tasks", "fallback"), "koffie")
    until = {"until": timezone.localdate() + datetime.timedelta(days=9)}
    made = agenda.hand_over(world.activity, agreed | until, None, key=uuid.uuid4())
    world.handover_token = handover_codes.token_of(made)
    world.handover_change = agenda.run(made, world.activity, "bring", "een kom")


def _a_reading(world):
    """The opener looked at a list: one row of the log."""
    world.clients["opener"].get(f"/werk/activiteiten/{world.activity.pk}/lijst/")
    return Reading.objects.get(user=world.users["opener"])


def _duties(world, coordinator):
    here, now = world.organisation, timezone.now()
    world.kind, world.register_question, world.dpia_question = "people.person", "dpo", "doel"
    duties.answer(coordinator, here, Document.REGISTER, "dpo", f"{MARKER} dpo", 0)
    duties.answer(coordinator, here, Document.DPIA, "doel", f"{MARKER} doel", 0)
    world.version = duties.freeze(coordinator, here, dpia.content(here))
    world.legal_hold = duties.hold(
        coordinator,
        here,
        kind="outreach.contactmoment",
        reason=f"{MARKER} reden",
        review_on=timezone.localdate() + datetime.timedelta(days=9),
    )
    world.breach = duties.note_breach(coordinator, here, discovered_at=now, what=f"{MARKER} lek")
