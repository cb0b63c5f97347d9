"""Messages on the terminal: Dutch, or English when the terminal's language is English."""

import os
import sys


def english():
    """Does the terminal ask for English? Anything but English, also nothing, gets Dutch."""
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return language.startswith("en")


def words(dutch, in_english):
    """The one of two texts that the terminal asks for."""
    return in_english if english() else dutch


def say(dutch, in_english, to=None):
    """Print a message on standard error, so that standard output stays for results."""
    print(words(dutch, in_english), file=to or sys.stderr, flush=True)
