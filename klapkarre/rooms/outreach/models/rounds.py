"""Rounds of home visits: doors with a number and never a name, and what happened there. All doors go at the end."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.kit import cipher
from klapkarre.foundation.kit.blind import BlindIndexField, Matching
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.refuse import Refuse
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.rooms.outreach.models.streets import Part, Street

# A phone that lay in a drawer may still hold the last day [own choice].
ROUND = Term("de laatste dag van de ronde", days=7, fixed="Zo lang kan een gsm de laatste dag nog insturen.")
# How long a round lasts at most [own choice]: a list of addresses is no register of a street.
LONGEST = datetime.timedelta(days=120)
# A wish not to be visited holds long, and people move [own choice].
LEFT_ALONE = Term(
    "de vraag om niet meer te komen",
    years=3,
    fixed="Wie dit vroeg, moet erop kunnen rekenen. Op vraag gaat het er vroeger uit.",
)


class Slot(models.TextChoices):
    """When we rang, and when people say that it suits them: a part of a working day, or the weekend."""

    MORNING = Part.MORNING.value, _("voormiddag")
    AFTERNOON = Part.AFTERNOON.value, _("namiddag")
    EVENING = Part.EVENING.value, _("avond")
    WEEKEND = "weekend", _("weekend")

    @classmethod
    def of(cls, local):
        """The slot of this local moment."""
        return cls.WEEKEND if local.weekday() >= 5 else cls(Part.of(local).value)


def _of_a_door(purpose, about=About.RESIDENTS):
    """The declaration that all fields of a door share: the row goes with its round."""
    return Personal(purpose, Basis.PUBLIC_TASK, ROUND, Fate.ERASE, about, Special.NONE, Readers.TEAM)


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The facts of a round, without a door: for the own teams or neighbourhoods, for a coordinator of all."""
        return self.filter(user.reach.rows())

    def workable_by(self, user):
        """Rounds in which this user walks."""
        return self.filter(user.own_reach.rows())

    def open(self):
        """Not ended: its doors are there."""
        return self.filter(ended_at=None)

    def running(self, today):
        """Open, and today lies between first and last day."""
        return self.open().filter(starts_on__lte=today, ends_on__gte=today)

    def past_term(self, now):
        """A round ends by itself a week after its last day: its doors go, its counts stay (`actions.end_rounds`)."""
        return self.open().filter(ends_on__lt=ROUND.first_kept_day(timezone.localdate(now)))


class Round(models.Model):
    """Going from door to door in some streets, with a goal, between two days."""

    not_personal = ("title",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, verbose_name=_("buurt"), related_name="+"
    )
    title = models.CharField(_("waarvoor"), max_length=80)
    starts_on = models.DateField(_("eerste dag"))
    ends_on = models.DateField(_("laatste dag"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    # Doors that were left out of the list, because people there asked not to be visited.
    left_out = models.PositiveIntegerField(default=0, editable=False)
    # Goes up with every change: two people who change the same round never overwrite each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-created_at")
        verbose_name = _("ronde")
        verbose_name_plural = _("rondes")
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="round_days")]
        indexes = [models.Index(fields=("team", "ended_at", "-starts_on"), name="round_team")]

    def __str__(self):
        return self.title

    @property
    def erases_on(self):
        """The first day on which the doors are gone, when nobody ends the round before."""
        return ROUND.last_day(self.ends_on) + datetime.timedelta(days=1)

    @property
    def path(self):
        return f"/werk/rondes/{self.pk}/"


class DoorQuerySet(models.QuerySet):
    def past_term(self, _now):
        """They go with their round, which counts them first: only what an ended round left behind is found here."""
        return self.filter(round__ended_at__isnull=False)

    def visible_to(self, user):
        """Addresses of the own team or neighbourhood; of a team that a coordinator opened with a reason too."""
        return self.filter(user.names_reach.rows("round__team", "round__neighbourhood"))

    def workable_by(self, user):
        """Doors at which this user rings."""
        return self.filter(user.own_reach.rows("round__team", "round__neighbourhood"))


class Door(models.Model):
    """One door of one round: a number and a box, sealed; never a name, and no room for a note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="doors")
    street = models.ForeignKey(Street, models.PROTECT, related_name="+")
    where = EncryptedTextField(_("huisnummer"), personal=_of_a_door("weten waar we nog aanbellen"))

    objects = DoorQuerySet.as_manager()

    class Meta:
        verbose_name = _("deur")
        verbose_name_plural = _("deuren")
        indexes = [models.Index(fields=("round", "street"), name="door_round")]

    def __str__(self):
        return str(self.pk)

    @property
    def team_id(self):
        """For the log of readings: of which team this is."""
        return self.round.team_id

    @property
    def number(self):
        """The house number: 12, 12A. Log the reading first."""
        return self.where.partition(" bus ")[0]

    @property
    def box(self):
        """The box, or nothing. Log the reading first."""
        return self.where.partition(" bus ")[2]


class AttemptQuerySet(models.QuerySet):
    def past_term(self, _now):
        """As for doors: they go with their round."""
        return self.filter(door__round__ended_at__isnull=False)

    def visible_to(self, user):
        return self.filter(user.names_reach.rows("door__round__team", "door__round__neighbourhood"))

    def counted(self):
        """Not taken back."""
        return self.filter(undone_at=None)


class Attempt(models.Model):
    """We rang once, and this came of it. Only added to: what is taken back stays, so that no phone repeats it."""

    class Outcome(models.TextChoices):
        NOT_HOME = "niet_thuis", _("niet thuis")
        REFUSED = "geweigerd", _("geweigerd")
        SPOKE = "gesproken", _("gesproken aan de deur")
        INSIDE = "binnen", _("binnen geweest")
        RIGHTS = "rechten", _("rechten verkend")
        STAY_AWAY = "niet_meer", _("niet meer langskomen")

    personal = {
        "by": _of_a_door("terugnemen wat verkeerd getikt is, en de eigen week", About.STAFF),
        "outcome": _of_a_door("weten waar we nog aanbellen"),
        "times": _of_a_door("langskomen wanneer het past"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    door = models.ForeignKey(Door, models.CASCADE, related_name="attempts")
    outcome = models.CharField(_("wat ervan kwam"), max_length=12, choices=Outcome)
    when = models.DateTimeField(_("wanneer"))
    # Values of `Slot`, with spaces between them.
    times = models.CharField(_("wanneer het past"), max_length=40, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("medewerker"), null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ("when", "created_at")
        verbose_name = _("poging aan een deur")
        verbose_name_plural = _("pogingen aan deuren")
        constraints = [
            Refuse(name="attempt_stays", fields=("door", "outcome", "when", "times", "organisation"))
        ]

    def __str__(self):
        return f"{self.when:%Y-%m-%d %H:%M} {self.outcome}"

    @property
    def part(self):
        """The part of the day at which we rang."""
        return Part.of(timezone.localtime(self.when))

    @property
    def slot(self):
        """The same, with the weekend apart."""
        return Slot.of(timezone.localtime(self.when))


class LeftAloneQuerySet(Matching):
    def visible_to(self, user):
        """Nobody sees this list. It is asked about one address at a time, by the program."""
        return self.none()

    def past_term(self, now):
        """Three years after it was asked [own choice]."""
        return self.filter(since__lt=LEFT_ALONE.first_kept_day(timezone.localdate(now)))

    def among(self, organisation, addresses):
        """Which of these addresses are to be left alone (`address_of` in the actions)? Two queries; opens none."""
        organisation = getattr(organisation, "pk", organisation)
        field = self.model._meta.get_field("where_index")
        keys = cipher.key_ring().index_keys(organisation)
        known = {field.made_with(*key, one): one for one in addresses for key in keys}
        rows = self.filter(organisation=organisation, where_index__in=list(known))
        return {known[bytes(found)] for found in rows.values_list("where_index", flat=True)}


_KEPT = Personal(
    "mensen met rust laten die dat vroegen",
    Basis.LEGITIMATE,
    LEFT_ALONE,
    Fate.ERASE,
    About.RESIDENTS,
    Special.NONE,
    Readers.NOBODY,
)


class LeftAlone(models.Model):
    """An address whose people asked not to be visited again. Kept sealed; found by its hash only, shown on no page.

    Made by an attempt it has the attempt's id, so that taking that back takes this back too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # Sealed beside its hash: without it the hash could not be made again when the key is renewed.
    where = EncryptedTextField(_("adres"), personal=_KEPT)
    where_index = BlindIndexField(of="where", kind="name")
    since = models.DateField(_("sinds"), default=timezone.localdate)

    objects = LeftAloneQuerySet.as_manager()

    class Meta:
        verbose_name = _("adres dat we met rust laten")
        verbose_name_plural = _("adressen die we met rust laten")
        indexes = [models.Index(fields=("organisation", "where_index"), name="left_alone_address")]

    def __str__(self):
        return str(self.pk)


class RoundCount(models.Model):
    """What stays of a round that ended: how many doors had this outcome at best, by the month of it."""

    class Outcome(models.TextChoices):
        PLANNED = "gepland", _("niet aangebeld")
        NOT_HOME = "niet_thuis", _("niet thuis")
        REFUSED = "geweigerd", _("geweigerd")
        SPOKE = "gesproken", _("gesproken aan de deur")
        INSIDE = "binnen", _("binnen geweest")
        RIGHTS = "rechten", _("rechten verkend")
        STAY_AWAY = "niet_meer", _("niet meer langskomen")

    round = models.ForeignKey(Round, models.CASCADE, related_name="counts")
    outcome = models.CharField(_("wat ervan kwam"), max_length=12, choices=Outcome)
    month = models.PositiveIntegerField()
    doors = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("telling van een ronde")
        verbose_name_plural = _("tellingen van rondes")
        constraints = [models.UniqueConstraint(fields=("round", "outcome", "month"), name="round_count_once")]

    def __str__(self):
        return f"{self.outcome} {self.doors}"


class Certificate(models.Model):
    """Proof that the doors of a round are gone: how many, when, by which rule, and a sum over the rows. No address."""

    class Rule(models.TextChoices):
        TERM = "termijn", _("Een week na de laatste dag wist een ronde zich vanzelf.")
        BUTTON = "knop", _("Een werker beëindigde de ronde.")

    not_personal = ("digest",)

    round = models.OneToOneField(Round, models.PROTECT, primary_key=True, related_name="certificate")
    at = models.DateTimeField(_("gewist op"))
    rule = models.CharField(_("regel"), max_length=8, choices=Rule)
    doors = models.PositiveIntegerField(_("deuren"))
    attempts = models.PositiveIntegerField(_("pogingen"))
    # SHA-256 over the keys of the rows that went: who holds a copy can show that it was these.
    digest = models.CharField(_("controlesom"), max_length=64)

    class Meta:
        verbose_name = _("bewijs van wissen")
        verbose_name_plural = _("bewijzen van wissen")
        constraints = [
            Refuse(
                name="certificate_as_written",
                fields=("round", "at", "rule", "doors", "attempts", "digest"),
            )
        ]

    def __str__(self):
        return self.digest[:16]
