"""Short news of a neighbourhood, and its picture."""

import datetime
import uuid

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from klapkarre.foundation.accounts.models import Organisation, Team
from klapkarre.foundation.duties import terms
from klapkarre.foundation.kit import pictures
from klapkarre.foundation.kit.personal import About, Basis, Fate, Personal, Readers, Special
from klapkarre.foundation.kit.terms import Term
from klapkarre.foundation.places.models import Neighbourhood, Place, Told, Translation

KEPT = Term("het nieuws", years=2)
IN_PICTURE = Personal(
    "nieuws uit de buurt met een foto",
    Basis.CONSENT,
    KEPT,
    Fate.ERASE,
    About.RESIDENTS,
    Special.NONE,
    Readers.EVERYONE,
)
# So long it is news on the pages of places; the list and its own page keep it.
FRESH = datetime.timedelta(days=60)


class NewsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What this user may change: the news of the own teams or neighbourhoods, drafts included."""
        return self.filter(user.reach.rows())

    def published(self):
        return self.filter(state=News.State.PUBLISHED)

    def fresh(self, now):
        """What is new now."""
        return self.published().filter(published_at__gte=now - FRESH)


class News(Told, models.Model):
    """A title and a few sentences."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("news", "ontwerp")
        PUBLISHED = "published", pgettext_lazy("news", "op de site")
        WITHDRAWN = "withdrawn", pgettext_lazy("news", "van de site gehaald")

    not_personal = ("title", "text")
    TOLD = ("title", "text")

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(_("titel"), max_length=100)
    text = models.TextField(_("tekst"), max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # When residents could read it first.
    published_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    translations = GenericRelation(Translation, "row", "kind")

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("nieuws")
        verbose_name_plural = _("nieuws")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="news_published_when"
            )
        ]
        indexes = [models.Index(fields=("neighbourhood", "state", "published_at"), name="news_neighbourhood")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("news:detail", args=[self.pk])

    @property
    def texts_to_say(self):
        """What somebody reads aloud of it (`foundation/voices`)."""
        return [self.title, self.text]

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED


class NewsPictureQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user.reach.rows("news__team", "news__neighbourhood"))

    def shown(self):
        """What residents can see now."""
        return self.filter(news__state=News.State.PUBLISHED)

    def past_term(self, now):
        return self.filter(terms.over(NewsPicture, KEPT, now, "news__saved_at"))

    def delete(self):
        """The files go with the rows."""
        files = [name for pair in self.values_list("large", "small") for name in pair]
        deleted = super().delete()
        transaction.on_commit(lambda: pictures.forget(*files))
        return deleted


class NewsPicture(models.Model):
    """The picture of one piece of news, and what was said by who is in it."""

    class People(models.TextChoices):
        NOBODY = "nobody", _("Nee, je herkent niemand")
        AGREED = "agreed", _("Ja, en iedereen zei ja")

    personal = dict.fromkeys(("large", "small"), IN_PICTURE)
    not_personal = ("alt",)
    term_is_own = True

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    news = models.OneToOneField(News, models.CASCADE, related_name="picture")
    large = models.CharField(_("foto"), max_length=40)
    small = models.CharField(_("kleine foto"), max_length=40)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(_("wat je op de foto ziet"), max_length=150)
    people = models.CharField(_("wie staat erop"), max_length=10, choices=People)
    answered_at = models.DateTimeField(default=timezone.now)

    objects = NewsPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto bij nieuws")
        verbose_name_plural = _("foto's bij nieuws")

    def __str__(self):
        return self.alt

    @property
    def url(self):
        return f"/foto/{self.small}.webp"
