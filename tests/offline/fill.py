"""A small town for the field app: one team, two neighbourhoods, a worker, and others with twenty coupled phones each.

python -m tests.offline.fill PHONES FILE      writes into FILE how each phone is coupled
"""

import datetime
import json
import sys
import uuid
from pathlib import Path

import django

PASSWORD = "klapkarre-demo"
# A worker whose role ends takes so many phones along.
PHONES_EACH = 20


def fill(phones, file):
    from django.core.management import call_command
    from django.utils import timezone

    from klapkarre.foundation.accounts import actions
    from klapkarre.foundation.accounts.models import Membership, Phone, Role, Team, User
    from klapkarre.foundation.accounts.phones import hash_token
    from klapkarre.foundation.kit.cipher import key_ring
    from klapkarre.foundation.places.models import Municipality, Neighbourhood
    from klapkarre.rooms.agenda.models import Activity
    from klapkarre.rooms.outreach import actions as outreach
    from klapkarre.rooms.outreach.models import Door
    from klapkarre.sample.quick import quick_writes

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    town = Municipality.objects.create(name="Proefdorp", slug="proefdorp", desk="Huis", phone="052 00 00 01")
    here = actions.start_organisation("Buurtwerk Proef vzw", "buurtwerk-proef")
    team = Team.objects.create(organisation=here, name="Team Molen")
    buurten = [
        Neighbourhood.objects.create(municipality=town, name=name, slug=name.lower())
        for name in ("Molenwijk", "Keur")
    ]
    team.neighbourhoods.add(*buurten)
    worker = User.objects.create_user("worker", PASSWORD)
    walkers = [User.objects.create_user(f"walker-{number}") for number in range(-(-phones // PHONES_EACH))]
    begin = datetime.date(2024, 1, 1)
    for user in (worker, *walkers):
        Membership.objects.create(user=user, organisation=here, team=team, role=Role.WORKER, starts_on=begin)
    now = timezone.now()
    Activity.objects.create(
        organisation=here,
        team=team,
        neighbourhood=buurten[0],
        title="Soep op het plein",
        starts_at=now,
        ends_at=now + datetime.timedelta(hours=1),
        state=Activity.State.PUBLISHED,
    )
    outreach.draw_up(
        team,
        {
            "neighbourhood": buurten[0],
            "title": "Nieuwe buren",
            "starts_on": timezone.localdate(now),
            "ends_on": timezone.localdate(now) + datetime.timedelta(days=7),
        },
        "Molenstraat",
        ["2", "4", "6 bus 1"],
        uuid.uuid4(),
    )
    key, public = key_ring().sealing_current(here.pk)
    tokens = [f"phone-{number}" for number in range(phones)]
    with quick_writes():
        Phone.objects.bulk_create(
            Phone(organisation=here, team=team, user=user, token_hash=hash_token(token), name="proef")
            for user, token in zip(
                (user for user in walkers for _ in range(PHONES_EACH)), tokens, strict=False
            )
        )
    facts = {
        "organisation": str(here.pk),
        "key": {"id": str(key), "public": public},
        "tokens": tokens,
        "neighbourhoods": [buurt.pk for buurt in buurten],
        "doors": [str(door.pk) for door in Door.objects.all()],
    }
    Path(file).write_text(json.dumps(facts), encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]), sys.argv[2])
