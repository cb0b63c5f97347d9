"""What only people know of the register and the DPIA: answers, to which is only added, and versions of the whole."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.refuse import Refuse
from klapkarre.foundation.kit.terms import Term

KEPT = Term("een nieuwer antwoord", years=5, fixed="De geschiedenis van het register blijft bewaard.")
VERSIONS_KEPT = Term("een nieuwere versie", years=5, fixed="De geschiedenis van de DPIA blijft bewaard.")


def _declared(purpose, term, words=""):
    return Personal(
        purpose, Basis.DUTY, term, Fate.ERASE, About.STAFF, Special.NONE, Readers.DUTIES, words=words
    )


class Document(models.TextChoices):
    REGISTER = "register", _("verwerkingsregister")
    DPIA = "dpia", _("DPIA")


class _OfAnOrganisation(models.QuerySet):
    def visible_to(self, user):
        """For who runs the organisation, and its auditor."""
        return self.filter(organisation__in=user.run_ids | user.audited_ids)


class AnswerQuerySet(_OfAnOrganisation):
    def past_term(self, now):
        """Five years after something newer took its place. What holds today stays."""
        newer = Answer.objects.filter(
            organisation=OuterRef("organisation"),
            document=OuterRef("document"),
            question=OuterRef("question"),
            number__gt=OuterRef("number"),
            at__lt=KEPT.cutoff(now),
        )
        return self.filter(Exists(newer))


class Answer(models.Model):
    """One answer to one question of a document. Never changed: what comes later is a new row."""

    personal = {"by": _declared("weten wie antwoordde", KEPT)}
    not_personal = ("question",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    document = models.CharField(max_length=10, choices=Document)
    question = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    text = EncryptedTextField(_("antwoord"), personal=_declared("aantonen hoe je met gegevens omgaat", KEPT))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        verbose_name = _("antwoord over gegevens")
        verbose_name_plural = _("antwoorden over gegevens")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "document", "question", "number"), name="answer_number"
            ),
            Refuse(name="answer_as_written", fields=("organisation", "document", "question", "number", "at")),
        ]

    def __str__(self):
        return f"{self.document} {self.question} {self.number}"


class VersionQuerySet(_OfAnOrganisation):
    def past_term(self, now):
        """Five years after a newer one. The newest stays."""
        newer = Version.objects.filter(
            organisation=OuterRef("organisation"),
            number__gt=OuterRef("number"),
            at__lt=VERSIONS_KEPT.cutoff(now),
        )
        return self.filter(Exists(newer))


class Version(models.Model):
    """The DPIA as it was on a day: the whole of it, as sealed JSON. Never changed."""

    personal = {"by": _declared("weten wie vastlegde", VERSIONS_KEPT)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    whole = EncryptedTextField(
        _("inhoud"), personal=_declared("aantonen hoe je risico's afwoog", VERSIONS_KEPT)
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        verbose_name = _("versie van de DPIA")
        verbose_name_plural = _("versies van de DPIA")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "number"), name="version_number"),
            Refuse(name="version_as_written", fields=("organisation", "number", "at")),
        ]

    def __str__(self):
        return f"DPIA {self.number}"
