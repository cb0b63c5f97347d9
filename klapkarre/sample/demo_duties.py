"""What the fictional organisation answers for: a shorter term, a hold, a register, a DPIA and two breaches."""

import datetime

from django.utils import timezone

from klapkarre.foundation.accounts.models import User
from klapkarre.foundation.duties import actions, dpia
from klapkarre.foundation.duties.models import Document, Part

HOUR = datetime.timedelta(hours=1)
REGISTER = {
    "verantwoordelijke": "De organisatie van deze demo (verzonnen), Voorbeeldstraat 1.",
    "dpo": "Verzonnen functionaris, dpo@voorbeeld.invalid.",
    "verwerkers": "Verzonnen Hosting bv draait de server. Het contract ligt op het secretariaat.",
}
DPIA = {
    "doel": "Buren en hulp dichter bij elkaar brengen, zonder dat iemand een dossier wordt.",
    "nodig": "Een contact telt zonder naam. Een naam bewaren we enkel als iemand dat zelf vraagt.",
}


def fill_duties(organisation, now):
    """After the demo logins, which it uses. All of it is made up."""
    coordinator = User.objects.get(username="coordinator")
    for document, texts in ((Document.REGISTER, REGISTER), (Document.DPIA, DPIA)):
        for question, text in texts.items():
            actions.answer(coordinator, organisation, document, question, text, 0)
    actions.freeze(coordinator, organisation, dpia.content(organisation))
    actions.choose_term(organisation, "counter.visit", number=23, unit="months", rule="Voorbeeldregel 0.0")
    actions.hold(
        coordinator,
        organisation,
        kind="accounts.opening",
        reason="Verzonnen klacht over een inzage. De ombudsdienst kijkt na.",
        review_on=timezone.localdate(now) + datetime.timedelta(days=60),
    )
    old = actions.note_breach(
        coordinator,
        organisation,
        discovered_at=now - 900 * HOUR,
        what="Verzonnen voorbeeld: een lijst met namen bleef in de bus liggen.",
        kinds="Voornamen op een lijst van een activiteit.",
        people=9,
        measures="Gebeld met de busmaatschappij. De lijst kwam dezelfde dag terug.",
    )
    told = "De chauffeur vond de lijst meteen en gaf ze af. Geen risico voor de mensen erop."
    actions.add_note(coordinator, old, part=Part.NOT_TOLD, text=told)
    actions.add_note(coordinator, old, part=Part.CLOSED, text="We drukken voortaan enkel voornamen af.")
    actions.note_breach(
        coordinator,
        organisation,
        discovered_at=now - 20 * HOUR,
        what="Verzonnen voorbeeld: een mail met een agenda ging naar een verkeerd adres.",
        people=2,
    )
