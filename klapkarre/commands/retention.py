"""`retention`: erase what has had its term. Prints counts, never content."""

from klapkarre.commands import environment
from klapkarre.commands.words import say, words


def arguments(parser):
    parser.add_argument("--dry-run", action="store_true", help=words("alleen tellen", "count only"))


def run(options):
    environment.set_up()
    from klapkarre.foundation.accounts import foreign
    from klapkarre.foundation.people import retention

    counts = retention.run(dry_run=options.dry_run)
    counts["sessies"] = foreign.clean_sessions(dry_run=options.dry_run)
    for kind, count in sorted(counts.items()):
        print(f"{count:7d}  {kind}")
    total = sum(counts.values())
    if options.dry_run:
        say(f"{total} te wissen. Er is niets gewist.", f"{total} to erase. Nothing was erased.")
    else:
        say(f"{total} gewist.", f"{total} erased.")
    return 0
