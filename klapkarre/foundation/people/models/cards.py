"""The card of a worker: what she agreed to show residents. The row is the consent: taken back, it is gone."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Membership, Organisation, Role
from klapkarre.foundation.kit import pictures
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.places.models import Neighbourhood

KEPT = Term("het einde van de rol", days=1, fixed="Wie op de site staat, haalt het kaartje zelf weg.")
SHOWN = Personal(
    "bewoners tonen wie er in hun buurt werkt",
    Basis.CONSENT,
    KEPT,
    Fate.ERASE,
    About.STAFF,
    Special.NONE,
    Readers.EVERYONE,
)


class StaffCardQuerySet(models.QuerySet):
    def with_role(self):
        """Adds `role`: the running role in this organisation, as a worker before another; None when there is none."""
        running = Membership.objects.current().filter(
            user=OuterRef("user"), organisation=OuterRef("organisation")
        )
        first = running.annotate(is_worker=Q(role=Role.WORKER)).order_by("-is_worker", "pk")
        return self.annotate(role=Subquery(first.values("role")[:1]))

    def shown(self):
        """What residents see: only of who works here today."""
        return self.with_role().exclude(role=None).order_by("first_name", "pk")

    def visible_to(self, user):
        """Your own card, and for who runs an organisation those in it."""
        return self.filter(Q(user=user.pk) | Q(organisation__in=user.run_ids))

    def past_term(self, now):
        """Of who has no role here any more, suspended or to come either."""
        today = KEPT.first_kept_day(timezone.localdate(now))
        roles = Membership.objects.filter(user=OuterRef("user"), organisation=OuterRef("organisation"))
        still = roles.filter(Q(ends_on=None) | Q(ends_on__gte=today), ended_at=None)
        return self.filter(~Exists(still))

    def delete(self):
        """The files of the photos go with the rows."""
        files = [name for pair in self.values_list("large", "small") for name in pair if name]
        deleted = super().delete()
        transaction.on_commit(lambda: pictures.forget(*files))
        return deleted


class StaffCard(models.Model):
    """First name, number and photo of one worker in one organisation, for everyone to see."""

    # Everyone reads it, so it is not sealed (docs/decisions/0024); it goes the moment it is taken back.
    personal = dict.fromkeys(("user", "first_name", "phone", "large", "small"), SHOWN)
    term_is_own = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    first_name = models.CharField(_("voornaam"), max_length=40)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    neighbourhoods = models.ManyToManyField(Neighbourhood, related_name="+")
    large = models.CharField(_("foto"), max_length=40, blank=True)
    small = models.CharField(_("kleine foto"), max_length=40, blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    consented_at = models.DateTimeField(default=timezone.now)

    objects = StaffCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("kaartje van een medewerker")
        verbose_name_plural = _("kaartjes van medewerkers")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "user"), name="one_card_an_organisation")
        ]

    def __str__(self):
        return self.first_name

    @property
    def role_words(self):
        return Role(self.role).label

    @property
    def photo_url(self):
        return f"/foto/{self.small}.webp" if self.small else ""
