"""What people here wrote, side by side with what it says in another language."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to, points_of
from klapkarre.foundation.kit.forms import LONGEST_TEXT, KitForm
from klapkarre.foundation.kit.languages import FOREIGN, OWN_NAMES, digest, in_line
from klapkarre.foundation.kit.leave_out import found_in
from klapkarre.foundation.places import wordings
from klapkarre.foundation.places.models import Place
from klapkarre.foundation.places.public_texts import PublicText
from klapkarre.foundation.plain.beside import found
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.news.models import News
from klapkarre.windows.workday import translations

# In the session: which language somebody works on.
LAST = "translates"
# Characters of Dutch that fit on one line of a form.
SHORT = 80
SHOWS = (("", gettext_lazy("Te doen")), ("oud", gettext_lazy("Verouderd")), ("alles", gettext_lazy("Alles")))


class TranslationForm(PublicText, KitForm, forms.Form):
    """One field for each text, and beside it what was there when the page was shown."""

    def __init__(self, data=None, *, items, kept, proposed, language):
        self.watched = self.phones = tuple(f"text{number}" for number in range(len(items)))
        super().__init__(data)
        self.items, self.kept, self.proposed, self.language = items, kept, proposed, language
        for number, item in enumerate(items):
            text = forms.CharField(
                label=item.label,
                required=False,
                max_length=LONGEST_TEXT,
                initial=self._said(item) or self._proposal(item),
                widget=self._widget(item),
            )
            self.fields |= self._made_ours({f"text{number}": text})
            self.fields[f"seen{number}"] = forms.CharField(
                required=False, initial=self.stamp(item), widget=forms.HiddenInput
            )
            if translations.state(item, kept.get((item.row, item.field))) == "old":
                self.fields[f"right{number}"] = forms.BooleanField(
                    label=_("Dit klopt nog, ook met het nieuwe Nederlands"), required=False
                )

    def _said(self, item):
        old = self.kept.get((item.row, item.field))
        return in_line(old.text, item.dutch) if old else ""

    def _proposal(self, item):
        """What the same words became elsewhere, where this row has nothing of its own."""
        return "" if (item.row, item.field) in self.kept else self.proposed.get(digest(item.dutch), "")

    def _widget(self, item):
        """A short text on one line gets one line: there is no second one to press Enter for."""
        attrs = {"lang": self.language, "dir": "auto"}
        if len(item.dutch) < SHORT and item.dutch.splitlines() == [item.dutch]:
            return forms.TextInput(attrs)
        return forms.Textarea(attrs | {"rows": "5"})

    def seen_in(self, name, text):
        """What the Dutch says was asked there; what stood here was asked here."""
        item = self.items[int(name.removeprefix("text"))]
        if text == self._said(item):
            return []
        return [kind for kind in super().seen_in(name, text) if kind not in found_in(item.dutch)]

    def stood_there(self, name):
        return self.items[int(name.removeprefix("text"))].dutch

    def stamp(self, item):
        """What stood there: the Dutch and the translation. Another one is somebody's newer work."""
        return digest(f"{item.dutch}\n{self._said(item)}")

    def rows(self):
        """(item, field, hidden field, state, the translation, the box of an old one, is it proposed, tips) of each."""
        for number, item in enumerate(self.items):
            old = self.kept.get((item.row, item.field))
            yield (
                item,
                self[f"text{number}"],
                self[f"seen{number}"],
                translations.state(item, old),
                old,
                self[f"right{number}"] if f"right{number}" in self.fields else None,
                bool(self._proposal(item)),
                found(item.dutch),
            )

    def clean(self):
        cleaned = super().clean()
        for number, item in enumerate(self.items):
            typed = cleaned[f"text{number}"] = in_line(cleaned.get(f"text{number}", ""), item.dutch)
            if typed != self._said(item) and cleaned.get(f"seen{number}") != self.stamp(item):
                text = _("Intussen veranderde deze tekst. Kijk na en bewaar opnieuw.")
                self.add_error(f"text{number}", ValidationError(text, code="changed"))
                # The next press is about what stands there now.
                self.data = self.data.copy()
                self.data[f"seen{number}"] = self.stamp(item)
        return cleaned

    def changed(self):
        """(item, typed) of each text that is new, or that is still right with the Dutch that changed."""
        for number, item in enumerate(self.items):
            typed = self.cleaned_data[f"text{number}"]
            if typed != self._said(item) or self.cleaned_data.get(f"right{number}"):
                yield item, typed


@never_cache
@allowed_to(PLAN)
def translation_list(request):
    """What residents read in one language, and of each text whether somebody must look at it. The language is kept."""
    texts = translations.texts_of(request.user, timezone.now())
    found = translations.standings(texts)
    language = request.GET.get("taal", "")
    if language in FOREIGN:
        request.session[LAST] = language
    else:
        language = request.session.get(LAST, FOREIGN[0])
    groups = {
        "": [one for one in found[language] if one.old or one.missing],
        "oud": [one for one in found[language] if one.old],
        "alles": found[language],
    }
    show = request.GET.get("toon", "")
    show = show if show in groups else ""
    context = {
        "language": language,
        "languages": [(code, OWN_NAMES[code], sum(one.old for one in rows)) for code, rows in found.items()],
        "shows": [(name, words, len(groups[name])) for name, words in SHOWS],
        "show": show,
        # What is old first: residents read Dutch there while somebody did the work already.
        "rows": sorted(groups[show], key=lambda one: not one.old),
        "voices": translations.old_recordings(texts),
    }
    return render(request, "workday/translations.html", context)


@never_cache
@allowed_to(PLAN)
def out_of_date(request):
    """The part of the page of today that comes after it: what it says takes more questions than the day itself."""
    if "HX-Request" not in request.headers:
        return redirect("workday:translations")
    context = {"out_of_date": translations.out_of_date(request.user, timezone.now())}
    return render(request, "workday/out_of_date.html", context)


@never_cache
@allowed_to(PLAN)
def translate_activity(request, pk):
    rows = Activity.objects.visible_to(request.user).select_related("series", "neighbourhood")
    activity = get_object_or_404(rows, pk=pk)
    town = activity.neighbourhood.municipality_id
    voice = reverse("workday:voice_activity", args=[pk])
    return _translate(request, activity.title, translations.items_of_activity(activity), town, voice)


@never_cache
@allowed_to(PLAN)
def translate_point(request, slug):
    point = get_object_or_404(points_of(request.user.reach).select_related("neighbourhood"), slug=slug)
    town = point.neighbourhood.municipality_id
    voice = reverse("workday:voice_point", args=[slug])
    return _translate(request, point.name, translations.items_of_point(point), town, voice)


@never_cache
@allowed_to(PLAN)
def translate_news(request, pk):
    news = get_object_or_404(News.objects.visible_to(request.user).select_related("neighbourhood"), pk=pk)
    town, voice = news.neighbourhood.municipality_id, reverse("workday:voice_news", args=[pk])
    return _translate(request, news.title, translations.items_of_news(news), town, voice)


def _translate(request, name, items, town, voice):
    language = request.GET.get("taal", "")
    if language not in FOREIGN:
        language = request.session.get(LAST, FOREIGN[0])
    form = TranslationForm(
        request.POST if request.method == "POST" else None,
        items=items,
        kept=translations.kept(items, language),
        proposed=translations.proposals(request.user, items, language, timezone.now()),
        language=language,
    )
    if request.method == "POST" and form.is_valid():
        count = _store(form, request.user, town)
        text = ngettext(
            "%(n)s tekst bewaard. Bewoners zien dit nu.",
            "%(n)s teksten bewaard. Bewoners zien dit nu.",
            count,
        )
        messages.success(request, text % {"n": count} if count else _("Er was niets nieuws om te bewaren."))
        return redirect(request.get_full_path())
    context = {
        "name": name,
        "form": form,
        "language": language,
        "own_name": OWN_NAMES[language],
        "is_point": any(isinstance(item.row, Place) for item in items),
        "progress": translations.progress(items),
        "voice": voice,
    }
    return render(request, "workday/translate.html", context)


@transaction.atomic
def _store(form, user, town):
    changed = list(form.changed())
    for item, typed in changed:
        wordings.translate(
            item.row, item.field, form.language, item.dutch, typed, by=user.pk, municipality_id=town
        )
    return len(changed)
