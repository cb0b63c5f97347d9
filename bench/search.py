"""Search in 2,000 sealed notes, beside opening the same values and nothing else. Runs inside one data folder, as a
process of its own, and takes its notes away again. Prints JSON: milliseconds of each round.
"""

import json
import random
import sys
import time

import django

NOTES = 2000


def notes(organisation, team, neighbourhood):
    """Notes of about 700 bytes, a few of which speak of a gutter."""
    from klapkarre.rooms.outreach.models import ContactMoment

    own = random.Random(1)
    common = ("buurt", "gesprek", "morgen", "samen", "koffie", "straat", "kinderen", "école", "Noël", "traag")
    for number in range(NOTES):
        words = own.choices(common, k=110)
        if number % 100 == 0:
            words[50] = "Dakgóót"
        yield ContactMoment(
            organisation=organisation,
            team=team,
            neighbourhood=neighbourhood,
            setting="straat",
            month=202611,
            note=" ".join(words),
        )


def measure(rounds):
    from django.db import transaction

    from klapkarre.foundation.accounts.models import Team
    from klapkarre.foundation.kit import cipher
    from klapkarre.foundation.kit.scanning import scan
    from klapkarre.rooms.outreach.models import ContactMoment

    team = Team.objects.select_related("organisation").exclude(neighbourhoods=None).first()
    found = {"search": [], "floor": []}
    with transaction.atomic():
        made = ContactMoment.objects.bulk_create(notes(team.organisation, team, team.neighbourhoods.first()))
        rows = ContactMoment.objects.filter(pk__in=[row.pk for row in made])
        values = [(row.pk, row.__dict__["note"]) for row in rows]
        for _ in range(rounds + 1):
            began = time.perf_counter()
            hits = scan(rows, "dakgoot")
            between = time.perf_counter()
            for pk, value in values:
                cipher.unseal(
                    value,
                    organisation=team.organisation_id,
                    table="outreach_contactmoment",
                    column="note",
                    row=pk,
                )
            found["floor"].append(1000 * (time.perf_counter() - between))
            found["search"].append(1000 * (between - began))
        if (hits.looked_at, len(hits.rows)) != (NOTES, NOTES // 100):
            raise RuntimeError(f"{hits.looked_at} opened, {len(hits.rows)} found")
        transaction.set_rollback(True)
    return {name: rounds[1:] for name, rounds in found.items()}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]))))
