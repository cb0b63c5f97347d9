"""A person: someone who agreed that we keep a name, and what they want."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.places.models import Neighbourhood

# What a person agreed to be kept. Two years without news is long [own choice], and nobody is kept for ever.
TERM = Term("het laatste nieuws, of vroeger als de toestemming stopt", years=2)
# Days between the end of a consent, or a merge, and the erasing: long enough to notice a mistake [own choice].
DAYS_OF_GRACE = 30
GRACE = Term("het samenvoegen", days=DAYS_OF_GRACE, fixed="Zo lang kan je het ongedaan maken.")


def by_consent(purpose, special=Special.NONE, words=""):
    """The declaration that all fields about a person share."""
    return Personal(
        purpose, Basis.CONSENT, TERM, Fate.ERASE, About.RESIDENTS, special, Readers.TEAM, words=words
    )


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Persons of the own team or neighbourhood whose consent stands. A coordinator needs a reason first."""
        return self.of_team(user).readable()

    def of_team(self, user):
        """Also who withdrew or is restricted: only to say that, never to show anything."""
        return self.filter(user.names_reach.rows())

    def workable_by(self, user):
        """Whom this user may change: those of the own roles. A team that was opened is read, and stays as it is."""
        return self.filter(user.own_reach.rows())

    def readable(self):
        """Consent stands, nobody asked to leave it unused, and this is not a double that went up in another."""
        return self.filter(withdrawn_at=None, merged_into=None, restricted_at=None)

    def restricted(self):
        """Locked for work: only that it is so may be said."""
        return self.exclude(restricted_at=None).filter(merged_into=None).order_by("restricted_at")

    def past_term(self, now):
        """Withdrawn or merged a month ago, without any news for two years, or without a consent at all."""
        from klapkarre.foundation.people.models.consents import Consent

        asked = Exists(Consent.objects.filter(person=OuterRef("pk")))
        # Who is restricted stays until that is lifted: it may be needed to claim a right.
        return self.filter(restricted_at=None).filter(
            Q(erase_on__lte=timezone.localdate(now))
            | Q(merged_at__lt=GRACE.cutoff(now))
            | terms.over(Person, TERM, now, "touched_at")
            | (~asked & Q(merged_into=None))
        )


class Person(models.Model):
    """Exists by consent only: `consented_on` cannot be empty, and the proof is in `Consent`."""

    personal = {"neighbourhood": by_consent("weten wie van het team langsgaat")}
    # The term runs from a moment of its own, and an organisation may choose a shorter one.
    term_is_own = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    name = EncryptedTextField(_("naam"), personal=by_consent("weten wie het is"))
    phone = EncryptedTextField(_("telefoon"), personal=by_consent("kunnen bellen"))
    where = EncryptedTextField(_("waar"), personal=by_consent("kunnen langsgaan"))
    languages = EncryptedTextField(_("talen"), personal=by_consent("elkaar verstaan", Special.CONSENT))
    wants = EncryptedTextField(
        _("wat deze persoon wil"), personal=by_consent("doen wat de persoon vraagt", Special.CONSENT)
    )
    # Where someone lives or is met; empty when nobody knows. Who has a role for one neighbourhood sees only hers.
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, verbose_name=_("buurt"), null=True, blank=True, related_name="+"
    )
    consented_on = models.DateField(_("toestemming sinds"))
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, editable=False)
    erase_on = models.DateField(null=True, editable=False)
    # Locked for work on request: nobody reads or changes it until that is lifted.
    restricted_at = models.DateTimeField(_("beperkt sinds"), null=True, editable=False)
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, editable=False, related_name="doubles")
    merged_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("bewaard sinds"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("laatst gewijzigd op"), null=True, editable=False)
    # The last time that anything was noted about this person: the term of two years runs from here.
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    # Goes up with every change: two people who change the same person never overwrite each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PersonQuerySet.as_manager()

    # What a worker fills in and two people can compare: texts, and the neighbourhood.
    TEXTS = ("name", "phone", "where", "languages", "wants")
    FACTS = (*TEXTS, "neighbourhood")

    class Meta:
        verbose_name = _("persoon")
        verbose_name_plural = _("personen")
        indexes = [
            models.Index(
                fields=("team",), name="person_team", condition=Q(withdrawn_at=None, merged_into=None)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, erase_on=None)
                | Q(withdrawn_at__isnull=False, erase_on__isnull=False),
                name="person_withdrawn_is_erased",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None)
                | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="person_merged_when",
            ),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def path(self):
        """The page of this person. A window composes it, so that it is linked by path and not by name."""
        return f"/werk/personen/{self.pk}/"

    def is_within(self, reach):
        """Is this person one of those that the roles of a user cover?"""
        return reach.covers(self.team_id, self.neighbourhood_id)

    @property
    def is_readable(self):
        return self.withdrawn_at is None and self.merged_into_id is None and self.restricted_at is None
