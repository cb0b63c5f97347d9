"""Where the work happens: municipalities, neighbourhoods, places and when they are open."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.query import ModelIterable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.languages import Written, here, name_of
from klapkarre.foundation.places import hours


class Municipality(models.Model):
    """A town or city, with the desk that a resident can always call."""

    not_personal = ("name", "slug", "desk", "phone", "email")

    name = models.CharField(_("naam"), max_length=100)
    slug = models.SlugField(unique=True)
    desk = models.CharField(_("loket"), max_length=100, blank=True, help_text="bv. Sociaal Huis")
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # Goes up with every change that residents see: cached pages are kept under this number.
    content_version = models.PositiveBigIntegerField(default=0, editable=False)
    # The same for calendars and feeds, which never say how many seats are free.
    feed_version = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")

    def __str__(self):
        return self.name


def content_changed(municipality_id=None, *, only_seats=False):
    """Say that residents' pages must be made anew. Call it inside the transaction of the change.

    `only_seats`: only the number of free seats is another. Calendars and feeds do not say it, so they stay as they are.
    """
    towns = Municipality.objects.all()
    if municipality_id is not None:
        towns = towns.filter(pk=municipality_id)
    more = {} if only_seats else {"feed_version": F("feed_version") + 1}
    towns.update(content_version=F("content_version") + 1, **more)


def content_version():
    """One number for all that residents can see now; the page cache asks for it at each request."""
    return _sum_of("content_version")


def feed_version():
    """The same for what programs follow."""
    return _sum_of("feed_version")


def _sum_of(column):
    # Raw SQL: at each cached page the query builder would cost more than all the rest together (docs/bench.md).
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM({column}) FROM {Municipality._meta.db_table}")  # noqa: S608
        return int(cursor.fetchone()[0] or 0)


class Translation(models.Model):
    """What somebody made of one Dutch text of one row, in one language. It goes with its row.

    It counts only as long as that text stays what it was: `source` is the digest of it (`kit.languages.digest`).
    """

    not_personal = ("field", "language", "text", "source")

    kind = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    row = models.PositiveBigIntegerField()
    of = GenericForeignKey("kind", "row")
    # Which text of that row; the third thing to come for at a point is "welcome 3".
    field = models.CharField(max_length=30)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES[1:])
    text = models.TextField(max_length=5000)
    source = models.CharField(max_length=32)
    # Who, by the number of the login: this layer knows no users, and the name stays where it is.
    translator = models.PositiveBigIntegerField(null=True)
    translated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vertaling")
        verbose_name_plural = _("vertalingen")
        constraints = [
            models.UniqueConstraint(fields=("kind", "row", "field", "language"), name="translation_once")
        ]
        indexes = [models.Index(fields=("language", "translated_at"), name="translation_language")]

    def __str__(self):
        return f"{self.kind_id}:{self.row} {self.field} ({self.language})"


class Told(models.Model):
    """A row whose texts people translate: read from the database, each knows whose it is (`kit.languages.Written`)."""

    TOLD: tuple[str, ...] = ()
    # The columns beside its key that name the row: who reads titles without them asks for no translation, and no query.
    TOLD_BY: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args, **kwargs):
        row = super().from_db(*args, **kwargs)
        facts = row.__dict__
        for name in cls.TOLD if facts.keys() >= {*cls.TOLD_BY} else ():
            if facts.get(name):
                facts[name] = Written(facts[name], row.told_as)
        return row

    @property
    def told_as(self):
        """The name of the row that its translations belong to."""
        return name_of(self._meta.label_lower, self.pk)


class Positioned(models.Model):
    """Where it lies, when somebody looked it up: decimal degrees (WGS 84), both or none."""

    latitude = models.DecimalField(_("breedtegraad"), max_digits=7, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("lengtegraad"), max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                # Half a position would be "unknown" to a database, and a check lets that through.
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="%(class)s_position",
            )
        ]

    @property
    def position(self):
        """(latitude, longitude) as floats, or None."""
        if self.latitude is None or self.longitude is None:
            return None
        return float(self.latitude), float(self.longitude)


class Neighbourhood(Told, Positioned, models.Model):
    """A buurt or, with a parent, a deelbuurt."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("actief")
        SUPPORTED = "supported", _("ondersteund")

    not_personal = ("name", "slug", "summary", "page_label", "page_url")
    TOLD = ("summary",)

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="neighbourhoods")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    name = models.CharField(_("naam"), max_length=100)
    slug = models.SlugField(unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    summary = models.TextField(_("in het kort"), blank=True)
    page_label = models.CharField(_("pagina van de buurt"), max_length=100, blank=True)
    page_url = models.URLField(_("adres van die pagina"), blank=True)

    translations = GenericRelation(Translation, "row", "kind")

    class Meta(Positioned.Meta):
        ordering = ("name",)
        verbose_name = _("buurt")
        verbose_name_plural = _("buurten")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        # The path is a contract name; the page itself stands in a window, which this layer does not know.
        return here(f"/buurten/{self.slug}/")


class PlaceQuerySet(models.QuerySet):
    def points(self):
        return self.filter(kind=Place.Kind.POINT)

    # Goes along with every query that is made of this one.
    _knows_hours = False

    def with_hours(self):
        """Everything `places.opening` needs, in one query more."""
        found = self.select_related("neighbourhood__municipality")
        found._knows_hours = True
        return found

    def _clone(self):
        found = super()._clone()  # type: ignore[misc]
        found._knows_hours = self._knows_hours
        return found

    def _fetch_all(self):
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._knows_hours and self._iterable_class is ModelIterable:
            hours.give(self._result_cache)


class Place(Told, Positioned, models.Model):
    """A buurtpunt or another place where something happens."""

    class Kind(models.TextChoices):
        POINT = "point", _("buurtpunt")
        SQUARE = "square", _("straat of plein")
        SCHOOL = "school", _("school")
        PARTNER = "partner", _("bij een partner")
        STOP = "stop", _("halte van de klapkarre")

    not_personal = ("name", "slug", "street", "postcode", "town", "summary", "way_there", "phone", "phone_of")
    TOLD = ("summary", "way_there")

    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="places")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.POINT)
    name = models.CharField(_("naam"), max_length=100)
    slug = models.SlugField(unique=True)
    street = models.CharField(_("straat en nummer"), max_length=150, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("plaats"), max_length=100, blank=True)
    summary = models.TextField(_("in het kort"), blank=True)
    way_there = models.TextField(_("zo kom je er"), blank=True)
    # The middle of the street or the village, because nobody looked up the door itself.
    position_is_rough = models.BooleanField(_("ligging ongeveer"), default=False)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    # A function, never a name: names of people come with their consent (people).
    phone_of = models.CharField(_("wie neemt op"), max_length=100, blank=True)
    phone_is_example = models.BooleanField(_("voorbeeldnummer"), default=False)
    closed_on_public_holidays = models.BooleanField(_("dicht op feestdagen"), default=True)

    objects = PlaceQuerySet.as_manager()

    translations = GenericRelation(Translation, "row", "kind")

    class Meta(Positioned.Meta):
        ordering = ("name",)
        verbose_name = _("plaats")
        verbose_name_plural = _("plaatsen")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return here(f"/buurtpunten/{self.slug}/")

    @property
    def texts_to_say(self):
        """What somebody reads aloud of it (`foundation/voices`): name, summary, and what you can come for."""
        texts = [self.name, self.summary, *(one.text for one in self.welcomes.all())]
        return [text for text in texts if text]

    @property
    def number_to_call(self):
        """A number that somebody answers: never an example number, else the desk of the town. May be empty."""
        if self.phone and not self.phone_is_example:
            return self.phone
        return self.neighbourhood.municipality.phone


class Picture(models.Model):
    """What a place looks like, for who comes for the first time. The files are drawn anew (`kit.pictures`)."""

    not_personal = ("alt", "large", "small")

    place = models.OneToOneField(Place, models.CASCADE, related_name="picture")
    # The names of the two files, which are sums of what is in them.
    large = models.CharField(max_length=40, unique=True)
    small = models.CharField(max_length=40, unique=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    small_width = models.PositiveSmallIntegerField()
    alt = models.CharField(_("wat je op de foto ziet"), max_length=150)

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto's")

    def __str__(self):
        return self.alt

    @property
    def large_url(self):
        return f"/foto/{self.large}.webp"

    @property
    def small_url(self):
        return f"/foto/{self.small}.webp"


class OpeningHours(models.Model):
    """One weekly slot in local time. `closes` at or before `opens` means: the next day."""

    class During(models.TextChoices):
        ALWAYS = "always", _("altijd")
        SCHOOL = "school", _("enkel in schoolweken")
        HOLIDAYS = "holidays", _("enkel in schoolvakanties")

    place = models.ForeignKey(Place, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(help_text="0 = maandag")
    opens = models.TimeField()
    closes = models.TimeField()
    during = models.CharField(max_length=10, choices=During, default=During.ALWAYS)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("weekday", "opens")
        verbose_name = _("openingsuren")
        verbose_name_plural = _("openingsuren")
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="hours_valid_period",
            ),
        ]

    def __str__(self):
        return f"{self.place}: {self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"


class Closure(models.Model):
    """Days on which a place is shut, both included, with the reason that residents read."""

    not_personal = ("reason",)

    place = models.ForeignKey(Place, models.CASCADE, related_name="closures")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(_("reden"), max_length=150, blank=True)

    class Meta:
        ordering = ("first_day",)
        verbose_name = _("sluiting")
        verbose_name_plural = _("sluitingen")
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="closure_period")
        ]

    def __str__(self):
        return f"{self.place}: dicht {self.first_day}-{self.last_day}"


class ExtraOpening(models.Model):
    """An opening on one date, also when the place would be shut."""

    not_personal = ("note",)

    place = models.ForeignKey(Place, models.CASCADE, related_name="extra_openings")
    day = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    note = models.CharField(_("uitleg"), max_length=150, blank=True)

    class Meta:
        ordering = ("day", "opens")
        verbose_name = _("extra opening")
        verbose_name_plural = _("extra openingen")

    def __str__(self):
        return f"{self.place}: open {self.day}"


class Welcome(Told, models.Model):
    """One thing that you can come for at a place, in the words residents read. `theme` links it to the counter."""

    not_personal = ("text", "theme", "icon")
    TOLD, TOLD_BY = ("text",), ("place_id",)

    place = models.ForeignKey(Place, models.CASCADE, related_name="welcomes")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("waarvoor"), max_length=150)
    theme = models.CharField(max_length=20, blank=True)
    icon = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("position",)
        verbose_name = _("waarvoor je komt")
        verbose_name_plural = _("waarvoor je komt")

    def __str__(self):
        return self.text

    @property
    def told_as(self):
        return name_of("places.place", self.place_id)
