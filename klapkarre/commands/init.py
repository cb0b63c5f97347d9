"""`init`: a new installation. Keys, database, first organisation, first administrator. Overwrites nothing.

Everything is asked and checked first; only then is something written.
"""

import getpass
import os
import secrets
import sys
from pathlib import Path

from klapkarre.commands import environment
from klapkarre.commands.words import say, words

DOTENV = Path(".env")


def arguments(parser):
    parser.add_argument("--host", metavar="NAME", help=words("naam van de site", "name of the site"))
    parser.add_argument(
        "--organisation", metavar="NAME", help=words("wie het werk doet", "who does the work")
    )
    parser.add_argument(
        "--admin", metavar="USER", help=words("naam van de eerste beheerder", "first administrator")
    )
    parser.add_argument(
        "--password-file",
        metavar="FILE",
        help=words(
            "lees het wachtwoord hieruit, '-' is de invoer", "read the password here, '-' is the input"
        ),
    )
    parser.add_argument(
        "--town",
        metavar="FILE",
        help=words("gemeente, buurten, punten en organisatie", "town, neighbourhoods, points, organisation"),
    )


class Missing(Exception):
    """A value that was not given, and nobody to ask."""


def run(options):
    if environment.demo_stamp():
        say(
            "In deze datamap staat de demo. Kies een andere map met KLAPKARRE_DATA.",
            "This data folder holds the demo. Choose another one with KLAPKARRE_DATA.",
        )
        return 1
    os.umask(0o077)
    environment.set_up()
    has_organisation, has_administrator = what_is_there()
    try:
        settings = missing_settings(options)
        if not (has_organisation or options.town):
            dutch, in_english = "Welke organisatie doet het werk?", "Which organisation does the work?"
            options.organisation = ask(options.organisation, "--organisation", dutch, in_english)
        if not has_administrator:
            dutch, in_english = "Gebruikersnaam van de beheerder?", "User name of the administrator?"
            options.admin = ask(options.admin, "--admin", dutch, in_english)
            options.password = read_password(options.password_file)
            if not good_enough(options):
                return 1
    except Missing as missing:
        say(f"Geef {missing} mee: er is niemand om het te vragen.", f"Give {missing}: nobody is here to ask.")
        return 2
    write_settings(settings)
    prepare_database()
    return first_rows(options, has_administrator)


def what_is_there():
    """Does the database have an organisation, and an administrator?"""
    from django.db import DatabaseError

    from klapkarre.foundation.accounts.models import Membership, Organisation, Role

    try:
        administrators = Membership.objects.filter(role=Role.ADMINISTRATOR)
        return Organisation.objects.exists(), administrators.exists()
    except DatabaseError:
        return False, False


def ask(given, flag, dutch, in_english):
    """The value of the flag, or the answer to the question."""
    while not given:
        if not sys.stdin.isatty():
            raise Missing(flag)
        given = input(words(dutch, in_english) + " ").strip()
    return given


def missing_settings(options):
    """The lines for `.env` that neither it nor the environment has yet."""
    lines = {}
    if not os.environ.get("KLAPKARRE_SECRET_KEY"):
        lines["KLAPKARRE_SECRET_KEY"] = secrets.token_urlsafe(60)
    if not os.environ.get("KLAPKARRE_HOSTS"):
        dutch, in_english = "Naam van de site, zonder https://?", "Name of the site, without https://?"
        lines["KLAPKARRE_HOSTS"] = ask(options.host, "--host", dutch, in_english)
    if not os.environ.get("KLAPKARRE_TRUSTED_PROXIES"):
        lines["KLAPKARRE_TRUSTED_PROXIES"] = "1"
    return lines


def read_password(file):
    """From the file, from the input, or typed twice. Never from the command line, which others can see."""
    if file == "-":
        return sys.stdin.readline().rstrip("\n")
    if file:
        return Path(file).read_text(encoding="utf-8").splitlines()[0]
    if not sys.stdin.isatty():
        raise Missing("--password-file")
    while True:
        first = getpass.getpass(words("Wachtwoord, 12 tekens of meer: ", "Password, 12 characters or more: "))
        if first == getpass.getpass(words("Nog eens: ", "Again: ")):
            return first
        say("De twee zijn niet gelijk.", "The two differ.")


def good_enough(options):
    """Is this password allowed? Says why not. The database with the names of here may not be there yet."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from klapkarre.foundation.accounts.models import User

    around = User(username=f"{options.admin} {options.organisation or ''} {options.host or ''}")
    try:
        validate_password(options.password, around)
    except ValidationError as error:
        say(" ".join(error.messages), " ".join(error.messages))
        return False
    return True


def write_settings(lines):
    """Add the lines to `.env`, for its owner only."""
    if not lines:
        return
    with DOTENV.open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in lines.items())
    DOTENV.chmod(0o600)
    say(f"Instellingen bewaard in {DOTENV.resolve()}", f"Settings kept in {DOTENV.resolve()}")


def prepare_database():
    """The data folder for its owner only, and the tables."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    say("De databank staat klaar.", "The database is ready.")


def first_rows(options, has_administrator):
    """Town, organisation and administrator; those that exist stay as they are."""
    from django.conf import settings

    from klapkarre.foundation.accounts.keyfile import KeyFile
    from klapkarre.foundation.accounts.models import Organisation

    if options.town:
        from klapkarre.foundation.accounts.town_import import import_town

        report = import_town(Path(options.town))
        say("\n".join(report.lines()), "\n".join(report.lines()))
        if not report.ok:
            return 1
    organisation = Organisation.objects.order_by("name").first() or new_organisation(options.organisation)
    if has_administrator:
        say("Er is al een beheerder.", "There is an administrator already.")
    else:
        new_administrator(options, organisation)
    KeyFile(settings.KEY_FILE).backup_key()
    say(
        f"Klaar. De sleutels staan in {settings.KEY_FILE}. Zonder dat bestand gaat niets meer open.\n"
        "Doe nu dit:\n"
        "1. Kopieer het naar een andere plek, bijvoorbeeld een usb-stick in een kluis.\n"
        "2. Noteer dat: './kar keys copied BESTAND'.\n"
        "3. Kijk na met './kar check' en start met './kar serve'.\n"
        f"4. Log in op https://{_host(options)}/login/. Daar maak je je tweede sleutel, en dan nodig je mensen uit.",
        f"Done. The keys are in {settings.KEY_FILE}. Without that file nothing opens.\n"
        "Now do this:\n"
        "1. Copy it to another place, for instance a stick in a safe.\n"
        "2. Note that: './kar keys copied FILE'.\n"
        "3. Look it over with './kar check' and start with './kar serve'.\n"
        f"4. Log in at https://{_host(options)}/login/. There you make your second factor; then you invite people.",
    )
    return 0


def _host(options):
    return options.host or os.environ.get("KLAPKARRE_HOSTS", "").split(",")[0]


def new_organisation(name):
    """The organisation that does the work, with its own key in the key file."""
    from django.utils.text import slugify

    from klapkarre.foundation.accounts.actions import start_organisation

    return start_organisation(name, slugify(name)[:50] or "organisatie")


def new_administrator(options, organisation):
    """Someone who may change settings, and who cannot read notes."""
    from django.db import transaction

    from klapkarre.foundation.accounts.models import Membership, Role, User

    with transaction.atomic():
        user = User.objects.create_user(options.admin, options.password)
        Membership.objects.create(user=user, organisation=organisation, role=Role.ADMINISTRATOR)
    say(f"Beheerder {options.admin} is gemaakt.", f"Administrator {options.admin} was made.")
