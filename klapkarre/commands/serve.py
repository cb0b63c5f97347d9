"""`serve`: real use. Refuses to start while something is unsafe, and says what to do."""

import os
import subprocess
import sys
import threading
import time

from klapkarre.commands import environment, facts, keyfacts, server
from klapkarre.commands.words import say


def arguments(parser):
    server.bind_argument(parser, "127.0.0.1")


def run(options):
    from django.core.exceptions import ImproperlyConfigured

    try:
        environment.set_up()
        problems = [*facts.unsafe_settings(), *facts.unsafe_files()]
        problems += facts.database_problems()
        if not problems:
            problems += keyfacts.organisation_problems()
    except ImproperlyConfigured as error:
        problems = [(str(error), str(error))]
    if problems:
        say("Zo start ik niet. Doe eerst dit:", "Not starting like this. First do this:")
        facts.show(problems)
        return 1
    address, port = server.split_bind(options.bind, environment.port())
    if not server.free(address, port):
        return 1
    collect_files()
    facts.show(facts.loose_counts(options.workers))

    def ready():
        say(f"Klaar op {address}:{port}.", f"Ready on {address}:{port}.")
        threading.Thread(target=forget_daily, daemon=True).start()
        threading.Thread(target=tell_always, daemon=True).start()

    server.serve(address, port, options.workers, ready)
    return 0


def forget_daily():
    """Apply retention at the start and once a day: the promise holds also when nobody thinks of it.

    A process of its own, so that the one that starts workers holds no connection.
    """
    while True:
        subprocess.run(
            [sys.executable, "-m", "klapkarre", "retention"], stdout=subprocess.DEVNULL, check=False
        )
        time.sleep(24 * 60 * 60)


def tell_always():
    """Send what residents asked to hear, as it comes. One process that stays; when it stops, another one starts."""
    while True:
        subprocess.run([sys.executable, "-m", "klapkarre", "tell", f"--keep={os.getpid()}"], check=False)
        time.sleep(60)


def collect_files():
    """Stylesheets, scripts and icons, compressed once for each version."""
    from django.conf import settings
    from django.core.management import call_command

    done = settings.STATIC_ROOT / ".fingerprint"
    current = environment.fingerprint()
    if not done.is_file() or done.read_text() != current:
        call_command("collectstatic", verbosity=0, interactive=False)
        done.write_text(current)
