"""Who takes a seat or waits for one, on which slip, and how they want to hear of a change."""

import datetime
import uuid
from dataclasses import replace
from typing import NamedTuple

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit.blind import BlindIndexField, Matching
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.rooms.agenda.models.activities import Activity
from klapkarre.rooms.agenda.models.states import OPEN, SEATED, How, SeatState

KEPT = Term("de activiteit", months=1)
A_SEAT = Personal(
    "een plaats vrijhouden",
    Basis.CONSENT,
    KEPT,
    Fate.COUNT,
    About.RESIDENTS,
    Special.NONE,
    Readers.TEAM,
)
NEWS = replace(A_SEAT, purpose="verwittigen over de plaats, op de gevraagde manier")


def count_seats(activities):
    """Give each of these activities `taken`, `waiting` and `told_later`, in one query for the whole page."""
    counts = {
        row["activity"]: row
        for row in SignUp.objects.filter(activity__in=[activity.pk for activity in activities])
        .order_by()
        .values("activity")
        .annotate(
            taken=Count("pk", filter=Q(state__in=SignUp.SEATED)),
            waiting=Count("pk", filter=Q(state=SignUp.State.WAITING)),
            told_later=Count("pk", filter=SignUp.UNTOLD),
        )
    }
    for activity in activities:
        row = counts.get(activity.pk, {})
        for name in ("taken", "waiting", "told_later"):
            setattr(activity, name, row.get(name, 0))
    return activities


class Reach(NamedTuple):
    """How many people stand on a list, waiting ones too, and how many of them asked to be told in some way."""

    on_list: int
    reached: int


def count_reach(activity):
    """Whom it concerns when this activity is called off: numbers only, no name or number is opened."""
    bearers: dict = {}
    leads = []
    rows = activity.signups.order_by("created_at", "pk").values_list("pk", "lead", "how", "state")
    for pk, lead, how, state in rows:
        # The first seat of a slip holds the number for its friends, also when it was given back.
        bearers.setdefault(lead or pk, how)
        if state in SignUp.OPEN:
            leads.append(lead or pk)
    return Reach(len(leads), sum(bearers[lead] != How.SELF for lead in leads))


class SignUpQuerySet(Matching, models.QuerySet):
    def visible_to(self, user):
        """Names on a list are for the team that organises (there), nobody else in the organisation."""
        return self.filter(user.names_reach.rows("activity__team", "activity__neighbourhood"))

    def seated(self):
        return self.filter(state__in=SignUp.SEATED)

    def to_tell(self, now=None):
        """Whom somebody must still tell before it is over: moved up, another day, hour or place, or called off."""
        return self.live(now).filter(SignUp.UNTOLD)

    def live(self, now=None):
        """What a slip still opens: until the activity is over."""
        return self.filter(activity__ends_at__gte=now or timezone.now())

    def to_remind(self, by_itself, now=None):
        """Whom a worker calls about tomorrow: who asked it, and gets no message `by_itself` (these ways do)."""
        now = now or timezone.now()
        day_after = timezone.localdate(now) + datetime.timedelta(days=2)
        end = timezone.make_aware(datetime.datetime.combine(day_after, datetime.time.min))
        rows = self.filter(
            remind=True,
            state=SeatState.SIGNED_UP,
            activity__state=Activity.State.PUBLISHED,
            activity__starts_at__gt=now,
            activity__starts_at__lt=end,
        )
        failed = Q(notices__kind="reminder", notices__state="failed")
        asked = ~Q(how__in=by_itself)
        return rows.filter(
            failed | (asked & ~Exists(rows.filter(pk=OuterRef("pk"), notices__kind="reminder")))
        )

    def waiting(self):
        return self.filter(state=SignUp.State.WAITING).order_by("created_at", "pk")

    def on_slip(self, lead):
        """Every seat on the slip that this sign-up carries, its own too."""
        return self.filter(Q(pk=lead.pk) | Q(lead=lead.pk))

    def past_term(self, now):
        """A month after the activity the name goes; who came stays as a count.

        What carries the slip of other days stays as long as one of those.
        """
        over = terms.over(SignUp, KEPT, now, "activity__ends_at")
        left = SignUp.objects.filter(lead=OuterRef("pk"), forgotten_at=None).exclude(over)
        return self.filter(over, forgotten_at=None).exclude(Exists(left))


class SignUp(models.Model):
    """One seat or one place on the waiting list, under a name of the resident's own choice.

    Seats that were taken together (with a friend, on several days of a series) stand on one slip: that of the first
    one, their `lead`. The number and the address stand once for each activity: on the first seat there.
    """

    State = SeatState
    How = How
    SEATED, OPEN = SEATED, OPEN
    UNTOLD = Q(told_at=None) & (
        Q(state=SeatState.SIGNED_UP, moved_up_at__isnull=False)
        | Q(state__in=OPEN, changed_at__isnull=False)
        | Q(state__in=OPEN, activity__state=Activity.State.CANCELLED)
    )

    # The term runs from a moment of its own, and an organisation may choose a shorter one.
    term_is_own = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name=_("activiteit"), related_name="signups"
    )
    # The sign-up whose slip this seat stands on; empty when that is its own.
    lead = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="others")
    name = EncryptedTextField(_("naam"), personal=A_SEAT)
    name_index = BlindIndexField(of="name")
    # E.164: +32470123456.
    phone = EncryptedTextField(_("telefoon"), personal=NEWS)
    phone_index = BlindIndexField(of="phone", kind="phone")
    mail = EncryptedTextField(_("e-mail"), personal=NEWS)
    mail_index = BlindIndexField(of="mail")
    how = models.CharField(_("hoe verwittigen"), max_length=10, choices=How, default=How.SELF)
    remind = models.BooleanField(_("herinneren"), default=False)
    # Put on the list by a worker, at the desk or on the phone.
    by_worker = models.BooleanField(_("aangemeld door het team"), default=False)
    state = models.CharField(_("stand"), max_length=10, choices=SeatState, default=SeatState.SIGNED_UP)
    # Moved up from the waiting list: the seat is held until this person knows.
    moved_up_at = models.DateTimeField(null=True, blank=True)
    # Day, hour or place became another after this person signed up.
    changed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    # Hashes only: without the secret key of the settings nobody makes the link or the code from the database.
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    code_hash = models.CharField(max_length=64, null=True, unique=True)
    # Codes are drawn again while another live slip has the same one: this is the draw that was free.
    code_draw = models.PositiveSmallIntegerField(default=0, editable=False)
    # The order of the waiting list: set under the lock of the activity, never backwards.
    created_at = models.DateTimeField(_("aangemeld op"), default=timezone.now)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = SignUpQuerySet.as_manager()
    # What retention empties or sets beside the personal fields.
    forgotten = {
        "token_hash": None,
        "code_hash": None,
        "how": How.SELF,
        "remind": False,
        "forgotten_at": Now(),
    }
    not_personal = ("token_hash", "code_hash")
    # A name without a person behind it: found by its exact text when someone asks about the own data.
    loose_names = ("name", "phone", "mail")

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        indexes = [models.Index(fields=("activity", "state"), name="signup_activity_state")]

    def __str__(self):
        return f"{self.pk}"

    @property
    def slip(self):
        """The sign-up that carries the slip of this seat."""
        return self.lead or self

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def is_on_again(self):
        """It was called off while this seat was there, takes place after all, and that is (part of) the news."""
        since = self.activity.on_again_at
        return bool(since and self.changed_at and self.created_at <= since <= self.changed_at)

    @property
    def is_moved(self):
        """Another day, hour or place is (part of) the news."""
        return self.changed_at is not None and self.changed_at != self.activity.on_again_at

    def along(self):
        """The same person on other days of this slip: who asks to be erased, is erased there too."""
        rows = SignUp.objects.on_slip(self.slip).exclude(pk=self.pk)
        return list(rows.filter(name_index=self.name_index)) if self.name_index else []

    @property
    def to_tell(self):
        """The same as the queryset's `to_tell`, for one row whose activity is at hand."""
        if self.told_at is not None or self.activity.is_over():
            return False
        if self.activity.is_cancelled or self.changed_at is not None:
            return self.state in self.OPEN
        return self.state == self.State.SIGNED_UP and self.moved_up_at is not None
