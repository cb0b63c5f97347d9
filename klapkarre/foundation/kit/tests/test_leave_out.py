"""What does not belong in a note is seen, what looks like it is not, and the form asks beside the field."""

import inspect
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.template import Context, Template

from klapkarre.foundation.kit.fields import EncryptedTextField
from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.leave_out import Kind, LeavesOut, found_in, phones_in

# All numbers are made up; the check digits fit.
SEEN = [
    ("Zijn nummer is 85.07.30-033.28.", Kind.NATIONAL),
    ("85073003328", Kind.NATIONAL),
    ("85 07 30 033 28", Kind.NATIONAL),
    ("geboren na 2000: 17.07.30-033.84", Kind.NATIONAL),
    ("60.01.01-123.45", Kind.NATIONAL),
    ("60 01 01 123 45", Kind.NATIONAL),
    ("een cijfer fout: 85.07.30-033.29", Kind.NATIONAL),
    ("bisnummer 85.47.30-033.29", Kind.NATIONAL),
    ("rekening BE68 5390 0754 7034", Kind.ACCOUNT),
    ("BE68539007547034", Kind.ACCOUNT),
    ("staat op BE68 5390 0754 7034 en niet anders", Kind.ACCOUNT),
    ("be68 5390 0754 7034.", Kind.ACCOUNT),
    ("Nederland: NL91 ABNA 0417 1643 00", Kind.ACCOUNT),
    ("oude rekening 539-0075470-34", Kind.ACCOUNT),
    ("kaart 4111 1111 1111 1111", Kind.CARD),
    ("kaart 6703 4444 4444 4449", Kind.CARD),
    ("Wachtwoord: tulp2024", Kind.PASSWORD),
    ("haar paswoord is Fientje!", Kind.PASSWORD),
    ("wachtwoord van de mail = abc", Kind.PASSWORD),
    ("Pincode 4821", Kind.PASSWORD),
    ("de pin van de kaart is 4821", Kind.PASSWORD),
    ("deurcode: 1942", Kind.PASSWORD),
]
PHONES = [
    "Bel 0470 12 34 56 morgen.",
    "0470/12.34.56",
    "0470123456",
    "+32 470 12 34 56",
    "+32 (0)470 12 34 56",
    "0032 470 12 34 56",
    "052 37 85 00",
    "02/123.45.67",
    "gsm +31 6 12345678",
    "op 26.11.2026 bellen: 0470 12 34 56",
    "052 37 85 00 / 0470 12 34 56",
    "0470 12 34 56 0471 12 34 56",
    "O470 12 34 56",
    "047O 12 34 56",
    "\N{CYRILLIC CAPITAL LETTER O}470 12 34 56",
    "0 4 7 0 1 2 3 4 5 6",
    "bel 0-4-7-0-1-2-3-4-5-6 in de week",
    "+ 3 2 4 7 0 1 2 3 4 5 6",
    "0 5 2 3 7 8 5 0 0",
    "0470\N{NO-BREAK SPACE}12\N{NARROW NO-BREAK SPACE}34\N{NO-BREAK SPACE}56",
    "0470\N{SOFT HYPHEN}12\N{ZERO WIDTH SPACE}34\N{ZERO WIDTH JOINER}56",
    "\N{LEFT-TO-RIGHT ISOLATE}0470 12 34 56\N{POP DIRECTIONAL ISOLATE}",
    "0470\N{EN DASH}12\N{EN DASH}34\N{EN DASH}56",
    "اتصل بالرقم ٠٤٧٠١٢٣٤٥٦",
    "اتصل بالرقم ٠٤٧٠ ١٢ ٣٤ ٥٦",
    "۰۴۷۰ ۱۲ ۳۴ ۵۶",
]
FINE = [
    "",
    "Hij komt op 26.11.2026 om 14 uur.",
    "05.12.2026 9 uur",
    "Tussen 01-02-2026 en 05-03-2026.",
    "Code 0123",
    "BE68 5390 0754 7035",
    "4111 1111 1111 1112",
    "123456789012345678901234567890",
    "Busticket 12345678901",
    "Zij is haar wachtwoord vergeten.",
    "Het wachtwoord is vergeten en de gsm is stuk.",
    "Hulp bij het wachtwoord van itsme. Dat lukte.",
    "Wil een nieuwe pincode vragen aan de bank.",
    "Vindt de weg niet in het plan 2025: te moeilijk.",
    "Kwam om 14.30 uur, bus 46, 12 kinderen.",
    "Tel mee: 0 1 2 3 4 5 6 7 8 9",
    "Tel mee: 0 1 2 3 4 5 6 7 8 9 10 11",
    "Getallen: 1 2 3 4 5 6 7 8 9",
    "Streepjes 0 0 1 0 2 0 0 1 0",
    "Uitslag 2-0, 1-0, 0-1, 0-3, 4-2.",
    "Van 14.00 tot 17.00 uur, 3 of 4 keer, O of 0.",
    "يوم ٢٦/١١/٢٠٢٦ من ١٤:٠٠ إلى ١٧:٠٠",
    "٥ يورو، ٢ يورو، رقم ١٢",
    "Met O2 en CO2 op 5\N{NO-BREAK SPACE}december 2026.",
    "Code O123",
]


@pytest.mark.parametrize(("text", "kind"), SEEN)
def test_what_does_not_belong_is_named(text, kind):
    assert found_in(text, phones=True) == [kind]


@pytest.mark.parametrize("text", PHONES)
def test_a_phone_is_seen_only_where_it_is_asked(text):
    assert found_in(text, phones=True) == [Kind.PHONE]
    assert found_in(text) == []


def test_each_spelling_of_a_phone_is_the_same_number():
    spelled = ("0470 12 34 56", "0470/12.34.56", "+32 (0)470 12 34 56", "0032 470 12 34 56")
    assert [phones_in(f"Bel {one} of 052 37 85 00") for one in spelled] == [
        {"+32470123456", "+3252378500"}
    ] * 4


@pytest.mark.parametrize("text", FINE)
def test_what_may_stand_there(text):
    assert found_in(text, phones=True) == []


class NoteForm(LeavesOut, KitForm, forms.Form):
    watched = ("note",)
    note = forms.CharField(label="Nota", widget=forms.Textarea)


def shown(form):
    return Template("{% field form.note %}").render(Context({"form": form}))


def test_the_form_asks_beside_the_field_and_keeps_the_text():
    form = NoteForm({"note": "85.07.30-033.28 en BE68 5390 0754 7034"})
    assert form.is_valid() is False
    assert form.errors["note"] == [
        "Hier lijkt een rijksregisternummer of een rekeningnummer te staan. Haal het weg, of bevestig hieronder."
    ]
    html = shown(form)
    assert "85.07.30-033.28 en BE68 5390 0754 7034</textarea>" in html
    assert 'name="note_checked"' in html


def test_a_confirmed_text_is_kept():
    form = NoteForm({"note": "Meter 85073003328", "note_checked": "on"})
    assert form.is_valid() is True
    assert form.cleaned_data["note"] == "Meter 85073003328"


def test_a_plain_text_asks_nothing():
    form = NoteForm({"note": "Wil graag koken met de buren."})
    assert form.is_valid() is True
    assert "note_checked" not in shown(form)
    assert "note_checked" not in shown(NoteForm())


def our_forms():
    """Every form class of ours, found in the module or package `forms` of each app."""
    for config in apps.get_app_configs():
        if config.name.startswith("klapkarre."):
            try:
                module = import_module(f"{config.name}.forms")
            except ModuleNotFoundError:
                continue
            for _name, found in inspect.getmembers(module, inspect.isclass):
                if issubclass(found, forms.BaseForm) and found.__module__.startswith(module.__name__):
                    yield config, found


def test_every_form_that_writes_a_sealed_free_text_watches_it():
    """Names, numbers and addresses are one line each; a text of more lines is where such a number ends up."""
    checked, left = [], []
    for config, form in our_forms():
        sealed = {
            field.name
            for model in config.get_models()
            for field in model._meta.local_fields
            if isinstance(field, EncryptedTextField)
        }
        for name, field in form.base_fields.items():
            if name in sealed and isinstance(field.widget, forms.Textarea):
                checked.append(f"{form.__name__}.{name}")
                if name not in getattr(form, "watched", ()):
                    left.append(f"{form.__name__}.{name}")
    assert "ContactForm.note" in checked
    assert left == []
