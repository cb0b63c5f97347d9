"""`letter`: a link for who lost every way in and whom no colleague can help, such as the only administrator."""

import sys

from klapkarre.commands import environment, facts
from klapkarre.commands.words import say, words


def arguments(parser):
    parser.add_argument("username", metavar=words("GEBRUIKERSNAAM", "USERNAME"))


def run(options):
    environment.set_up()
    problems = list(facts.database_problems())
    if problems:
        facts.show(problems)
        return 1
    from klapkarre.foundation.accounts.models import Membership

    roles = Membership.objects.not_over().filter(suspended_at=None, user__username=options.username)
    membership = roles.select_related("user", "organisation").order_by("pk").first()
    if membership is None:
        say(
            f"Er is niemand '{options.username}' met een rol die loopt. Let op hoofdletters.",
            f"There is nobody '{options.username}' with a running role. Mind capitals.",
        )
        return 1
    show(membership)
    return 0


def show(membership):
    """Print link and code. They stand in no log: who reads this screen can take the login."""
    from django.conf import settings
    from django.urls import reverse

    from klapkarre.foundation.accounts import invitations

    made = invitations.renew_on_server(membership)
    base = f"http{'s' if settings.HTTPS else ''}://{settings.ALLOWED_HOSTS[0]}"
    link = base + reverse("accounts:invitation", args=[invitations.token_of(made)])
    code, page = invitations.code_of(made), base + reverse("accounts:invitation_by_code")
    say(
        f"{link}\nOf typ op {page} de code {code}.\n"
        f"Dit werkt een keer, tot morgen dit uur. {membership.user} maakt er een nieuwe login mee.\n"
        "De oude login werkt daarna niet meer. Kijk eerst na wie erom vraagt.",
        f"{link}\nOr type the code {code} on {page}.\n"
        f"It works once, until this hour tomorrow. {membership.user} makes a new login with it.\n"
        "The old login then no longer works. Make sure first who asks for it.",
        sys.stdout,
    )
