"""`bench`: measurements beside their floor, as lines of JSON."""

import os
import sys

from klapkarre.commands.words import say


def arguments(parser):
    parser.add_argument("names", nargs="*", metavar="NAME")


def run(options):
    sys.path.insert(0, os.getcwd())
    try:
        import bench
    except ImportError:
        say(
            "De metingen staan alleen in een kloon van het project. Start ze daar met ./kar bench.",
            "The benchmarks are only in a clone of the project. Start them there with ./kar bench.",
        )
        return 1
    return bench.main(options.names)
