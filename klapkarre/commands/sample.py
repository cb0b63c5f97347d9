"""`sample`: fictional data at scale, to measure and to practise. Never into a real installation."""

import argparse
import os

from klapkarre.commands import environment
from klapkarre.commands.words import say, words


def at_least_one(text):
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(words("een getal vanaf 1", "a number from 1 on"))
    return int(text)


def arguments(parser):
    parser.add_argument("--teams", type=at_least_one, default=1, metavar="N")
    parser.add_argument("--years", type=at_least_one, default=1, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")


def run(options):
    environment.load()
    if not environment.demo_stamp():
        database = environment.data_folder() / "klapkarre.sqlite3"
        if database.exists() or (os.environ.get("DATABASE_URL") and os.environ.get("KLAPKARRE_DEMO") != "1"):
            say(
                "Hier staat een echte installatie. Kies een andere map: KLAPKARRE_DATA=./oefendata.",
                "This holds a real installation. Choose another folder: KLAPKARRE_DATA=./practice.",
            )
            return 1
        environment.data_folder().mkdir(parents=True, exist_ok=True)
        environment.write_demo_stamp({"complete": True, "sample": True})
    environment.set_up()
    from django.core.management import call_command

    from klapkarre import sample
    from klapkarre.sample.scale import RealData

    call_command("migrate", verbosity=0, interactive=False)
    try:
        sample.generate(options.teams, options.years, options.seed)
    except RealData as refused:
        say(str(refused), str(refused))
        return 1
    return 0
