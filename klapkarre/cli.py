"""The console script `klapkarre`: one function per command, loaded only when asked for."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from klapkarre.commands.words import english, say

# command -> module with `arguments(parser)` and `run(options)`. Nothing is imported before it is needed.
COMMANDS = {
    "demo": "klapkarre.commands.demo",
    "test": "klapkarre.commands.test",
    "serve": "klapkarre.commands.serve",
    "init": "klapkarre.commands.init",
    "check": "klapkarre.commands.check",
    "keys": "klapkarre.commands.keys",
    "letter": "klapkarre.commands.letter",
    "backup": "klapkarre.commands.backup",
    "restore": "klapkarre.commands.restore",
    "retention": "klapkarre.commands.retention",
    "tell": "klapkarre.commands.tell",
    "sample": "klapkarre.commands.sample",
    "bench": "klapkarre.commands.bench",
    "messages": "klapkarre.commands.messages",
    "lint": "klapkarre.commands.lint",
}


def help_text():
    """What every command does, in the language of the terminal. `./kar help` prints the same file."""
    name = "help.en.txt" if english() else "help.nl.txt"
    return (Path(__file__).parent / "commands" / name).read_text(encoding="utf-8")


def main(arguments=None):
    """Run one command. Returns the exit code: 0 well, 1 failed, 2 used wrongly."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    name = arguments[0] if arguments else ""
    if name in ("help", "-h", "--help"):
        sys.stdout.write(help_text())
        return 0
    if name == "":
        sys.stderr.write(help_text())
        return 2
    if name == "manage":
        return call(manage, arguments[1:])
    if name not in COMMANDS:
        say(
            f"Dit commando ken ik niet: {name}. 'klapkarre help' toont de lijst.",
            f"Unknown command: {name}. 'klapkarre help' shows the list.",
        )
        return 2
    return run(name, arguments[1:])


def run(name, arguments):
    """Parse the arguments of one command and call it."""
    module = import_module(COMMANDS[name])
    parser = argparse.ArgumentParser(prog=f"kar {name}", description=help_line(name), allow_abbrev=False)
    module.arguments(parser)
    options, rest = parser.parse_known_args(arguments)
    if rest and not getattr(module, "PASSES_ON", False):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    return call(module.run, options)


def call(command, *arguments):
    """Run it; a mistyped setting and Ctrl+C get a sentence."""
    try:
        return command(*arguments) or 0
    except KeyboardInterrupt:
        say("Gestopt.", "Stopped.")
    except Exception as error:
        from django.core.exceptions import ImproperlyConfigured  # only now: help must be quick

        if not isinstance(error, ImproperlyConfigured):
            raise
        say(str(error), str(error))
    return 1


def help_line(name):
    """The line about this command in the help."""
    for line in help_text().splitlines():
        if line.strip().startswith(f"./kar {name}"):
            return line.strip().removeprefix(f"./kar {name}").split("  ")[-1].strip()
    return ""


def manage(arguments):
    """The commands of Django, with the settings and the `.env` of this installation."""
    from klapkarre.commands.environment import data_folder, load

    load()
    data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    from django.conf import settings
    from django.core.management import execute_from_command_line

    settings.INSTALLED_APPS  # noqa: B018  (read now: the framework would call every command unknown)
    execute_from_command_line(["kar manage", *arguments])
    return 0
