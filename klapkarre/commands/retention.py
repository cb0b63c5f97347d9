"""`retention`: erase what has had its term. Prints counts, never content."""

from klapkarre.commands import environment, logmark
from klapkarre.commands.words import say, words


def arguments(parser):
    parser.add_argument("--dry-run", action="store_true", help=words("alleen tellen", "count only"))


def run(options):
    environment.set_up()
    from klapkarre.foundation.accounts import foreign
    from klapkarre.foundation.people import retention

    if not options.dry_run:
        logmark.note()
    totals, held = _per_kind(retention, options.dry_run)
    totals["sessies"] = foreign.clean_sessions(dry_run=options.dry_run)
    for kind, count in sorted(totals.items()):
        print(f"{count:7d}  {kind}")
    for kind, (count, until) in sorted(held.items()):
        say(
            f"{count:7d}  {kind}: vastgehouden, na te kijken op {until}",
            f"{count:7d}  {kind}: held, to review on {until}",
        )
    total = sum(totals.values())
    if options.dry_run:
        say(f"{total} te wissen. Er is niets gewist.", f"{total} to erase. Nothing was erased.")
    else:
        say(f"{total} gewist.", f"{total} erased.")
    return 0


def _per_kind(retention, dry_run):
    """Adds up over the organisations: what goes, what is held and the first day to look at it."""
    totals = {str(model._meta.verbose_name_plural): 0 for model in retention.kinds()}
    held = {}
    for count in retention.carry_out(dry_run=dry_run):
        totals[count.words] += count.erased
        if count.held:
            number, until = held.get(count.words, (0, count.until))
            held[count.words] = (number + count.held, min(until, count.until))
    return totals, held
