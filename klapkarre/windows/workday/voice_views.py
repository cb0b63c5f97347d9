"""A voice beside what residents read: put there with the agreement of who speaks, taken away at once."""

from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to, points_of
from klapkarre.foundation.accounts.models import Team
from klapkarre.foundation.kit import sounds
from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.languages import DUTCH, OWN_NAMES, digest
from klapkarre.foundation.kit.sounds import takes_sound
from klapkarre.foundation.voices import actions
from klapkarre.foundation.voices.models import Recording
from klapkarre.foundation.voices.playing import source_of
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.news.models import News


class VoiceForm(KitForm, forms.Form):
    """A recording, and the yes of who speaks."""

    required_texts = {
        "file": gettext_lazy("Kies een opname."),
        "speaker": gettext_lazy("Zeg wie er spreekt."),
        "agreed": gettext_lazy("Vraag het eerst aan wie spreekt. Zonder ja bewaren we de stem niet."),
    }

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("Opname"),
        help_text=gettext_lazy(
            "Neem op met de recorder van je telefoon. Kies daarna dat bestand."
            " Hoogstens 5 minuten. Plaats en tijd halen we eruit."
        ),
        error_messages=dict.fromkeys(("empty", "invalid", "missing"), gettext_lazy("Kies een opname.")),
        widget=forms.FileInput({"accept": "audio/*"}),
    )
    speaker = forms.ChoiceField(
        label=gettext_lazy("Wie spreekt?"),
        help_text=gettext_lazy("Een naam bewaren we niet."),
        choices=Recording.Speaker.choices,
        widget=forms.RadioSelect({"data-row": "1"}),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("Wie spreekt, zei ja: iedereen mag dit horen op de site."),
        help_text=gettext_lazy(
            "Bij een kind zeggen ook de ouders ja. Nee zeggen kan altijd: dan gaat de opname weg."
        ),
    )

    def __init__(self, *args, now="", **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["seen"].initial = now

    def clean_file(self):
        return sounds.clean(self.cleaned_data["file"])

    def clean(self):
        super().clean()
        if self.cleaned_data.get("seen", "") != self.now:
            # The next press is about what stands there now.
            self.data = self.data.copy()
            self.data["seen"] = self.now
            self.add_error(
                None, _("Intussen veranderde hier iets. Kijk na wat er nu staat, en bewaar dan opnieuw.")
            )
        if self.errors and self.files and not self.has_error("file"):
            self.add_error("file", _("Kies de opname nog een keer: je browser onthoudt ze niet."))
        return self.cleaned_data


class Spoken(NamedTuple):
    """What is read aloud: the row that keeps it, its Dutch texts, and where it belongs."""

    name: str
    row: object
    texts: list
    organisation_id: int
    municipality_id: int
    translate: str


@takes_sound
@never_cache
@allowed_to(PLAN)
def voice_activity(request, pk):
    rows = Activity.objects.visible_to(request.user).select_related("series", "neighbourhood")
    one = get_object_or_404(rows, pk=pk)
    return _page(request, one, one.title, one.series or one, one.organisation_id, "activity", one.pk)


@takes_sound
@never_cache
@allowed_to(PLAN)
def voice_news(request, pk):
    one = get_object_or_404(News.objects.visible_to(request.user).select_related("neighbourhood"), pk=pk)
    return _page(request, one, one.title, one, one.organisation_id, "news", one.pk)


@takes_sound
@never_cache
@allowed_to(PLAN)
def voice_point(request, slug):
    reach = request.user.reach
    point = get_object_or_404(points_of(reach).select_related("neighbourhood"), slug=slug)
    buurten = (point.neighbourhood_id, point.neighbourhood.parent_id)
    team = next(one for one in sorted(reach.team_ids) if any(reach.covers(one, buurt) for buurt in buurten))
    organisation = Team.objects.values_list("organisation", flat=True).get(pk=team)
    return _page(request, point, point.name, point, organisation, "point", point.slug)


def _page(request, said, name, row, organisation_id, kind, key):
    spoken = Spoken(
        name,
        row,
        said.texts_to_say,
        organisation_id,
        said.neighbourhood.municipality_id,
        reverse(f"workday:translate_{kind}", args=[key]),
    )
    language = request.GET.get("taal", "")
    language = language if language in OWN_NAMES else DUTCH
    every = {one.language: one for one in Recording.objects.of(row)}
    found = every.get(language)
    texts = _to_read(spoken, language)
    now = _stamp(found, texts)
    form = VoiceForm(now=now)
    if request.method == "POST":
        if "right" in request.POST:
            return _right(request, spoken, language, now)
        if "put" not in request.POST:
            return _settled(request, spoken, name, language)
        form = VoiceForm(request.POST, request.FILES, now=now)
        if form.is_valid():
            _put(spoken, language, form.cleaned_data)
            messages.success(request, _("De opname is bewaard. Bewoners horen ze bij deze tekst."))
            if form.cleaned_data["file"].ending in sounds.NOT_EVERYWHERE:
                messages.warning(request, _("Op een oudere iPhone speelt ze niet. Een .m4a of .mp3 wel."))
            return redirect(request.get_full_path())
    source = source_of(spoken.texts)
    context = {
        "name": name,
        "form": form,
        "language": language,
        "own_name": OWN_NAMES[language],
        "found": found,
        "is_old": found is not None and found.source != source,
        "languages": [(code, own, _mark(every.get(code), source)) for code, own in OWN_NAMES.items()],
        "now": now,
        "texts": texts,
        "translate": spoken.translate,
        "is_dutch": language == DUTCH,
    }
    return render(request, "workday/voice.html", context)


def _mark(recording, source):
    if recording is None:
        return ""
    return "fresh" if recording.source == source else "old"


def _to_read(spoken, language):
    """(what to read, is it in that language) of each text: as it was translated, else the Dutch."""
    if language == DUTCH:
        return [(text, True) for text in spoken.texts]
    told = dict(spoken.row.translations.filter(language=language).values_list("source", "text"))
    return [(told.get(digest(text), text), digest(text) in told) for text in spoken.texts]


def _stamp(found, texts):
    """What a worker looked at: the recording that was there, and each word to read."""
    return source_of([found.file if found else "", *(text for text, _is_told in texts)])


def _put(spoken, language, values):
    actions.put(
        spoken.row,
        spoken.texts,
        language,
        values["file"],
        values["speaker"],
        organisation_id=spoken.organisation_id,
        municipality_id=spoken.municipality_id,
    )


def _right(request, spoken, language, now):
    """It is still right: of the words that were looked at, and of no others."""
    if request.POST.get("seen") == now:
        town = {"municipality_id": spoken.municipality_id}
        actions.still_right(spoken.row, spoken.texts, language, **town)
        messages.success(request, _("Bewoners horen deze opname opnieuw."))
    else:
        messages.warning(request, _("Intussen veranderde hier iets. Kijk na wat er nu staat."))
    return redirect(request.get_full_path())


def _settled(request, spoken, name, language):
    """Take it away when that is sure; then the page again."""
    town = {"municipality_id": spoken.municipality_id}
    if "away" in request.POST:
        there = Recording.objects.of(spoken.row).filter(language=language)
        seen = there.filter(file=request.POST.get("seen", "")[:50])
        if request.POST.get("sure") != "ja" and there.exists():
            return _asked(request, there.get(), name, language)
        if actions.take_away(seen, **town):
            messages.success(request, _("De opname is gewist. Niemand hoort ze nog."))
        elif there.exists():
            messages.warning(request, _("Intussen staat hier een andere opname. Luister eerst."))
        else:
            messages.warning(request, _("De opname was al weg."))
    return redirect(request.get_full_path())


def _asked(request, recording, name, language):
    """Is it sure? What is erased does not come back."""
    context = {"found": recording, "name": name, "language": language, "own_name": OWN_NAMES[language]}
    return render(request, "workday/voice_away.html", context)
