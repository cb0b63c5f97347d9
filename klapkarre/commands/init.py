"""`init`: a new installation. Keys, database, first organisation, first administrator. Overwrites nothing."""

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
        "--town", metavar="FILE", help=words("gemeente, buurten en punten", "town, places (YAML)")
    )


def run(options):
    if environment.demo_stamp():
        say(
            "In deze datamap staat de demo. Kies een andere map met KLAPKARRE_DATA.",
            "This data folder holds the demo. Choose another one with KLAPKARRE_DATA.",
        )
        return 1
    os.umask(0o077)
    environment.load()
    try:
        write_settings(options)
        environment.set_up()
        prepare_database()
        return first_rows(options)
    except Missing as missing:
        say(
            f"Geef {missing} mee: zonder toetsenbord vraag ik niets.",
            f"Give {missing}: nobody is here to ask.",
        )
        return 2


class Missing(Exception):
    """A value that was not given, and nobody to ask."""


def ask(given, flag, dutch, in_english):
    """The value of the flag, or the answer to the question."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise Missing(flag)
    return input(words(dutch, in_english) + " ").strip()


def write_settings(options):
    """The secret key and the host name go into `.env`, unless the environment has them."""
    lines = []
    if not os.environ.get("KLAPKARRE_SECRET_KEY"):
        lines.append(("KLAPKARRE_SECRET_KEY", secrets.token_urlsafe(60)))
    if not os.environ.get("KLAPKARRE_HOSTS"):
        host = ask(options.host, "--host", "Naam van de site (zonder https://)?", "Name of the site?")
        lines.append(("KLAPKARRE_HOSTS", host))
        lines.append(("KLAPKARRE_TRUSTED_PROXIES", os.environ.get("KLAPKARRE_TRUSTED_PROXIES", "1")))
    if not lines:
        return
    with DOTENV.open("a", encoding="utf-8") as file:
        for name, value in lines:
            file.write(f"{name}={value}\n")
            os.environ[name] = value
    DOTENV.chmod(0o600)
    say(f"Instellingen bewaard in {DOTENV.resolve()}", f"Settings kept in {DOTENV.resolve()}")


def prepare_database():
    """The data folder for its owner only, and the tables."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    say("De databank staat klaar.", "The database is ready.")


def first_rows(options):
    """Town, organisation and administrator; those that exist stay as they are."""
    from django.conf import settings

    from klapkarre.foundation.accounts.models import Membership, Organisation, Role

    if options.town:
        from klapkarre.foundation.accounts.town_import import import_town

        report = import_town(Path(options.town))
        say("\n".join(report.lines()), "\n".join(report.lines()))
        if not report.ok:
            return 1
    organisation = Organisation.objects.first() or new_organisation(options)
    if Membership.objects.filter(role=Role.ADMINISTRATOR).exists():
        say("Er is al een beheerder.", "There is an administrator already.")
    elif not new_administrator(options, organisation):
        return 1
    say(
        f"Klaar. Bewaar een kopie van {settings.KEY_FILE} op een andere plek: zonder gaat niets meer open.\n"
        "Kijk na met './kar check' en start met './kar serve'.",
        f"Done. Keep a copy of {settings.KEY_FILE} elsewhere: without it nothing opens.\n"
        "Look it over with './kar check' and start with './kar serve'.",
    )
    return 0


def new_organisation(options):
    """The organisation that does the work, with its own key in the key file."""
    from django.utils.text import slugify

    from klapkarre.foundation.accounts.actions import start_organisation

    name = ask(
        options.organisation, "--organisation", "Welke organisatie doet het werk?", "Which organisation?"
    )
    return start_organisation(name, slugify(name)[:50] or "organisatie")


def new_administrator(options, organisation):
    """Someone who may change settings, and who cannot read notes."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from klapkarre.foundation.accounts.models import Membership, Role, User

    username = ask(
        options.admin, "--admin", "Gebruikersnaam van de beheerder?", "User name of the administrator?"
    )
    password = read_password(options.password_file)
    try:
        validate_password(password)
    except ValidationError as error:
        say(" ".join(error.messages), " ".join(error.messages))
        return False
    with transaction.atomic():
        user = User.objects.create_user(username, password)
        Membership.objects.create(user=user, organisation=organisation, role=Role.ADMINISTRATOR)
    say(f"Beheerder {username} is gemaakt.", f"Administrator {username} was made.")
    return True


def read_password(file):
    """From the file, from the input, or typed twice. Never from the command line, which others can see."""
    if file == "-":
        return sys.stdin.readline().rstrip("\n")
    if file:
        return Path(file).read_text(encoding="utf-8").splitlines()[0]
    if not sys.stdin.isatty():
        raise Missing("--password-file")
    while True:
        first = getpass.getpass(
            words("Wachtwoord (12 tekens of meer): ", "Password (12 characters or more): ")
        )
        if first == getpass.getpass(words("Nog eens: ", "Again: ")):
            return first
        say("De twee zijn niet gelijk.", "The two differ.")
