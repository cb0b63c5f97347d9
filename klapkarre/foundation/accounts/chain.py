"""Does the log of readings still hold together? Walks each chain once, without keeping it in memory."""

import time
from dataclasses import dataclass

from klapkarre.foundation.accounts.models import Organisation, Reading, ReadingLog
from klapkarre.foundation.accounts.models.readings import START, log_keys

CHUNK = 2000


@dataclass
class Verified:
    """One organisation's log: how many readings were looked at, in how many seconds, and what is wrong first."""

    organisation: Organisation
    looked_at: int
    seconds: float
    wrong: tuple[str, str] | None  # Dutch, English


def verify_all():
    """Verify the chain of every organisation, one after the other."""
    for organisation in Organisation.objects.order_by("pk"):
        began = time.perf_counter()
        walk = _Walk(organisation)
        wrong = walk.first_wrong()
        yield Verified(organisation, walk.looked_at, time.perf_counter() - began, wrong)


class _Walk:
    def __init__(self, organisation):
        self.organisation = organisation
        self.keys = log_keys()
        self.looked_at = 0

    def first_wrong(self):
        """The first broken link as (Dutch, English), or None. The end is read first: what is written meanwhile
        comes after it and is left for the next time."""
        log = ReadingLog.objects.filter(pk=self.organisation.pk).first()
        log = log or ReadingLog(organisation=self.organisation)
        if log.cut_count and log.cut_seal not in map(log.seal_of_cut, self.keys):
            return _told(
                "Het begin", "The start", "is veranderd: het zegel van de afgekapte inzagen past niet"
            )
        if not log.cut_count and log.cut_tip != START:
            return _told("Het begin", "The start", "is veranderd")
        number, tip = log.cut_count, log.cut_tip
        rows = Reading.objects.filter(organisation=self.organisation.pk).order_by("number")
        for reading in rows.filter(number__lte=max(log.count, number)).iterator(CHUNK):
            self.looked_at += 1
            number += 1
            if wrong := self._link(reading, number, tip):
                return wrong
            tip = reading.hash
        return self._end(log, number, tip)

    def _link(self, reading, number, tip):
        this = f"Inzage {number}", f"Reading {number}"
        if reading.number != number:
            return _told(*this, "ontbreekt")
        if reading.hash not in map(reading.sign, self.keys):
            return _told(*this, "is gewijzigd of hoort hier niet")
        if reading.previous != tip:
            return _told(*this, "volgt niet op de vorige")
        if reading.size != len(reading.rows):
            return _told(*this, "telt anders dan haar lijst")
        return None

    def _end(self, log, number, tip):
        if number < log.count:
            return _told(f"Inzage {number + 1}", f"Reading {number + 1}", "ontbreekt")
        if tip != log.tip:
            return _told(f"Inzage {number}", f"Reading {number}", "is niet de laatste die geschreven is")
        later = Reading.objects.filter(organisation=self.organisation.pk, number__gt=number)
        # What was written during the walk moved the end along; what was put in by hand did not.
        now = ReadingLog.objects.filter(pk=self.organisation.pk).values_list("count", flat=True).first()
        extra = later.filter(number__gt=now or 0).order_by("number").first()
        if extra:
            return _told(f"Inzage {extra.number}", f"Reading {extra.number}", "staat er te veel")
        return None


_IN_ENGLISH = {
    "ontbreekt": "is missing",
    "is gewijzigd of hoort hier niet": "was changed or does not belong here",
    "volgt niet op de vorige": "does not follow the one before",
    "telt anders dan haar lijst": "counts other than its list",
    "is niet de laatste die geschreven is": "is not the last that was written",
    "staat er te veel": "was put in by hand",
    "is veranderd": "was changed",
    "is veranderd: het zegel van de afgekapte inzagen past niet": "was changed: the seal of the cut does not fit",
}


def _told(which, which_in_english, what):
    return f"{which} {what}.", f"{which_in_english} {_IN_ENGLISH[what]}."
