"""What people here wrote, side by side with what it says in another language."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to, points_of
from klapkarre.foundation.kit.forms import LONGEST_TEXT, KitForm
from klapkarre.foundation.kit.languages import FOREIGN, OWN_NAMES, digest
from klapkarre.foundation.places import wordings
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.news.models import News
from klapkarre.windows.workday import translations

MOST_ACTIVITIES = 40
MOST_POINTS = 60
MOST_NEWS = 20


class TranslationForm(KitForm, forms.Form):
    """One field for each text, and beside it what was there when the page was shown."""

    def __init__(self, data=None, *, items, kept, language):
        super().__init__(data)
        self.items, self.kept, self.language = items, kept, language
        for number, item in enumerate(items):
            self.fields[f"text{number}"] = forms.CharField(
                label=item.label,
                required=False,
                max_length=LONGEST_TEXT,
                initial=self._said(item),
                widget=forms.Textarea(
                    {"lang": language, "dir": "auto", "rows": "2" if len(item.dutch) < 80 else "5"}
                ),
            )
            self.fields[f"seen{number}"] = forms.CharField(
                required=False, initial=self.stamp(item), widget=forms.HiddenInput
            )
            if translations.state(item, kept.get((item.row, item.field))) == "old":
                self.fields[f"right{number}"] = forms.BooleanField(
                    label=_("Dit klopt nog, ook met het nieuwe Nederlands"), required=False
                )

    def _said(self, item):
        old = self.kept.get((item.row, item.field))
        return old.text if old else ""

    def stamp(self, item):
        """What stood there: the Dutch and the translation. Another one is somebody's newer work."""
        return digest(f"{item.dutch}\n{self._said(item)}")

    def rows(self):
        """(item, field, hidden field, state, the translation, the box of an old one) of each text."""
        for number, item in enumerate(self.items):
            old = self.kept.get((item.row, item.field))
            yield (
                item,
                self[f"text{number}"],
                self[f"seen{number}"],
                translations.state(item, old),
                old,
                self[f"right{number}"] if f"right{number}" in self.fields else None,
            )

    def clean(self):
        cleaned = super().clean()
        for number, item in enumerate(self.items):
            typed = cleaned.get(f"text{number}", "")
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
    """What residents read, and how many texts each language still misses."""
    user = request.user
    activities = [
        (one.title, reverse("workday:translate_activity", args=[one.pk]), translations.items_of_activity(one))
        for one in translations.coming(user, timezone.now(), MOST_ACTIVITIES)
    ]
    rows = (
        points_of(user.reach)
        .select_related("neighbourhood")
        .prefetch_related("welcomes", "translations", "neighbourhood__translations")
    )
    points = [
        (one.name, reverse("workday:translate_point", args=[one.slug]), translations.items_of_point(one))
        for one in rows.order_by("name", "pk")[:MOST_POINTS]
    ]
    fresh = News.objects.visible_to(user).fresh(timezone.now()).prefetch_related("translations")
    news = [
        (one.title, reverse("workday:translate_news", args=[one.pk]), translations.items_of_news(one))
        for one in fresh[:MOST_NEWS]
    ]
    context = {
        "groups": [
            (title, [(name, path, translations.progress(items)) for name, path, items in ones if items])
            for title, ones in (
                (_("Activiteiten"), activities),
                (_("Buurtpunten"), points),
                (_("Nieuws"), news),
            )
        ]
    }
    return render(request, "workday/translations.html", context)


@never_cache
@allowed_to(PLAN)
def translate_activity(request, pk):
    rows = Activity.objects.visible_to(request.user).select_related("series", "neighbourhood")
    activity = get_object_or_404(rows, pk=pk)
    town = activity.neighbourhood.municipality_id
    return _translate(request, activity.title, translations.items_of_activity(activity), town)


@never_cache
@allowed_to(PLAN)
def translate_point(request, slug):
    point = get_object_or_404(points_of(request.user.reach).select_related("neighbourhood"), slug=slug)
    town = point.neighbourhood.municipality_id
    return _translate(request, point.name, translations.items_of_point(point), town)


@never_cache
@allowed_to(PLAN)
def translate_news(request, pk):
    news = get_object_or_404(News.objects.visible_to(request.user).select_related("neighbourhood"), pk=pk)
    return _translate(
        request, news.title, translations.items_of_news(news), news.neighbourhood.municipality_id
    )


def _translate(request, name, items, town):
    language = request.GET.get("taal", "")
    if language not in FOREIGN:
        language = FOREIGN[0]
    form = TranslationForm(
        request.POST if request.method == "POST" else None,
        items=items,
        kept=translations.kept(items, language),
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
        "progress": translations.progress(items),
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
