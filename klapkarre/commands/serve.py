"""`serve`: real use. Refuses to start while something is unsafe, and says what to do."""

import os

from klapkarre.commands import environment, facts, server
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
            problems += facts.key_problems()
    except ImproperlyConfigured as error:
        problems = [(str(error), str(error))]
    if problems:
        say("Zo start ik niet. Doe eerst dit:", "Not starting like this. First do this:")
        facts.show(problems)
        return 1
    address, port = server.split_bind(options.bind, int(os.environ.get("KLAPKARRE_PORT") or 8000))
    if not server.free(address, port):
        return 1
    collect_files()
    server.serve(
        address,
        port,
        options.workers,
        lambda: say(f"Klaar op {address}:{port}.", f"Ready on {address}:{port}."),
    )
    return 0


def collect_files():
    """Stylesheets, scripts and icons, compressed once for each version."""
    from django.conf import settings
    from django.core.management import call_command

    done = settings.STATIC_ROOT / ".fingerprint"
    current = environment.fingerprint()
    if not done.is_file() or done.read_text() != current:
        call_command("collectstatic", verbosity=0, interactive=False)
        done.write_text(current)
