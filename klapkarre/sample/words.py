"""Texts of the fictional rows. Every surname says that the person does not exist; no note names anyone."""

from klapkarre.foundation.accounts.themes import Theme

FIRST_NAMES = (
    "Fientje", "Omar", "Maria", "Jef", "Ayşe", "Lieve", "Karim", "Godelieve", "Ionela", "Wout", "Fatima", "Piet",
    "Samira", "Roger", "Mehmet", "Nadia", "Gustaaf", "Olena", "Yusuf", "Christiane", "Zofia", "Bilal", "Rita",
    "Hassan", "Magda", "Tuur", "Amina", "Etienne", "Kadir", "Lutgart", "محمد", "Simonne", "Dries", "Leyla", "Albert",
)  # fmt: skip
SURNAMES = (
    "Voorbeeld", "Verzonnen", "Fictief", "Denkbeeld", "Bedacht", "Zogezegd", "Proefmans", "Van Nergens",
    "De Proef", "Verzinsel",
)  # fmt: skip

# By theme, so that a note fits what its conversation was about.
NOTES_ABOUT = {
    Theme.CHAT: (
        "Wil graag mee naar de koffieklap, maar durft niet alleen.",
        "Kent de uren van het buurtpunt niet. Folder gegeven.",
    ),
    Theme.PAPERWORK: ("Vraagt hulp bij een brief van de gemeente.", "Zoekt een papier voor de mutualiteit."),
    Theme.DIGITAL: (
        "Kan de afspraak met de dienst niet online maken.",
        "Wil leren mailen. De computerles voorgesteld.",
    ),
    Theme.NEIGHBOURS: (
        "Kent nog niemand in de straat.",
        "Wil iets organiseren met de buren van de gang.",
    ),
    Theme.RIGHTS: ("Heeft vragen over de schooltoeslag.", "Weet niet of er recht is op sociaal tarief."),
    Theme.HOUSING: (
        "De lift in het gebouw is al twee weken stuk.",
        "Zoekt een kleinere woning in dezelfde buurt.",
    ),
    Theme.MONEY: ("Vindt de winkel te duur geworden op het einde van de maand.",),
    Theme.SURROUNDINGS: (
        "Wil meehelpen met de moestuin in de lente.",
        "Er ligt vaak sluikstort naast de glasbol.",
    ),
    Theme.IDEA: ("Stelt voor om een ruilkast te zetten.", "Vraagt een bank bij de bushalte."),
    Theme.HEALTH: ("Zoekt een huisarts die nog mensen aanneemt.",),
    Theme.ENERGY: ("Vraagt hulp bij een brief van de energieleverancier.",),
    Theme.LEISURE: ("Zoekt een sportclub voor de kinderen.",),
    Theme.MENTAL: ("Voelt zich alleen sinds de verhuis. Nog eens langsgaan.",),
    Theme.LIVING_TOGETHER: ("Heeft last van lawaai in de traphal.",),
    Theme.SAFETY: ("Vindt het plein 's avonds te donker.",),
    Theme.MOBILITY: ("Zoekt een tweedehands fiets voor de kinderen.",),
}
NOTES = tuple(note for notes in NOTES_ABOUT.values() for note in notes)

CANCELLED_BECAUSE = "De begeleider is ziek. We zoeken een nieuwe dag."


def full_name(rng):
    """A name that nobody has."""
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(SURNAMES)}"


def note_about(rng, themes):
    """A note that fits one of the themes, or None when there is no theme."""
    return rng.choice(NOTES_ABOUT[rng.choice(themes)]) if themes else None
