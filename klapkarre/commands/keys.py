"""`keys`: show, renew and destroy keys, and note that a copy of the key file lies elsewhere. Never shows a key."""

import sys
from pathlib import Path

from klapkarre.commands import environment, facts, keyfacts
from klapkarre.commands.words import say, words


def arguments(parser):
    actions = parser.add_subparsers(dest="action", metavar="rotate | shred | copied")
    rotate = actions.add_parser(
        "rotate",
        help=words(
            "nieuwe sleutels, terwijl iedereen doorwerkt; of een onderbroken ronde afmaken",
            "new keys while everyone works on; or finish an interrupted run",
        ),
    )
    rotate.add_argument("organisation", nargs="?", metavar=words("ORGANISATIE", "ORGANISATION"))
    rotate.add_argument(
        "--key-file",
        action="store_true",
        help=words(
            "ook de sleutel in het sleutelbestand; oude back-ups gaan dan niet meer open",
            "the key in the key file too; older backups then no longer open",
        ),
    )
    shred = actions.add_parser(
        "shred",
        help=words("een organisatie voorgoed onleesbaar maken", "make an organisation unreadable for ever"),
    )
    shred.add_argument("organisation", metavar=words("ORGANISATIE", "ORGANISATION"))
    shred.add_argument(
        "--name",
        metavar=words("NAAM", "NAME"),
        help=words("de volledige naam, in plaats van de vraag", "the full name, instead of the question"),
    )
    copied = actions.add_parser(
        "copied",
        help=words(
            "noteren dat een kopie van het sleutelbestand elders ligt",
            "note that a copy of the key file lies elsewhere",
        ),
    )
    copied.add_argument(
        "file",
        nargs="?",
        metavar=words("BESTAND", "FILE"),
        help=words("de kopie zelf, om te vergelijken", "the copy itself, to compare"),
    )


def run(options):
    environment.set_up()
    from django.db import DatabaseError

    from klapkarre.foundation.accounts.rotation import Busy
    from klapkarre.foundation.kit.cipher import CannotOpen

    problems = list(facts.database_problems())
    if problems:
        facts.show(problems)
        return 1
    try:
        return {"rotate": rotate, "shred": shred, "copied": copied, None: show}[options.action](options)
    except Busy:
        say("Er loopt al een ronde. Wacht tot die klaar is.", "A run is going on. Wait until it is done.")
    except CannotOpen as error:
        say(
            f"Dat gaat niet: {error}. Kijk na met './kar check'.",
            f"Not possible: {error}. Look it over with './kar check'.",
        )
    except DatabaseError as error:
        say(
            f"De databank antwoordt niet goed: {error}. Een onderbroken ronde gaat de volgende keer verder.",
            f"The database does not answer well: {error}. An interrupted run goes on the next time.",
        )
    return 1


def chosen(name):
    """The organisations with this name or short name; all when no name is given. Says so when there is none."""
    from django.db.models import Q

    from klapkarre.foundation.accounts.models import Organisation

    rows = Organisation.objects.all()
    found = list(rows.filter(Q(name__iexact=name) | Q(slug=name)) if name else rows)
    if not found:
        known = ", ".join(f"{row.name} ({row.slug})" for row in rows) or "-"
        say(f"Die organisatie ken ik niet. Er is: {known}.", f"Unknown organisation. There is: {known}.")
    return found


def show(options):
    """Where the key file lies and how it stands with the keys of each organisation."""
    print("\n".join(words(*line) for line in keyfacts.report()))
    return 0


def rotate(options):
    """New data keys and, when asked, new keys in the key file."""
    from django.conf import settings

    from klapkarre.foundation.accounts import rotation
    from klapkarre.foundation.accounts.keyfile import KeyFile, Shredded

    found, stuck = chosen(options.organisation), 0
    for organisation in found:
        try:
            done = rotation.rotate(organisation)
        except Shredded:
            say(f"{organisation}: vernietigd, overgeslagen.", f"{organisation}: shredded, skipped.")
            continue
        stuck += done.stuck
        again = words(" (onderbroken ronde afgemaakt)", " (interrupted run finished)") if done.went_on else ""
        print(f"{organisation}: {done.sealed}{again}")
        if done.stuck:
            say(
                f"{done.stuck} waarden gaan met geen sleutel open. Hun oude sleutel blijft staan.",
                f"{done.stuck} values open with no key. Their old key stays.",
            )
        if options.key_file:
            rotation.renew_key_encryption(organisation)
    if found and options.key_file:
        KeyFile(settings.KEY_FILE).renew_backup_key()
        say(
            "Het sleutelbestand is vernieuwd, ook voor de back-ups. Maak er nu een kopie van, en een nieuwe back-up.\n"
            "Oude back-ups gaan alleen nog open met een oude kopie van het sleutelbestand. Vernietig wat weg mag.",
            "The key file was renewed, the key of the backups too. Now make a copy of it, and a new backup.\n"
            "Older backups open only with an older copy of the key file. Destroy what may go.",
        )
    return 1 if stuck or not found else 0


def shred(options):
    """Destroy an organisation's key, after its full name was typed."""
    from klapkarre.foundation.accounts import rotation

    found = chosen(options.organisation)
    if not found:
        return 1
    organisation = found[0]
    typed = options.name
    if typed is None:
        if not sys.stdin.isatty():
            say("Geef --name mee: er is niemand om het te vragen.", "Give --name: nobody is here to ask.")
            return 2
        say(
            f"Alle namen, nota's en nummers van '{organisation}' worden voorgoed onleesbaar. Dit kan niet terug.",
            f"All names, notes and numbers of '{organisation}' become unreadable for ever. There is no way back.",
        )
        typed = input(words("Typ de volledige naam van de organisatie: ", "Type its full name: "))
    if typed.strip() != organisation.name:
        say("Dat is niet dezelfde naam. Er is niets gebeurd.", "That is another name. Nothing was done.")
        return 1
    rotation.shred(organisation)
    say(
        f"De sleutel van '{organisation}' is vernietigd. Vernietig nu ook elke kopie van het sleutelbestand:\n"
        "wie zo'n kopie en een oude back-up heeft, kan nog lezen. Maak daarna nieuwe kopieën.",
        f"The key of '{organisation}' was destroyed. Now destroy every copy of the key file too:\n"
        "who has such a copy and an older backup can still read. Then make new copies.",
    )
    return 0


def copied(options):
    """Note today as the day of the last copy, after comparing it or asking."""
    from django.conf import settings

    if options.file:
        if not keyfacts.same_keys(Path(options.file)):
            say(
                f"{options.file} is geen gelijke kopie van {settings.KEY_FILE}.",
                f"{options.file} is no equal copy of {settings.KEY_FILE}.",
            )
            return 1
    elif not sys.stdin.isatty():
        say("Geef de kopie mee, om te vergelijken.", "Give the copy, to compare.")
        return 2
    elif not yes("Ligt er een kopie op een andere plek?", "Does a copy lie in another place?"):
        return 1
    keyfacts.note_copy()
    say("Genoteerd.", "Noted.")
    return 0


def yes(dutch, in_english):
    """Did the answer begin with j or y?"""
    return input(words(f"{dutch} (ja/nee) ", f"{in_english} (yes/no) ")).strip().lower()[:1] in ("j", "y")
