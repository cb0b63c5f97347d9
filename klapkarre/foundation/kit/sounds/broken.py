"""Why a recording cannot be kept."""


class Broken(ValueError):
    """It does not hold what its kind holds."""


class CutOff(Broken):
    """It stops in the middle."""


class NotOnlySound(Broken):
    """It holds a picture, a second stream or another thing that is no voice."""


class TooLong(Broken):
    """More frames than any recording that we keep."""


class Parts:
    """How many boxes, elements, pages, chunks or samples were looked at: a file of ten million bytes may hold millions.

    In five minutes there are some 15 000 frames of 20 ms, each in an element of a few.
    """

    MOST = 100_000

    def __init__(self):
        self.left = self.MOST

    def take(self, number=1):
        """Count one more; `Broken` when it is too much."""
        self.left -= number
        if self.left < 0:
            raise Broken("too many parts")
