"""Benchmarks: ours beside its floor, in the same run, on the same server. Read `docs/bench.md` for what they mean.

`./kar bench` runs all of them on one team-year and on 300 teams of three years; `./kar bench small`, `./kar bench
pages results` or `./kar bench big hotlist` run a part. `KLAPKARRE_BENCH_BIG=30x3` takes a smaller big size,
`KLAPKARRE_BENCH_ROUNDS` more or fewer rounds than five.
"""

import sys


def main(names=None, out=None):
    """Run the named benchmarks (all without names) and print one line of JSON for each figure. Gives an exit code."""
    # Imported at the call: the parts need Linux and the packages for developers.
    from bench import run

    return run.main(names or [], out or sys.stdout)
