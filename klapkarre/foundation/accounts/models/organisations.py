"""Organisations, their teams, and what they promised the city."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.places.models import Municipality, Neighbourhood


class Organisation(models.Model):
    """The vzw or city service that does the work and owns the data."""

    not_personal = ("name", "slug")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("naam"), max_length=150)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")

    def __str__(self):
        return self.name


class Team(models.Model):
    """The people of one organisation who work in some neighbourhoods together."""

    not_personal = ("name",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(_("naam"), max_length=100)
    neighbourhoods = models.ManyToManyField(Neighbourhood, related_name="+", blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [models.UniqueConstraint(fields=("organisation", "name"), name="team_name")]

    def __str__(self):
        return self.name


class Covenant(models.Model):
    """The contract with the city: what the work answers for."""

    not_personal = ("name", "plan")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="covenants")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    name = models.CharField(_("naam"), max_length=150)
    plan = models.CharField(_("beleidsplan"), max_length=200, blank=True)
    starts_on = models.DateField(_("begin"))
    ends_on = models.DateField(_("einde"))

    class Meta:
        ordering = ("-starts_on",)
        verbose_name = _("convenant")
        verbose_name_plural = _("convenanten")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="covenant_period")
        ]

    def __str__(self):
        return self.name


class CovenantGoal(models.Model):
    """One of the goals of a covenant, in the city's words and in short."""

    not_personal = ("short", "text")

    covenant = models.ForeignKey(Covenant, models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField()
    short = models.CharField(_("in het kort"), max_length=80)
    text = models.TextField(_("tekst van het convenant"))

    class Meta:
        ordering = ("number",)
        verbose_name = _("doel")
        verbose_name_plural = _("doelen")
        constraints = [models.UniqueConstraint(fields=("covenant", "number"), name="goal_number")]

    def __str__(self):
        return f"{self.number}. {self.short}"


class ThemeGoal(models.Model):
    """A team's own choice of the goal number that a theme counts for; without a row `DEFAULT_GOAL` holds."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="theme_goals")
    theme = models.CharField(max_length=20, choices=Theme)
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("doel van een thema")
        verbose_name_plural = _("doelen van thema's")
        constraints = [models.UniqueConstraint(fields=("team", "theme"), name="theme_goal_once")]

    def __str__(self):
        return f"{self.theme}: {self.number}"
