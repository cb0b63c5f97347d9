"""What someone asked about the own data, with the month that the law gives, and what was done with it."""

import calendar
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.refuse import Refuse
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.people.models.persons import Person
from klapkarre.foundation.people.models.pointing import OfPerson
from klapkarre.foundation.places.models import Neighbourhood

# How long a request is kept to show that it was answered [own choice: the term of a claim for damage].
KEPT = Term("de vraag", years=5, fixed="Zo lang tonen we dat de vraag een antwoord kreeg.")


def month_later(day):
    """The same day of the next month; its last day when it has no such day."""
    year, month = (day.year + day.month // 12, day.month % 12 + 1)
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def for_proof(purpose, about=About.STAFF, special=Special.NONE):
    """The declaration of what shows that a request was answered. Erasing a person empties its texts at once."""
    return Personal(purpose, Basis.PUBLIC_TASK, KEPT, Fate.ERASE, about, special, Readers.TEAM)


class RightsRequestQuerySet(models.QuerySet):
    def of_team(self, user):
        """All of the own teams or neighbourhoods, also of who is restricted or erased: to say that, not to show texts.

        A request goes along when its person moves; without a person it stays in the neighbourhood where it was.
        """
        reach = user.names_reach
        where_now = Q(person__isnull=False) & reach.rows(buurt="person__neighbourhood")
        return self.filter(where_now | (Q(person=None) & reach.rows()))

    def visible_to(self, user):
        """Those whose texts may be read: not of a person who is restricted."""
        return self.of_team(user).filter(person__restricted_at=None)

    def still_open(self, *persons):
        """Not closed yet, about one of these persons."""
        return self.open().filter(person__in=[one.pk for one in persons])

    def open(self):
        return self.filter(closed_at=None)

    def past_term(self, now):
        return self.filter(at__lt=KEPT.cutoff(now))


class RightsRequest(models.Model):
    """One request: by whom, who it was according to the worker, until when there is time, how it ended."""

    class Kind(models.TextChoices):
        ACCESS = "inzage", _("inzage: wat staat er over mij?")
        CORRECT = "verbetering", _("verbetering: dit klopt niet")
        RESTRICT = "beperking", _("beperking: gebruik het even niet")
        ERASE = "wissen", _("wissen: haal alles weg")
        OBJECT = "bezwaar", _("bezwaar: ik wil dit niet")

    class AskedBy(models.TextChoices):
        PERSON = "persoon", _("de persoon zelf")
        TRUSTED = "vertrouwenspersoon", _("iemand die de persoon vertegenwoordigt")

    class Outcome(models.TextChoices):
        DONE = "gedaan", _("gedaan")
        REFUSED = "geweigerd", _("geweigerd")

    personal = {"by": for_proof("weten wie het opnam")}
    not_personal = ("loose_kind",)
    of_person = {"person": OfPerson(Fate.COUNT)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    # Where the person or the loose name was; while there is a person, where that is now counts.
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # One of both, until it was erased: then neither.
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="rights_requests")
    loose_kind = models.CharField(max_length=60, blank=True, editable=False)
    loose_row = models.UUIDField(null=True, editable=False)
    kind = models.CharField(_("wat"), max_length=12, choices=Kind)
    asked_by = models.CharField(_("wie vroeg het"), max_length=20, choices=AskedBy)
    checked = EncryptedTextField(
        _("hoe weet je wie het is"),
        personal=for_proof("tonen dat het de juiste persoon was", About.RESIDENTS, Special.CLAIMS),
    )
    asked_on = models.DateField(_("gevraagd op"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("opgenomen door"),
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(_("afloop"), max_length=10, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(_("afgesloten op"), null=True, editable=False)

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        ordering = ("closed_at", "asked_on", "at")
        verbose_name = _("vraag over eigen gegevens")
        verbose_name_plural = _("vragen over eigen gegevens")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="request_closed_how",
            )
        ]

    def __str__(self):
        return f"{self.asked_on:%Y-%m-%d} {self.kind}"

    @property
    def due(self):
        """The last day to answer: one month after the question [GDPR article 12(3)]."""
        return month_later(self.asked_on)

    def days_left(self, today=None):
        return (self.due - (today or timezone.localdate())).days

    def is_within(self, reach):
        """Is this request one of those that the roles of a user cover? As in `of_team`."""
        return reach.covers(self.team_id, (self.person or self).neighbourhood_id)

    @property
    def short_kind(self):
        """The name of the right alone."""
        return str(self.get_kind_display()).partition(":")[0]

    @property
    def is_loose(self):
        return self.loose_row is not None


class RequestEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(request__in=RightsRequest.objects.visible_to(user))

    def past_term(self, now):
        """They go with their request."""
        return self.filter(request__in=RightsRequest.objects.past_term(now))


class RequestEvent(models.Model):
    """What happened with a request. Only added to; the database refuses a change."""

    class Act(models.TextChoices):
        ASKED = "gevraagd", _("gevraagd")
        RESTRICTED = "beperkt", _("beperkt")
        LOOKED = "ingekeken", _("ingekeken om een wettelijke reden")
        LIFTED = "opgeheven", _("beperking opgeheven")
        ERASED = "gewist", _("alles gewist")
        DONE = "gedaan", _("gedaan")
        REFUSED = "geweigerd", _("geweigerd")

    personal = {"by": for_proof("weten wie wat deed")}
    not_personal = ("counts",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="events")
    act = models.CharField(_("wat"), max_length=12, choices=Act)
    reason = EncryptedTextField(
        _("reden"), personal=for_proof("tonen waarom", About.RESIDENTS, Special.CLAIMS)
    )
    # How many rows of each kind an erasure took away: numbers, no names.
    counts = models.JSONField(_("hoeveel"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("door"), null=True, related_name="+"
    )
    at = models.DateTimeField(_("op"), default=timezone.now, editable=False)

    objects = RequestEventQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("stap van een vraag")
        verbose_name_plural = _("stappen van vragen")
        constraints = [Refuse(name="request_event_stays", fields=("request", "act", "at", "counts"))]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
