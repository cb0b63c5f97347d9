"""What the contact log shows beside conversations: told at home by consent, corrected, taken over. All invented."""

import datetime

from django.utils import timezone

from klapkarre.foundation.people.models import Person
from klapkarre.rooms.outreach import actions
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.sample.rows import at

# What was told, and in how many days something follows.
TOLD = (
    (
        {
            "strength": "Naait gordijnen voor de hele gang (verzonnen).",
            "wish": "Een plek om samen te naaien.",
            "next_step": "Samen gaan kijken in het buurtpunt.",
        },
        2,
    ),
    (
        {
            "strength": "Kent alle buren van het blok (verzonnen).",
            "need": "Iemand die helpt met een brief.",
        },
        None,
    ),
    ({"wish": "Een keer per week bezoek (verzonnen).", "next_step": "Bellen met een vrijwilliger."}, 9),
)


def fill_visits(team, worker, colleague, now):
    """Visits to three persons of the demo, one of them corrected; and one step that a colleague gave away."""
    today = timezone.localdate(now)
    persons = Person.objects.readable().filter(team=team, neighbourhood__isnull=False).order_by("pk")
    for back, (person, (texts, days)) in enumerate(zip(persons, TOLD, strict=False), start=2):
        contact = ContactMoment.objects.create(
            organisation_id=team.organisation_id,
            team=team,
            neighbourhood_id=person.neighbourhood_id,
            by=worker,
            person=person,
            known=ContactMoment.Known.PERSON,
            setting=ContactMoment.Setting.HOME,
            when=at(today - datetime.timedelta(days=back), 14),
        )
        texts = dict.fromkeys(("strength", "wish", "need", "next_step")) | texts
        day = today + datetime.timedelta(days=days) if days else None
        actions.note_visit(contact, worker, texts, day, 0, now)
        contact = ContactMoment.objects.get(pk=contact.pk)
        facts = {name: getattr(contact, name) for name in ("to_refer", "is_signal", "follow_up_on")}
        facts |= {"note": None, "people": 2}
        actions.change_contact(contact, team, facts, ["babbel"], contact.version, now, colleague)
    given = ContactMoment.objects.to_do().filter(team=team, by=worker, person=None).order_by("when").first()
    if given:
        actions.plan(given, worker, colleague=colleague, now=now)
    taken = ContactMoment.objects.to_do().filter(team=team, by=colleague).order_by("when").first()
    if taken:
        actions.plan(taken, colleague, colleague=worker, now=now)
