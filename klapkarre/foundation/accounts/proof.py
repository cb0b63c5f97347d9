"""Proof that it is still you, right before something that weighs. The one place to replace when login can do more."""

from klapkarre.foundation.kit import limits

# Wrong passwords within ten minutes.
MOST_WRONG = 5


class TooOften(Exception):
    """Too many wrong passwords to look at this one."""


def is_still(user, password):
    """Does this password belong to who is signed in? Raises `TooOften` after five wrong ones in ten minutes."""
    if limits.count("proof", str(user.pk)) > MOST_WRONG:
        raise TooOften
    if not user.check_password(password):
        return False
    limits.give_back("proof", str(user.pk))
    return True
