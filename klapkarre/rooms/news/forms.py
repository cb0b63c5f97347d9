"""Short news: what residents read, and who is in the picture."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts.access import buurten_of, points_of
from klapkarre.foundation.kit import pictures
from klapkarre.foundation.kit.forms import KeyField, KitForm
from klapkarre.foundation.places.models import Neighbourhood, Place
from klapkarre.foundation.places.public_texts import PublicText
from klapkarre.rooms.news.models import News, NewsPicture


class NewsForm(PublicText, KitForm, forms.Form):
    """One piece of news; `reach` is what the roles of this user cover."""

    watched = phones = for_residents = ("title", "text", "alt")
    required_texts = {
        "title": _("Schrijf een titel."),
        "text": _("Schrijf wat er nieuw is."),
        "neighbourhood": _("Kies een buurt."),
    }
    mark_optional = True
    sometimes_needed = ("alt", "people")

    key = KeyField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    title = forms.CharField(label=_("Titel"), max_length=100)
    text = forms.CharField(
        label=_("Wat is er nieuw?"),
        help_text=_("Korte zinnen. Geen namen van bewoners."),
        max_length=2000,
        widget=forms.Textarea,
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("Buurt"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een buurt")
    )
    place = forms.ModelChoiceField(
        label=_("Buurtpunt"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("Geen, heel de buurt"),
    )
    picture = forms.FileField(
        label=_("Foto"),
        help_text=_("Hoogstens 10 MB. Plaats en tijd halen we eruit."),
        required=False,
        error_messages=dict.fromkeys(("empty", "invalid", "missing"), _("Kies een foto.")),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = forms.CharField(
        label=_("Wat zie je op de foto?"),
        help_text=_("Voor wie de foto niet ziet. Nodig bij een foto."),
        max_length=150,
        required=False,
    )
    people = forms.ChoiceField(
        label=_("Staan er mensen op de foto?"),
        help_text=_(
            "Vraag het aan elk van hen. Bij kinderen ook aan de ouders. Wie nee zegt, staat er niet op."
        ),
        choices=NewsPicture.People.choices,
        required=False,
        widget=forms.RadioSelect({"data-row": "1"}),
    )
    without_picture = forms.BooleanField(label=_("Haal de foto weg"), required=False)
    state = forms.ChoiceField(
        label=_("Wie ziet dit?"),
        choices=[
            (News.State.PUBLISHED, _("Iedereen: zet het op de site")),
            (News.State.DRAFT, _("Enkel het team: dit is een ontwerp")),
        ],
        widget=forms.RadioSelect({"data-row": "1"}),
        initial=News.State.PUBLISHED,
    )

    def __init__(self, *args, reach, news=None, **kwargs):
        self.reach, self.news = reach, news
        super().__init__(*args, **kwargs)
        self.had = getattr(news, "picture", None)
        self.fields["neighbourhood"].queryset = buurten_of(reach).distinct()
        self.fields["place"].queryset = points_of(reach).distinct()
        if not self.had:
            del self.fields["without_picture"]

    def stood_there(self, name):
        return getattr(self.had if name == "alt" else self.news, name, "")

    def clean_picture(self):
        file = self.cleaned_data["picture"]
        return pictures.draw(file) if file else None

    def clean(self):
        super().clean()
        values = self.cleaned_data
        if values.get("picture"):
            if not values.get("people"):
                self.add_error("people", _("Zeg of er mensen op de foto staan. Anders bewaren we ze niet."))
            if not values.get("alt") and not self.has_error("alt"):
                self.add_error("alt", _("Schrijf wat je op de foto ziet."))
        place, buurt = values.get("place"), values.get("neighbourhood")
        if place and buurt and buurt.pk not in (place.neighbourhood_id, place.neighbourhood.parent_id):
            self.add_error("place", _("Dat buurtpunt ligt in een andere buurt. Kies opnieuw."))
        if buurt and self.team_for(buurt) is None:
            self.add_error("neighbourhood", _("Jouw rol geldt niet in die buurt. Kies een andere."))
        if self.errors and self.files and not self.has_error("picture"):
            self.add_error("picture", _("Kies de foto nog een keer: je browser onthoudt ze niet."))
        return values

    def team_for(self, buurt):
        """The id of the team whose news this is, or None when no role covers that neighbourhood."""
        if self.news:
            return self.news.team_id if self.reach.covers(self.news.team_id, buurt.pk) else None
        return next((team for team in sorted(self.reach.team_ids) if self.reach.covers(team, buurt.pk)), None)
