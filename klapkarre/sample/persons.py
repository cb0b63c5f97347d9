"""Persons with consent, agreed steps and who is around them: all fictional, drawn from a seeded source."""

import datetime
import uuid

from django.utils import timezone

from klapkarre.foundation.people import actions, consent_text
from klapkarre.foundation.people.models import AgreedStep, Consent, Kind, Person, Tie
from klapkarre.sample import words
from klapkarre.sample.rows import new_id

WISHES = (
    "Wil Nederlands oefenen met iemand uit de straat.",
    "Wil leren fietsen voor de zomer.",
    "Wil één keer per week bezoek, op woensdag.",
    "Zoekt een kleinere woning in dezelfde buurt.",
    "Wil meehelpen in de moestuin.",
    "Wil zelf naar de dienst bellen, en oefent dat met ons.",
)
STEPS = (
    "Samen naar de koffieklap gaan.",
    "Bellen met de huisvestingsdienst.",
    "De brief nog eens samen lezen.",
    "Kennismaken met de buur die ook wil koken.",
)
AROUND = ("dochter", "buurvrouw van de gang", "zoon", "vriend van de moestuin")
LANGUAGES = ("Nederlands", "Turks, wat Nederlands", "Arabisch, Frans", "Oekraïens", None)
HOW = (Consent.How.SPOKEN,) * 3 + (Consent.How.PAPER, Consent.How.INTERPRETER)
HOUR = datetime.timedelta(hours=1)
STREETS = ("Verzonnenstraat", "Voorbeeldplein", "Denkbeeldlaan")


def rows_of(rng, team, buurten, workers, count, now):
    """Unsaved persons of a team with their consents, steps and ties, as lists to write in this order."""
    persons, consents, steps, ties = [], [], [], []
    for _ in range(count):
        since = now - datetime.timedelta(days=rng.randrange(3, 500))
        kinds = [Kind.KEEP, *(kind for kind in (Kind.CALL, Kind.VISIT, Kind.NETWORK) if rng.random() < 0.75)]
        own = {"organisation_id": team.organisation_id}
        person = Person(
            id=new_id(rng),
            team_id=team.pk,
            neighbourhood=rng.choice(buurten) if buurten else None,
            name=words.full_name(rng),
            phone=f"0470 00 {rng.randrange(100):02} {rng.randrange(100):02}" if Kind.CALL in kinds else None,
            where=f"{rng.choice(STREETS)} {rng.randrange(1, 90)}" if Kind.VISIT in kinds else None,
            languages=rng.choice(LANGUAGES),
            wants=rng.choice(WISHES),
            consented_on=timezone.localdate(since),
            created_at=since,
            touched_at=now - datetime.timedelta(days=rng.randrange(3)),
            **own,
        )
        persons.append(person)
        own["person_id"] = person.pk
        consents.append(
            Consent(
                id=new_id(rng),
                act=Consent.Act.GIVEN,
                kinds=sorted(kind.value for kind in kinds),
                how=rng.choice(HOW),
                text_version=consent_text.VERSION,
                day=person.consented_on,
                by_id=rng.choice(workers).pk,
                at=since,
                **own,
            )
        )
        steps += [_step(rng, own, now) for _ in range(rng.randrange(3))]
        if Kind.NETWORK in kinds:
            ties.append(
                Tie(
                    id=new_id(rng),
                    who=rng.choice(AROUND),
                    does=rng.choice(Tie.Does.values),
                    agreed_on=person.consented_on,
                    created_at=since,
                    **own,
                )
            )
    return persons, consents, steps, ties


def _step(rng, own, now):
    day = timezone.localdate(now) + datetime.timedelta(days=rng.randrange(-20, 15))
    past = day < timezone.localdate(now) and rng.random() < 0.8
    state = rng.choice(("gedaan", "gedaan", "niet")) if past else "open"
    return AgreedStep(
        id=new_id(rng),
        what=rng.choice(STEPS),
        doer=rng.choice(AgreedStep.Doer.values),
        day=day,
        state=state,
        settled_at=now if past else None,
        created_at=now - datetime.timedelta(days=21),
        **own,
    )


def fill_persons(rng, team, workers, count, now):
    """Write some persons of one team, with what hangs on them."""
    buurten = list(team.neighbourhoods.order_by("pk"))
    for rows in rows_of(rng, team, buurten, workers, count, now):
        if rows:
            type(rows[0]).objects.bulk_create(rows)


def fill_requests(team, worker, now):
    """What some persons asked about their own data: one open, one restricted, one answered; texts changed."""
    first, second, third = Person.objects.filter(team=team).order_by("created_at")[:3]
    since = now - datetime.timedelta(days=25)
    facts = {"asked_by": "persoon", "checked": "Ik ken deze persoon van de koffieklap (verzonnen voorbeeld)."}
    asked = [
        actions.open_request(worker, person, facts | {"kind": kind, "asked_on": day}, new_key, moment)
        for person, kind, moment, new_key in (
            (first, "inzage", now - datetime.timedelta(days=3), uuid.UUID(int=1)),
            (second, "beperking", since, uuid.UUID(int=2)),
            (third, "bezwaar", since, uuid.UUID(int=3)),
        )
        for day in [timezone.localdate(moment)]
    ]
    actions.restrict(asked[1], "De persoon betwist wat er staat (verzonnen voorbeeld).", worker, since + HOUR)
    actions.close_request(asked[2], "gedaan", "Uitgelegd en aangepast (verzonnen voorbeeld).", worker, now)
    texts = {name: getattr(first, name) for name in Person.TEXTS} | {"languages": "Nederlands, Frans"}
    actions.change_person(first, texts, first.version, now, worker)
    open_steps = AgreedStep.objects.filter(person__team=team, person__restricted_at=None, state="open")
    for step in open_steps.order_by("created_at", "pk")[:2]:
        facts = {name: getattr(step, name) for name in ("what", "doer", "who", "day")}
        actions.change_step(step, facts | {"day": step.day + datetime.timedelta(days=2)}, 1, worker, now)
