"""The living page: every component in every state, in the demo, in debug and in tests only."""

import datetime

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from klapkarre.foundation.kit.forms import DayField, KitForm, SlotField

SIDES = {"ltr", "rtl"}
FRAMES = {
    "": "kit/living.html",
    "werk": "kit/living_staff.html",
    "blad": "kit/living_print.html",
    "stuk": "kit/living_part.html",
}
WRONG = {
    "name": "",
    "phone": "",
    "topics": [],
    "day": "other",
    "day_day": "31",
    "day_month": "2",
    "day_year": "2027",
}


class SampleForm(KitForm, forms.Form):
    """One field of each kind."""

    required_texts = {"name": "Vul je naam in.", "topics": "Kies minstens één onderwerp."}
    autocomplete = {"name": "name", "phone": "tel"}
    mark_optional = True

    name = forms.CharField(label="Je naam", help_text="Je voornaam is genoeg.", max_length=60)
    phone = forms.CharField(
        label="Je telefoonnummer", required=False, widget=forms.TextInput({"type": "tel"})
    )
    topics = forms.MultipleChoiceField(
        label="Waarover ging het gesprek?",
        help_text="Kies alles wat klopt.",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("wonen", "Wonen"),
            ("geld", "Geld"),
            ("gezondheid", "Gezondheid"),
            ("papieren", "Papieren"),
        ],
    )
    day = DayField(label="Wanneer was het?", near=(0, -1), past=True, future=False)
    time = SlotField(label="Hoe laat?", required=False)
    people = forms.IntegerField(label="Met hoeveel mensen?", min_value=1, max_value=500, required=False)
    note = forms.CharField(label="Wil je nog iets zeggen?", widget=forms.Textarea, required=False)
    again = forms.BooleanField(label="Kom nog eens langs", help_text="We bellen je eerst.", required=False)


@require_safe
def living(request):
    """Show the kit; `?dir=rtl&lang=ar` the same from right to left, `?deel=werk|blad` staff frame or paper."""
    template = FRAMES.get(request.GET.get("deel", ""))
    if template is None:
        raise Http404
    now = timezone.localtime()
    paginator = Paginator(range(50), 10)
    context = {
        "sample": SampleForm(initial={"name": "Nour", "topics": ["geld"], "day": timezone.localdate()}),
        "wrong": SampleForm(WRONG, auto_id="fout_%s"),
        "page_obj": paginator.get_page(3),
        "first_page": paginator.get_page(1),
        "now": now,
        "half_past": datetime.time(9, 30),
        "next_year": timezone.localdate().replace(day=1) + datetime.timedelta(days=366),
        "human": {"name": "Fatma", "phone": "052 00 00 00", "hours": "donderdag van 9 tot 12 uur"},
        "arabic": request.GET.get("lang") == "ar",
    }
    if request.GET.get("dir") in SIDES:
        context["dir"] = request.GET["dir"]
    if request.GET.get("lang") in ("ar", "nl"):
        context["lang"] = request.GET["lang"]
    return render(request, template, context)
