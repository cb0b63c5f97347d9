"""Texts of the fictional rows. Every surname says that the person does not exist; no note names anyone."""

FIRST_NAMES = (
    "Fientje", "Omar", "Maria", "Jef", "Ayşe", "Lieve", "Karim", "Godelieve", "Ionela", "Wout", "Fatima", "Piet",
    "Samira", "Roger", "Mehmet", "Nadia", "Gustaaf", "Olena", "Yusuf", "Christiane", "Zofia", "Bilal", "Rita",
    "Hassan", "Magda", "Tuur", "Amina", "Etienne", "Kadir", "Lutgart", "محمد", "Simonne", "Dries", "Leyla", "Albert",
)  # fmt: skip
SURNAMES = (
    "Voorbeeld", "Verzonnen", "Fictief", "Denkbeeld", "Bedacht", "Zogezegd", "Proefmans", "Van Nergens",
    "De Proef", "Verzinsel",
)  # fmt: skip

NOTES = (
    "Vraagt hulp bij een brief van de energieleverancier.",
    "Wil graag mee naar de koffieklap, maar durft niet alleen.",
    "Kent de uren van het buurtpunt niet. Folder gegeven.",
    "Zoekt een tweedehands fiets voor de kinderen.",
    "De lift in het gebouw is al twee weken stuk.",
    "Bedankt voor de hulp met de computer vorige week.",
    "Wil meehelpen met de moestuin in de lente.",
    "Heeft vragen over de schooltoeslag.",
    "Vindt het plein 's avonds te donker.",
    "Voelt zich alleen sinds de verhuis. Nog eens langsgaan.",
    "Stelt voor om een ruilkast te zetten.",
    "Kan de afspraak met de dienst niet online maken.",
)

CANCELLED_BECAUSE = "De begeleider is ziek. We zoeken een nieuwe dag."


def full_name(rng):
    """A name that nobody has."""
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(SURNAMES)}"
