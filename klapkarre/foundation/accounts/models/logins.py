"""What happened at the door: who came in and how, who was refused, and what was changed in how someone logs in."""

from dataclasses import replace

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.refuse import Refuse
from klapkarre.foundation.kit.terms import Term

# [own choice: long enough to see afterwards who used a stolen login]
KEPT = Term(
    "het inloggen", years=1, fixed="Geldt voor heel de installatie: een login is niet van een organisatie."
)
DECLARED = Personal(
    "nagaan wie inlogde en wie dat probeerde",
    Basis.PUBLIC_TASK,
    KEPT,
    Fate.ERASE,
    About.STAFF,
    Special.NONE,
    Readers.AUDIT,
)


class LoginEventQuerySet(models.QuerySet):
    def past_term(self, now):
        return self.filter(at__lt=KEPT.cutoff(now))

    def visible_to(self, user):
        """For the auditor: of who has or had a role there, and attempts on names that nobody has."""
        if not user.audited_ids:
            return self.filter(user=user.pk)
        theirs = user.memberships.model.objects.filter(organisation__in=user.audited_ids).values("user")
        return self.filter(Q(user__in=theirs) | Q(user=None))

    def delete(self):
        """Retention: mark what goes, so that the database lets it go."""
        keys = list(self.values_list("pk", flat=True))
        gone = LoginEvent.objects.filter(pk__in=keys)
        gone.update(expired=True)
        gone._raw_delete(self.db)
        return len(keys), {self.model._meta.label: len(keys)}


class LoginEvent(models.Model):
    """One thing that happened with a login. What was typed is never kept; append-only.

    `user` is empty when the name that was tried belongs to nobody.
    """

    class Kind(models.TextChoices):
        IN = "in", _("Ingelogd")
        WRONG = "wrong", _("Foute poging")
        WRONG_SECOND = "wrong_second", _("Tweede stap mislukt")
        WRONG_CONFIRM = "wrong_confirm", _("Bevestigen mislukt")
        LOCKED = "locked", _("Te veel foute pogingen: even dicht")
        REFUSED = "refused", _("Geweigerd: geen rol meer")
        PASSKEY_ADDED = "passkey_added", _("Toegangssleutel gemaakt")
        PASSKEY_REMOVED = "passkey_removed", _("Toegangssleutel weggenomen")
        APP_ADDED = "app_added", _("App met codes ingesteld")
        APP_REMOVED = "app_removed", _("App met codes weggenomen")
        PASSWORD = "password", _("Wachtwoord gekozen")
        CODES_MADE = "codes_made", _("Herstelcodes gemaakt")
        CODE_USED = "code_used", _("Herstelcode gebruikt")
        HOUSE_LINKED = "house_linked", _("Login van de organisatie gekoppeld")
        HOUSE_UNLINKED = "house_unlinked", _("Login van de organisatie losgemaakt")
        LETTER_MADE = "letter_made", _("Nieuwe brief voor de login gemaakt")
        LETTER_USED = "letter_used", _("Login opnieuw gemaakt met een brief")
        ELSEWHERE = "elsewhere", _("Andere toestellen uitgelogd")
        ENDED_BY = "ended_by", _("Overal afgemeld door wie de organisatie leidt")
        PHONE_ADDED = "phone_added", _("Telefoon gekoppeld")
        PHONE_REMOVED = "phone_removed", _("Telefoon ontkoppeld")
        PHONE_RENEWED = "phone_renewed", _("Telefoon opnieuw gekoppeld")
        PHONE_TAKEN = "phone_taken", _("Telefoon gekoppeld door een collega")
        PHONE_ENDED_BY = "phone_ended_by", _("Telefoon ontkoppeld door wie de organisatie leidt")

    class Way(models.TextChoices):
        PASSKEY = "passkey", _("toegangssleutel")
        PASSWORD = "password", _("wachtwoord")
        TWO_STEPS = "two_steps", _("twee stappen")
        CODE = "code", _("herstelcode")
        LETTER = "letter", _("brief of link")
        HOUSE = "house", _("login van de organisatie")
        DEMO = "demo", _("knop van de demo")

    personal = {"user": DECLARED, "browser": replace(DECLARED, words="soort toestel")}

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=15, choices=Kind)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    browser = models.CharField(_("soort toestel"), max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)
    # Set by retention only, on what it takes away next.
    expired = models.BooleanField(default=False)

    objects = LoginEventQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("gebeurtenis bij het inloggen")
        verbose_name_plural = _("gebeurtenissen bij het inloggen")
        indexes = [
            models.Index(fields=("user", "-at"), name="login_event_who"),
            models.Index(fields=("at",), name="login_event_when"),
        ]
        constraints = [
            Refuse(name="login_event_stays", when="NOT OLD.expired"),
            Refuse(name="login_event_as_written", fields=("user", "kind", "way", "browser", "at")),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"

    @property
    def is_warning(self):
        """Something that its owner may want to look at."""
        kinds = self.Kind
        return self.kind in {
            kinds.WRONG,
            kinds.WRONG_SECOND,
            kinds.WRONG_CONFIRM,
            kinds.LOCKED,
            kinds.REFUSED,
        }
