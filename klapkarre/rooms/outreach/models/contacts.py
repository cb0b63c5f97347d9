"""Contacts: one conversation each, anonymous unless the person agreed otherwise."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, StringAgg, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.months import month_of
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.people.models import OfPerson, Person
from klapkarre.foundation.places.models import Neighbourhood

KEPT = Term("het gesprek", years=2)  # [own choice]

# A contact with a step that is still open. The index `contact_to_do` has the same words.
OPEN = (
    Q(follow_up_on__isnull=False, followed_up_at=None)
    | Q(to_refer=True, referred_at=None)
    | Q(is_signal=True, passed_on_at=None)
)


class Step(models.TextChoices):
    """What a conversation may ask for afterwards; each is ticked on its own."""

    FOLLOW_UP = "opvolgen", _("opvolgen")
    REFER = "doorverwijzen", _("doorverwijzen")
    SIGNAL = "signaal", _("signaal doorgeven")


# Which field asks for the step, and which says that it was taken.
STEP_FIELDS = {
    Step.FOLLOW_UP: ("follow_up_on", "followed_up_at"),
    Step.REFER: ("to_refer", "referred_at"),
    Step.SIGNAL: ("is_signal", "passed_on_at"),
}


class ContactMomentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The nameless facts of the own teams or neighbourhoods, for a coordinator of all; the note: `workable_by`."""
        return self.filter(user.reach.rows())

    def workable_by(self, user):
        """Contacts that this user may open whole, change and tick: the own ones, not of who is restricted."""
        return self.filter(user.own_reach.rows(), person__restricted_at=None)

    def readable_by(self, user):
        """Contacts whose note this user may read: the own ones, those of a team opened with a reason."""
        return self.filter(user.names_reach.rows(), person__restricted_at=None)

    def noted_by(self, user):
        """What this user noted for the organisation that the user works for now; of another nothing shows here."""
        return self.filter(by=user, organisation=user.works_for)

    def to_do(self):
        """What still asks for a step: follow up, lead to help, or pass on."""
        return self.filter(OPEN)

    def for_list(self):
        """Rows for a list: everything but the note, which a list never opens; `has_note` says whether there is one.

        Their themes come along in the same query (`ContactMoment.chosen_themes`).
        """
        themes = ContactTheme.objects.filter(contact=OuterRef("pk")).order_by().values("contact")
        in_a_row = themes.annotate(them=StringAgg("theme", Value(","))).values("them")
        rows = self.select_related("neighbourhood").defer("note")
        return rows.annotate(has_note=Q(note__isnull=False), themes_in_a_row=Subquery(in_a_row))

    def past_term(self, now):
        """Note and worker go two years after the conversation [own choice]; the nameless count stays."""
        holds_something = (
            Q(note__isnull=False) | Q(by__isnull=False) | Q(to_do_by__isnull=False) | Q(person__isnull=False)
        )
        return self.filter(holds_something, terms.over(ContactMoment, KEPT, now, "when"))


class ContactMoment(models.Model):
    """One conversation. Only setting and neighbourhood are required; nothing is guessed from how people look."""

    class Setting(models.TextChoices):
        POINT = "buurtpunt", _("buurtpunt")
        HOME = "huisbezoek", _("huisbezoek")
        STREET = "straat", _("straat of plein")
        ELSEWHERE = "elders", _("andere organisatie")
        PHONE = "telefoon", _("telefoon of online")

    class Bridge(models.TextChoices):
        NONE = "geen", _("geen")
        SHARED = "contacttaal", _("contacttaal")
        APP = "vertaalapp", _("vertaalapp")
        COLLEAGUE = "collega", _("collega tolkt")
        PHONE = "telefoontolk", _("telefoontolk")
        VIDEO = "videotolk", _("videotolk")
        ON_SITE = "tolk", _("tolk ter plaatse")
        FAMILY = "familie", _("familie of buur")

    class Age(models.TextChoices):
        CHILDREN = "kinderen", _("kinderen")
        YOUNG = "jongeren", _("jongeren")
        ADULTS = "volwassenen", _("volwassenen")
        OLD = "ouderen", _("ouderen")

    class Known(models.TextChoices):
        UNKNOWN = "onbekend", _("onbekend")
        FAMILIAR = "bekend", _("bekend gezicht")
        PERSON = "persoon", _("persoon")

    personal = {
        "by": Personal(
            "de eigen lijst van de werker",
            Basis.PUBLIC_TASK,
            KEPT,
            Fate.DETACH,
            About.STAFF,
            Special.NONE,
            Readers.TEAM,
        ),
        "to_do_by": Personal(
            "weten wie opvolgt",
            Basis.PUBLIC_TASK,
            KEPT,
            Fate.DETACH,
            About.STAFF,
            Special.NONE,
            Readers.TEAM,
        ),
        "person": Personal(
            "verder kunnen met deze persoon",
            Basis.CONSENT,
            KEPT,
            Fate.DETACH,
            About.RESIDENTS,
            Special.NONE,
            Readers.TEAM,
        ),
    }
    of_person = {"person": OfPerson(Fate.DETACH)}

    # The term runs from a moment of its own, and an organisation may choose a shorter one.
    term_is_own = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, verbose_name=_("buurt"), related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("medewerker"), null=True, related_name="+"
    )
    # A colleague who took over what is to be done; empty as long as that is who noted it.
    to_do_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("wie volgt op"), null=True, related_name="+"
    )
    # By consent only; without one a contact stays anonymous.
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    when = models.DateTimeField(_("wanneer"), default=timezone.now)
    month = models.PositiveIntegerField(editable=False)
    setting = models.CharField(_("waar"), max_length=12, choices=Setting)
    people = models.PositiveSmallIntegerField(_("met hoeveel mensen"), default=1)
    language_bridge = models.CharField(_("taalbrug"), max_length=12, choices=Bridge, default=Bridge.NONE)
    age_group = models.CharField(_("leeftijd"), max_length=12, choices=Age, blank=True)
    known = models.CharField(_("bekend"), max_length=10, choices=Known, default=Known.UNKNOWN)
    note = EncryptedTextField(
        _("nota"),
        personal=Personal(
            "verder kunnen met het gesprek",
            Basis.PUBLIC_TASK,
            KEPT,
            Fate.COUNT,
            About.RESIDENTS,
            Special.CARE,
            Readers.TEAM,
        ),
    )
    follow_up_on = models.DateField(_("opvolgen op"), null=True, blank=True)
    to_refer = models.BooleanField(_("doorverwijzen"), default=False)
    is_signal = models.BooleanField(_("signaal"), default=False)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    referred_at = models.DateTimeField(null=True, blank=True)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    # Goes up with every change: two people who change the same contact never overwrite each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ContactMomentQuerySet.as_manager()

    class Meta:
        ordering = ("-when",)
        verbose_name = _("contactmoment")
        verbose_name_plural = _("contactmomenten")
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="contact_people")]
        indexes = [
            models.Index(fields=("team", "month", "neighbourhood", "known", "people"), name="contact_report"),
            models.Index(fields=("by", "-when"), name="contact_own"),
            models.Index(fields=("team", "-when"), name="contact_team"),
            models.Index(fields=("team", "follow_up_on"), name="contact_to_do", condition=OPEN),
        ]

    def __str__(self):
        return f"{self.when:%Y-%m-%d} {self.setting}"

    def save(self, *args, **kwargs):
        self.month = month_of(self.when)
        super().save(*args, **kwargs)

    @property
    def open_steps(self):
        """The steps that were asked for and not yet taken."""
        return [
            step
            for step, (asked, taken) in STEP_FIELDS.items()
            if getattr(self, asked) and getattr(self, taken) is None
        ]

    @property
    def chosen_themes(self):
        """The values of its themes, in no order. No query for a row of `for_list`."""
        if "themes_in_a_row" in self.__dict__:
            return self.themes_in_a_row.split(",") if self.themes_in_a_row else []
        return [row.theme for row in self.themes.all()]


class ContactThemeQuerySet(models.QuerySet):
    def most_used(self, user, since):
        """Themes of the own teams or neighbourhoods by how often they came up since then, the most used first."""
        own = user.own_reach.rows("contact__team", "contact__neighbourhood")
        rows = self.filter(own, contact__when__gte=since)
        times = rows.order_by().values_list("theme").annotate(times=models.Count("pk"))
        return [theme for theme, _times in sorted(times, key=lambda row: -row[1])]


class ContactTheme(models.Model):
    """One theme of one contact."""

    contact = models.ForeignKey(ContactMoment, models.CASCADE, related_name="themes")
    theme = models.CharField(_("thema"), max_length=20, choices=Theme)

    objects = ContactThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thema van een contact")
        verbose_name_plural = _("thema's van contacten")
        constraints = [models.UniqueConstraint(fields=("contact", "theme"), name="contact_theme_once")]

    def __str__(self):
        return self.theme
