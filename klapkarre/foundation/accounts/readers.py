"""Who looked: the readings of a person's rows as plain values, for the person's own page and export."""

from dataclasses import asdict, dataclass

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.models import Opening, Reading
from klapkarre.foundation.accounts.routes import path_of


@dataclass(frozen=True)
class Look:
    """One time that someone saw something of these rows."""

    at: object  # datetime, UTC
    who: str  # user name of the worker
    what: str  # the kind of row, in words
    where: str  # the page
    why: str
    kind: str = ""  # the label of the model

    def plain(self):
        """As a dictionary, for an export."""
        return asdict(self) | {"at": self.at.isoformat()}


def kind_words(kind):
    """The Dutch plural of a kind of row; a kind that is gone keeps its name."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name_plural)
    except (LookupError, ValueError):
        return kind


def readings_of(subject_rows, since=None, with_reasons=False):
    """Who saw these rows of one organisation (of any kind), the latest first; `since` limits it to what is later.

    What a coordinator typed as a reason may name other people. It comes along only `with_reasons`; who asks for that
    logs first that the openings are read. Two queries.
    """
    by_kind: dict[str, list] = {}
    for row in subject_rows:
        by_kind.setdefault(row._meta.label_lower, []).append(row.pk)
    if not by_kind:
        return []
    organisations = {row.organisation_id for row in subject_rows}
    mine = Q(pk__in=[])
    for kind, ids in by_kind.items():
        mine |= Q(
            pk__in=Reading.objects.filter(organisation__in=organisations).naming(kind, ids).values("pk")
        )
    found = Reading.objects.filter(mine).select_related("user", "opening").order_by("-at", "-pk")
    if since:
        found = found.filter(at__gte=since)
    return [
        Look(
            one.at,
            one.user.username,
            kind_words(one.kind),
            path_of(one.route),
            _why(one, with_reasons),
            one.kind,
        )
        for one in found
    ]


def _why(reading, with_reasons):
    if reading.opening is None:
        return reading.reason or _("werk van het team")
    opening: Opening = reading.opening
    if with_reasons and opening.reason:
        return opening.reason
    return _("team geopend door een coördinator, met een reden die de auditor nakijkt")
