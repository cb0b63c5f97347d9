"""`tell`: send residents what waits, by mail and SMS, and tomorrow's reminders. Prints counts, never content."""

import os
import time

from klapkarre.commands import environment
from klapkarre.commands.words import say, words

EVERY = 20  # seconds


def arguments(parser):
    parser.add_argument(
        "--keep",
        nargs="?",
        type=int,
        const=os.getppid(),
        metavar="PID",
        help=words(
            "blijven kijken zolang dit programma ons startte, zoals serve doet",
            "keep looking while this program is the one that started us, as serve does",
        ),
    )


def run(options):
    environment.set_up()
    from django.conf import settings

    if settings.DEMO:
        say("In de demo gaat er niets weg.", "In the demo nothing is sent.")
        return 0
    if options.keep is not None:
        return _keep(options.keep)
    sent, failed = _round()
    say(f"{sent} verstuurd, {failed} niet verstuurd.", f"{sent} sent, {failed} not sent.")
    return 0


def _round():
    from klapkarre.rooms.agenda import actions
    from klapkarre.rooms.agenda.models import Notice

    actions.remind()
    done = actions.deliver()
    return done[Notice.State.SENT], done[Notice.State.FAILED]


def _keep(started_by):
    """Until the program that started us is gone. A database that is away for a while stops nothing for good.

    `serve` says its own number: who asks only now may find it gone already, and would never stop.
    """
    from django.db import DatabaseError, close_old_connections

    while os.getppid() == started_by:
        try:
            _round()
        except DatabaseError:
            say(
                "De databank antwoordt niet. Ik probeer het opnieuw.",
                "The database does not answer. Trying again.",
            )
        close_old_connections()
        time.sleep(EVERY)
    return 0
