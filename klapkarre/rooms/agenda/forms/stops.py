"""A stop of the cart or a round on the site: where, when and how long. The rest is as it was last time."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.access import buurten_of
from klapkarre.foundation.accounts.models import Team
from klapkarre.foundation.kit.forms import DayField, KeyField, KitForm, SlotField
from klapkarre.foundation.places.models import Neighbourhood, Place
from klapkarre.foundation.places.public_texts import PublicText
from klapkarre.rooms.agenda.forms.planning import PlaceChoice
from klapkarre.rooms.agenda.repetition import LONGEST
from klapkarre.rooms.agenda.traits import Kind

LENGTHS = [
    (30, _("Een half uur")),
    (60, _("1 uur")),
    (90, _("Anderhalf uur")),
    (120, _("2 uur")),
    (180, _("3 uur")),
    (240, _("4 uur")),
]
WEEKS = [
    (1, _("Nee, één keer")),
    (4, _("Elke week, 4 keer")),
    (8, _("Elke week, 8 keer")),
    (13, _("Elke week, 13 keer")),
]
OUTSIDE_FIRST = Case(When(kind__in=(Place.Kind.STOP, Place.Kind.SQUARE), then=Value(0)), default=Value(1))


class StopForm(PublicText, KitForm, forms.Form):
    """Three questions; `reach` is what the roles of this user cover."""

    watched = phones = for_residents = ("where", "title")
    required_texts = {
        "starts": _("Kies een uur om te beginnen."),
        "minutes": _("Kies hoelang jullie blijven."),
        "title": _("Geef het een naam."),
    }

    key = KeyField(required=False)
    place = PlaceChoice(
        label=_("Waar?"), queryset=Place.objects.none(), required=False, empty_label=_("Ergens anders")
    )
    where = forms.CharField(
        label=_("Waar precies?"),
        help_text=_("Bijvoorbeeld: speelplein achter nummer 12."),
        max_length=150,
        required=False,
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("Buurt"),
        queryset=Neighbourhood.objects.none(),
        required=False,
        empty_label=_("De buurt van de plaats"),
    )
    day = DayField(label=_("Wanneer?"), near=(0, 1), past=True)
    starts = SlotField(label=_("Van"))
    minutes = forms.TypedChoiceField(
        label=_("Hoelang?"), choices=[("", _("Kies")), *LENGTHS], coerce=int, empty_value=None
    )
    kind = forms.ChoiceField(
        label=_("Wat is het?"),
        choices=[
            (Kind.STOP, _("Een halte van de klapkarre")),
            (Kind.ROUND, _("Een ronde door de straat")),
        ],
        widget=forms.RadioSelect({"data-row": "1"}),
    )
    title = forms.CharField(label=_("Hoe heet het op de site?"), max_length=100)
    weeks = forms.TypedChoiceField(
        label=_("Komt het elke week terug?"),
        help_text=_("Feestdagen slaan we over."),
        choices=WEEKS,
        coerce=int,
        widget=forms.RadioSelect({"data-row": "1"}),
        initial=1,
    )

    def __init__(self, *args, reach, **kwargs):
        self.reach = reach
        super().__init__(*args, **kwargs)
        buurten = buurten_of(reach).distinct()
        places = Place.objects.filter(neighbourhood__in=buurten)
        self.fields["neighbourhood"].queryset = buurten
        self.fields["place"].queryset = places.select_related("neighbourhood__municipality").order_by(
            OUTSIDE_FIRST, "name"
        )

    @property
    def opens_elsewhere(self):
        """Do the questions for a spot that is none of our places stand open?"""
        return not self["place"].value() or any(self[name].errors for name in ("where", "neighbourhood"))

    @property
    def opens_more(self):
        return any(self[name].errors for name in ("kind", "title", "weeks"))

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise ValidationError(DayField.default_error_messages["past"], code="past")
        if day > timezone.localdate() + LONGEST:
            raise ValidationError(_("Die dag is wel heel ver weg. Kijk het jaar na."), code="far")
        return day

    def clean(self):
        super().clean()
        values = self.cleaned_data
        place, buurt = values.get("place"), values.get("neighbourhood")
        if place:
            buurt = values["neighbourhood"] = place.neighbourhood
        elif not self.has_error("place"):
            if not values.get("where") and not self.has_error("where"):
                self.add_error("where", _("Schrijf waar het is. Of kies hierboven een plaats."))
            if buurt is None and not self.has_error("neighbourhood"):
                self.add_error("neighbourhood", _("Kies een buurt."))
        if buurt and "neighbourhood" in values:
            values["team"] = self._team(buurt)
            if values["team"] is None:
                self.add_error("neighbourhood", _("Jouw rol geldt niet in die buurt. Kies een andere."))
        self._check_end(values)
        return values

    def _check_end(self, values):
        """Until midnight, or the first two hours after it, as for every activity."""
        day, starts, minutes = (values.get(name) for name in ("day", "starts", "minutes"))
        if not (day and starts and minutes):
            return
        begin = datetime.datetime.combine(day, starts)
        end = begin + datetime.timedelta(minutes=minutes)
        if end.date() > day and end.time() > datetime.time(2):
            self.add_error("minutes", _("Dat is te laat in de nacht. Kies korter, of begin vroeger."))
        values["ends"] = end.time()

    def _team(self, buurt):
        """The team of this user that works there; None when no role covers it."""
        teams = Team.objects.filter(pk__in=self.reach.team_ids).order_by("name", "pk")
        works = [team for team in teams if self.reach.covers(team.pk, buurt.pk)]
        there = set(
            Team.neighbourhoods.through.objects.filter(
                neighbourhood__in=[buurt.pk, buurt.parent_id]
            ).values_list("team", flat=True)
        )
        return next((team for team in works if team.pk in there), works[0] if works else None)


class MoveForm(forms.Form):
    """To which begin, on the clocks of that day: sent twice it is the same move."""

    to = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M"])
    version = forms.IntegerField(min_value=1)

    def clean_to(self):
        to = timezone.localtime(self.cleaned_data["to"]).replace(tzinfo=None)
        if to.date() < timezone.localdate() or to.date() > timezone.localdate() + LONGEST:
            raise ValidationError("outside the days to come", code="day")
        return to
