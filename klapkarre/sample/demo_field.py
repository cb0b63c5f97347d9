"""What came from the street in the demo: a phone, a melding and a signal that wait, and a note to look after."""

import datetime
import json
import uuid

from klapkarre.foundation.accounts import phones
from klapkarre.foundation.people.models import Quarantined
from klapkarre.rooms.outreach.actions import add_field_note

HOUR = datetime.timedelta(hours=1)
NOTES = (
    (3, "melding", "Er ligt een stoeptegel los aan de bushalte. Dit is verzonnen."),
    (27, "signaal", "Drie mensen vonden het formulier voor de opvang te moeilijk. Dit is verzonnen."),
)


def fill_field(team, worker, now):
    """In the first neighbourhood of the team."""
    buurt = team.neighbourhoods.order_by("pk").first()
    phones.couple(worker, team, "Chrome op Android", now - 40 * HOUR)
    for hours, word, text in NOTES:
        add_field_note(worker, team, buurt, word, text, now - hours * HOUR)
    facts = {
        "setting": "straat",
        "neighbourhood": buurt.pk,
        "people": 900,
        "note": "Gesprek op de markt. Verzonnen.",
    }
    Quarantined.objects.create(
        id=uuid.uuid4(),
        organisation_id=team.organisation_id,
        team=team,
        neighbourhood=buurt,
        by=worker,
        kind="contact",
        reason=Quarantined.Reason.VALUES,
        content=json.dumps({"kind": "contact", "facts": facts}, ensure_ascii=False),
        noted_at=now - 26 * HOUR,
        received_at=now - 25 * HOUR,
    )
