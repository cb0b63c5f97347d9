"""Somebody reads a text aloud for the neighbours: one recording of one text in one language."""

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit import sounds
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term

KEPT = Term("het inspreken", years=2)
VOICE = Personal(
    "een tekst voorlezen aan wie niet goed leest",
    Basis.CONSENT,
    KEPT,
    Fate.ERASE,
    About.BOTH,
    Special.NONE,
    Readers.EVERYONE,
)


def path_of(file):
    """Where this file plays."""
    return f"/stem/{file}"


class RecordingQuerySet(models.QuerySet):
    def of(self, row):
        """The recordings of one row, whatever its kind."""
        return self.filter(kind=row._meta.label_lower, row=row.pk)

    def visible_to(self, user):
        """Those of the organisations in which this user works with what residents read."""
        teams = Team.objects.filter(pk__in=user.reach.team_ids)
        return self.filter(organisation__in=teams.values("organisation"))

    def past_term(self, now):
        """Past their term, or left behind by a text that is not there any more."""
        past = terms.over(Recording, KEPT, now, "agreed_at")
        for kind in self.order_by().values_list("kind", flat=True).distinct():
            rows = apps.get_model(kind)._default_manager.filter(pk=OuterRef("row"))
            past |= Q(kind=kind) & ~Exists(rows)
        return self.filter(past)

    def delete(self):
        """The files go with the rows."""
        files = list(self.values_list("file", flat=True))
        deleted = super().delete()
        transaction.on_commit(lambda: sounds.forget(*files))
        return deleted


class Recording(models.Model):
    """A voice, which is personal, and what was said by who speaks. No name is kept. `source`: see `kit.languages`."""

    class Speaker(models.TextChoices):
        NEIGHBOUR = "neighbour", _("Een buur of een vrijwilliger")
        STAFF = "staff", _("Iemand van het team")

    # Everyone hears it, so it is not sealed (docs/decisions/0024); it goes the moment it is taken back.
    personal = {"file": VOICE}
    not_personal = ("kind", "source")
    term_is_own = True

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The row whose text is read: `agenda.series` and its key. This layer does not know what rooms keep.
    kind = models.CharField(max_length=40)
    row = models.PositiveBigIntegerField()
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    source = models.CharField(max_length=32)
    file = models.CharField(_("stem"), max_length=50, unique=True)
    seconds = models.PositiveSmallIntegerField()
    speaker = models.CharField(_("wie spreekt"), max_length=10, choices=Speaker)
    agreed_at = models.DateTimeField(default=timezone.now)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("opname van een stem")
        verbose_name_plural = _("opnames van stemmen")
        constraints = [
            models.UniqueConstraint(fields=("kind", "row", "language"), name="recording_once"),
        ]

    def __str__(self):
        return f"{self.kind}:{self.row} ({self.language})"

    @property
    def url(self):
        return path_of(self.file)
