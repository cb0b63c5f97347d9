"""Who read which personal rows: a chain per organisation, in which nothing can be changed without being seen."""

import datetime
import hashlib
import hmac
import json

from django.conf import settings
from django.db import connections, models, transaction
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.models.openings import Opening
from klapkarre.foundation.accounts.models.organisations import Organisation
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.refuse import Refuse
from klapkarre.foundation.kit.terms import Term

# [own choice: the term of a claim for damage, art. 2262bis old BW]
TERM = Term("het lezen", years=5, fixed="Wie las, moet na te gaan blijven.")
# What a reading says, in the order in which its hash sees it.
SAID = ("number", "user_id", "at", "route", "kind", "rows", "reason", "opening_id")
START = "0" * 64
_rows_as_text = Cast("rows", models.TextField())


def log_keys():
    """The keys that sign the log: of the secret key of now, then of earlier ones."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [
        hmac.new(secret.encode(), b"klapkarre reading log", hashlib.sha256).digest() for secret in secrets
    ]


def signature(key, *parts):
    """HMAC-SHA-256 over these parts, written in one way only: JSON without spaces, moments in UTC."""
    said = [
        part.astimezone(datetime.UTC).isoformat() if hasattr(part, "isoformat") else part for part in parts
    ]
    text = json.dumps(said, separators=(",", ":"), default=str)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class SubjectIndex(models.Index):
    """Finds the readings of one row: in the lists themselves on PostgreSQL, by organisation and kind on SQLite."""

    suffix = "held"

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor == "postgresql":
            return super().create_sql(model, schema_editor, using=" USING gin", **kwargs)
        return models.Index(fields=("organisation", "kind"), name=self.name).create_sql(model, schema_editor)


class ReadingLog(models.Model):
    """The end of one organisation's chain, and where its old end was cut. Who writes a reading holds this row."""

    not_personal = ("tip", "cut_tip", "cut_seal")

    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="+")
    count = models.PositiveBigIntegerField(default=0)
    tip = models.CharField(max_length=64, default=START)
    cut_count = models.PositiveBigIntegerField(default=0)
    cut_tip = models.CharField(max_length=64, default=START)
    cut_seal = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("logboek")
        verbose_name_plural = _("logboeken")
        constraints = [
            Refuse(name="log_stays"),
            Refuse(
                name="log_grows",
                fields=("count", "cut_count"),
                when="NEW.count < OLD.count OR NEW.cut_count < OLD.cut_count",
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id}: {self.count}"

    def seal_of_cut(self, key):
        return signature(key, str(self.organisation_id), self.cut_count, self.cut_tip)


class ReadingQuerySet(models.QuerySet):
    def past_term(self, now):
        return self.filter(at__lt=TERM.cutoff(now))

    def visible_to(self, user):
        """The log of an organisation, for its auditor."""
        return self.filter(organisation__in=user.audited_ids)

    def naming(self, kind, ids):
        """Readings in which one of these rows was shown; of every kind when `kind` is empty."""
        found = models.Q(pk__in=[])
        for one in ids:
            if connections[self.db].vendor == "postgresql":
                found |= models.Q(rows__contains=[str(one)])
            else:
                found |= models.Q(GreaterThan(StrIndex(_rows_as_text, models.Value(json.dumps(str(one)))), 0))
        return self.filter(found, **({"kind": kind} if kind else {}))

    def with_reason(self):
        return self.exclude(reason="", opening=None)

    @transaction.atomic
    def delete(self):
        """Retention: cut the old end off each chain. What is left still verifies, from the sealed place of the cut."""
        total = 0
        for organisation in list(self.order_by().values_list("organisation", flat=True).distinct()):
            log = ReadingLog.objects.select_for_update().get(pk=organisation)
            chain = Reading.objects.filter(organisation=organisation)
            stays = chain.exclude(pk__in=self.order_by().values("pk")).order_by("number").first()
            goes = chain.filter(number__lt=stays.number) if stays else chain
            last = goes.order_by("number").last()
            if last is None:
                continue
            log.cut_count, log.cut_tip = last.number, last.hash
            log.cut_seal = log.seal_of_cut(log_keys()[0])
            log.save(update_fields=["cut_count", "cut_tip", "cut_seal"])
            gone = chain.filter(number__lte=last.number)
            gone.update(expired=True)
            total += gone._raw_delete(self.db)
        return total, {self.model._meta.label: total}


class Reading(models.Model):
    """Someone read personal rows: who, when, which, why, through which page. Written before the answer; append-only.

    `reason` is a phrase of the program. What people typed as their reason stands, sealed, in the opening.
    """

    personal = {
        "user": Personal(
            "nagaan wie gegevens las",
            Basis.PUBLIC_TASK,
            TERM,
            Fate.ERASE,
            About.STAFF,
            Special.NONE,
            Readers.AUDIT,
        ),
        "rows": Personal(
            "nagaan welke gegevens gelezen zijn",
            Basis.PUBLIC_TASK,
            TERM,
            Fate.ERASE,
            About.RESIDENTS,
            Special.NONE,
            Readers.AUDIT,
            words="nummers van gelezen rijen",
        ),
    }
    not_personal = ("route", "kind", "reason", "previous", "hash")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    route = models.CharField(max_length=100)
    kind = models.CharField(max_length=50)
    rows = models.JSONField(default=list)
    size = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, related_name="readings")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # Set by retention only, on what it takes away next.
    expired = models.BooleanField(default=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("inzage")
        verbose_name_plural = _("inzagen")
        indexes = [
            models.Index(fields=("organisation", "at"), name="reading_when"),
            models.Index(fields=("user", "at"), name="reading_who"),
            SubjectIndex(fields=("rows",), name="reading_subject"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("organisation", "number"), name="reading_number"),
            Refuse(name="reading_stays", when="NOT OLD.expired"),
            Refuse(
                name="reading_as_written",
                fields=(
                    *("organisation", "number", "user", "at", "route", "kind", "rows", "size", "reason"),
                    *("opening", "previous", "hash"),
                ),
            ),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"

    def said(self):
        """What this row says, as its hash sees it."""
        return [str(self.organisation_id), *(getattr(self, name) for name in SAID)]

    def sign(self, key):
        """The hash that belongs to this row in this place of the chain."""
        return signature(key, self.previous, *self.said())
