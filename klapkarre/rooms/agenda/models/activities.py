"""Activities and their repetition."""

import uuid
from decimal import Decimal

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.languages import name_of
from klapkarre.foundation.places.models import Neighbourhood, Place, Told, Translation
from klapkarre.rooms.agenda.models.states import SEATED, SeatState
from klapkarre.rooms.agenda.traits import SEVERAL, Kind, Traits


class Series(models.Model):
    """A repetition by rule. Its activities are rows of their own: each has its own list and can be called off.

    What takes place is what the rows say. The rule says in words when it comes back, and makes new rows.
    """

    not_personal = ("rule",)

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    # RFC 5545 without an end, such as FREQ=MONTHLY;BYDAY=1TU (`repetition.Rule`). Empty: loose days.
    rule = models.CharField(max_length=100, blank=True)
    # The rule counts from its first day: that settles which weeks are meant by "every second week".
    first_day = models.DateField()
    last_day = models.DateField()
    skip_public = models.BooleanField(default=False)
    skip_school = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    translations = GenericRelation(Translation, "row", "kind")

    class Meta:
        verbose_name = _("reeks")
        verbose_name_plural = _("reeksen")
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="series_period")
        ]

    def __str__(self):
        return f"{self.first_day} - {self.last_day}"


class SeriesException(models.Model):
    """A day of the rule on which a series does not take place."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="exceptions")
    day = models.DateField()

    class Meta:
        ordering = ("day",)
        verbose_name = _("uitzondering")
        verbose_name_plural = _("uitzonderingen")
        constraints = [models.UniqueConstraint(fields=("series", "day"), name="series_exception_once")]

    def __str__(self):
        return str(self.day)


class SeriesExtra(models.Model):
    """A day outside the rule on which a series takes place as well."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="extras")
    day = models.DateField()

    class Meta:
        ordering = ("day",)
        verbose_name = _("extra dag")
        verbose_name_plural = _("extra dagen")
        constraints = [models.UniqueConstraint(fields=("series", "day"), name="series_extra_once")]

    def __str__(self):
        return str(self.day)


class ActivityQuerySet(models.QuerySet):
    def to_come_back(self, today):
        """Where the team said to come back by today; empty again once somebody did."""
        return self.filter(back_on__lte=today)

    def published(self):
        return self.filter(state__in=(Activity.State.PUBLISHED, Activity.State.CANCELLED))

    def upcoming(self, now=None):
        return self.filter(ends_at__gte=now or timezone.now())

    def visible_to(self, user):
        """What this user may change: the activities of the own teams or neighbourhoods, drafts included."""
        return self.filter(user.reach.rows())

    def past(self, now=None):
        return self.filter(ends_at__lt=now or timezone.now())

    def with_seats(self):
        """Adds `taken` and `waiting`. For one row or few: on a page of many `count_seats` is lighter."""
        return self.annotate(
            taken=Count("signups", filter=Q(signups__state__in=SEATED)),
            waiting=Count("signups", filter=Q(signups__state=SeatState.WAITING)),
        )

    def with_place(self):
        """Everything that a page says about the place and its phone, in the same query."""
        return self.select_related(
            "neighbourhood__municipality", "place__neighbourhood__municipality", "series"
        )


class Activity(Told, Traits):
    """One gathering on one day, for everyone unless it says otherwise."""

    class State(models.TextChoices):
        DRAFT = "draft", _("ontwerp")
        PUBLISHED = "published", _("op de agenda")
        CANCELLED = "cancelled", _("gaat niet door")

    class SignUpKind(models.TextChoices):
        NONE = "none", _("gewoon binnenlopen")
        NAME = "name", _("aanmelden met een naam")
        # A number or an address may always stay empty: nobody is kept out for want of a phone.
        CONTACT = "contact", _("aanmelden met een naam, en een nummer of mail voor wie dat wil")

    Kind = Kind

    class CarriedBy(models.TextChoices):
        """Participation is a goal: results count these apart."""

        FOR = "for", _("voor bewoners")
        WITH = "with", _("met bewoners")
        BY = "by", _("door bewoners")

    not_personal = (
        "title",
        "summary",
        "where",
        "bring",
        "partners",
        "cancelled_because",
        "learned",
        *SEVERAL,
    )
    TOLD, TOLD_BY = ("title", "summary", "where", "bring"), ("series_id",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True, blank=True)
    # What calendars know it by, for ever.
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    series = models.ForeignKey(Series, models.SET_NULL, related_name="activities", null=True, blank=True)
    # The day of the rule that it stands for; the activity itself may have moved to another day since.
    series_day = models.DateField(null=True, blank=True, editable=False)
    title = models.CharField(_("titel"), max_length=100)
    summary = models.TextField(_("uitleg"), blank=True, max_length=2000)
    # Where exactly, when it is not one of our places: "speelplein achter nummer 12".
    where = models.CharField(_("waar"), max_length=150, blank=True)
    starts_at = models.DateTimeField(_("begin"))
    ends_at = models.DateTimeField(_("einde"))
    price_cents = models.PositiveIntegerField(_("prijs in cent"), default=0)
    bring = models.CharField(_("wat breng je mee"), max_length=200, blank=True)
    theme = models.CharField(_("thema"), max_length=20, choices=Theme, default=Theme.NEIGHBOURS)
    sign_up_kind = models.CharField(
        _("aanmelden"), max_length=10, choices=SignUpKind, default=SignUpKind.NONE
    )
    capacity = models.PositiveSmallIntegerField(_("aantal plaatsen"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PUBLISHED)
    cancelled_because = models.CharField(_("waarom het niet doorgaat"), max_length=200, blank=True)
    # When a call-off was taken back last: who had a seat by then hears that it takes place after all.
    on_again_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Everyone who was there, named or not: noted afterwards.
    headcount = models.PositiveSmallIntegerField(_("hoeveel mensen waren er"), null=True, blank=True)
    carried_by = models.CharField(_("wie draagt dit"), max_length=4, choices=CarriedBy, default=CarriedBy.FOR)
    # The day on which the neighbours took it over: from then on it lives without the team.
    alone_since = models.DateField(null=True, blank=True, editable=False)
    # Two questions afterwards; the team reads the answers.
    learned = models.TextField(_("wat leerden we"), blank=True, max_length=1000)
    back_on = models.DateField(_("wanneer komen we terug"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    planned_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    # Residents read the exact number of free seats below this; from here on there is simply room.
    MANY = 10

    objects = ActivityQuerySet.as_manager()

    translations = GenericRelation(Translation, "row", "kind")

    class Meta:
        ordering = ("starts_at", "pk")
        verbose_name = _("activiteit")
        verbose_name_plural = _("activiteiten")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="activity_capacity"),
            models.UniqueConstraint(fields=("series", "series_day"), name="activity_once_a_day"),
            models.CheckConstraint(
                condition=Q(alone_since=None) | Q(carried_by="by"), name="activity_alone_by_residents"
            ),
        ]
        indexes = [
            models.Index(fields=("ends_at", "starts_at"), name="activity_when"),
            models.Index(fields=("neighbourhood", "ends_at"), name="activity_neighbourhood"),
            models.Index(fields=("team", "starts_at"), name="activity_team"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agenda:detail", args=[self.pk])

    @staticmethod
    def told_of(key, series):
        """The name of the row that keeps what was translated: the series when there is one. Both by their key."""
        return name_of("agenda.series", series) if series else name_of("agenda.activity", key)

    @property
    def told_as(self):
        return self.told_of(self.pk, self.series_id)

    @property
    def is_cancelled(self):
        return self.state == self.State.CANCELLED

    @property
    def lives_alone(self):
        return self.alone_since is not None and self.carried_by == self.CarriedBy.BY

    @property
    def day(self):
        return timezone.localtime(self.starts_at).date()

    @property
    def price(self):
        """In euro, as the filter `euro` wants it."""
        return Decimal(self.price_cents) / 100

    @property
    def takes_names(self):
        return self.sign_up_kind in (self.SignUpKind.NAME, self.SignUpKind.CONTACT)

    @property
    def takes_contact(self):
        return self.sign_up_kind == self.SignUpKind.CONTACT

    @property
    def phone(self):
        """A number that somebody answers: that of the place, else the desk of the town."""
        return self.place.number_to_call if self.place else self.neighbourhood.municipality.phone

    def is_within(self, reach):
        """Is this activity one of those that the roles of a user cover?"""
        return reach.covers(self.team_id, self.neighbourhood_id)

    def has_started(self, now=None):
        return self.starts_at <= (now or timezone.now())

    def is_over(self, now=None):
        return self.ends_at < (now or timezone.now())

    def seats_left(self):
        """Free seats, or None when there is no limit."""
        if self.capacity is None:
            return None
        taken = self.taken if hasattr(self, "taken") else self.signups.seated().count()
        return max(0, self.capacity - taken)

    @property
    def is_full(self):
        return self.takes_names and self.seats_left() == 0

    @property
    def has_few_seats(self):
        left = self.seats_left()
        return left is not None and left < self.MANY

    @property
    def texts_to_say(self):
        """What somebody reads aloud of it (`foundation/voices`). Not when: a series has many days."""
        return [text for text in (self.title, self.summary, self.where, self.bring) if text]

    @property
    def at_point(self):
        """Inside, at one of our points: people walk in there. Elsewhere they simply come."""
        return self.place is not None and self.place.kind == Place.Kind.POINT

    @property
    def is_stop(self):
        """A stop of the cart or a round: no list, and who comes is counted there by taps."""
        return self.kind in (Kind.STOP, Kind.ROUND)

    @property
    def spot(self):
        """Where it is, in one name: that of our place, else what was written."""
        return self.place.name if self.place else self.where or self.neighbourhood.name

    @property
    def is_on(self):
        return self.has_started() and not self.is_over()


class RemovedDay(models.Model):
    """An empty day that went when its series got another rule: who has the link or a poster reads so."""

    # The number that the activity had, and its address still has.
    id = models.PositiveBigIntegerField(primary_key=True)
    series = models.ForeignKey(Series, models.CASCADE, related_name="removed")
    day = models.DateField()

    class Meta:
        ordering = ("day",)
        verbose_name = _("weggehaalde dag")
        verbose_name_plural = _("weggehaalde dagen")

    def __str__(self):
        return str(self.day)

    def get_absolute_url(self):
        return reverse("agenda:detail", args=[self.pk])
