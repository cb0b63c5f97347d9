"""What may not be erased for now. Legal holds are asked here, in one place."""

from klapkarre.foundation.duties.holds import on_hold


def must_stay(rows):
    """Is one of these rows on hold, or would it take along what is?"""
    return on_hold(*rows)
