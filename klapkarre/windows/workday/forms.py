"""What a worker fills in about one point: shut on these days, or open once more."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import pictures
from klapkarre.foundation.kit.forms import DayField, KitForm, SlotField
from klapkarre.foundation.places.public_texts import PublicText
from klapkarre.rooms.agenda.forms import KeyField

LONGEST = 150
FURTHEST = datetime.timedelta(days=366)
# Ready for one tap. Residents read them, so they say nothing about who it is.
# Residents read this. Never "ziekte": where one worker is known by everyone, that is health information.
REASONS = [(word, word) for word in (_("Er kan niemand zijn"), _("Vergadering"), _("Vakantie"))]


def _near_enough(day):
    if day and day > timezone.localdate() + FURTHEST:
        raise ValidationError(_("Dat is meer dan een jaar ver. Kies een vroegere dag."), code="far")
    return day


class CloseForm(PublicText, KitForm, forms.Form):
    """Shut on one day, or on all days until another."""

    watched = phones = for_residents = ("words",)

    key = KeyField(required=False)
    day = DayField(label=_("Welke dag?"))
    reason = forms.ChoiceField(
        label=_("Waarom? Bewoners lezen dit."),
        choices=REASONS,
        required=False,
        widget=forms.RadioSelect({"data-row": "1"}),
    )
    words = forms.CharField(
        label=_("Andere reden"),
        help_text=_("Kort, en zonder namen. Dit komt in de plaats van de keuze hierboven."),
        max_length=LONGEST,
        required=False,
    )
    until = DayField(
        label=_("Tot en met welke dag?"),
        help_text=_("Enkel als het langer dan een dag duurt."),
        near=(),
        required=False,
    )
    autocomplete = {"words": "off"}

    def clean_day(self):
        return _near_enough(self.cleaned_data["day"])

    def clean_until(self):
        return _near_enough(self.cleaned_data["until"])

    def clean_words(self):
        return " ".join(self.cleaned_data["words"].split())

    def clean(self):
        super().clean()
        values = self.cleaned_data
        if not (values.get("reason") or values.get("words") or self.errors.keys() & {"reason", "words"}):
            self.add_error("reason", _("Kies waarom, of schrijf een andere reden."))
        first, last = values.get("day"), values.get("until")
        if first and last and last < first:
            self.add_error("until", _("De laatste dag valt voor de eerste. Kies een latere dag."))
        return values

    def closure(self):
        """First day, last day and reason. Call it on a valid form."""
        values = self.cleaned_data
        return values["day"], values["until"] or values["day"], values["words"] or values["reason"]


class OpenForm(PublicText, KitForm, forms.Form):
    """Open once more, on one day."""

    watched = phones = for_residents = ("note",)
    required_texts = {"opens": _("Kies een uur om te beginnen."), "closes": _("Kies een uur om te stoppen.")}

    key = KeyField(required=False)
    day = DayField(label=_("Welke dag?"))
    opens = SlotField(label=_("Van"))
    closes = SlotField(label=_("Tot"))
    note = forms.CharField(
        label=_("Uitleg"),
        help_text=_("Mag leeg blijven. Bijvoorbeeld: enkel voor vuilniszakken."),
        max_length=LONGEST,
        required=False,
    )
    autocomplete = {"note": "off"}

    def clean_day(self):
        return _near_enough(self.cleaned_data["day"])

    def clean_note(self):
        return " ".join(self.cleaned_data["note"].split())

    def clean(self):
        super().clean()
        values = self.cleaned_data
        opens, closes = values.get("opens"), values.get("closes")
        if not (opens and closes):
            return values
        now = timezone.localtime()
        if closes <= opens:
            self.add_error("closes", _("Het einde valt voor het begin. Kies een later uur."))
        elif values.get("day") == now.date() and closes <= now.time():
            self.add_error("closes", _("Dat uur is al voorbij. Kies een later uur."))
        return values

    def opening(self):
        """Day, from, to and note. Call it on a valid form."""
        return tuple(self.cleaned_data[name] for name in ("day", "opens", "closes", "note"))


class PictureForm(PublicText, KitForm, forms.Form):
    """A picture of the point, with words for who does not see it."""

    watched = phones = for_residents = ("alt",)
    field_order = ("file", "alt")
    required_texts = {"file": _("Kies een foto."), "alt": _("Schrijf wat je op de foto ziet.")}
    autocomplete = {"alt": "off"}

    alt = forms.CharField(
        label=_("Wat zie je op de foto?"),
        help_text=_("Voor wie de foto niet ziet. Bijvoorbeeld: een gele deur naast de bakker."),
        max_length=LONGEST,
    )
    file = forms.FileField(
        label=_("Foto"),
        help_text=_("Van de ingang of het huis, zonder mensen. Hoogstens 10 MB."),
        error_messages={
            "empty": _("Dit bestand is leeg. Kies een foto."),
            "invalid": _("Kies een foto."),
            "missing": _("Kies een foto."),
        },
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_file(self):
        return pictures.draw(self.cleaned_data["file"])

    def add_error(self, field, error):
        """A browser never fills in a file again: who has to correct the words hears that the photo must come along."""
        super().add_error(field, error)
        if field == "alt" and self.files and not self.has_error("file"):
            super().add_error("file", _("Kies de foto nog een keer: je browser onthoudt ze niet."))
