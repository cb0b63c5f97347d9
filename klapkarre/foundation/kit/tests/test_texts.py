"""Typed text comes in without turned words, invisible names and towers of accents; honest scripts stay whole."""

import pytest
from django import forms

from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.texts import many_lines, one_line


class Words(KitForm, forms.Form):
    name = forms.CharField(max_length=80)
    mail = forms.EmailField(required=False)
    story = forms.CharField(widget=forms.Textarea, required=False)
    secret = forms.CharField(widget=forms.PasswordInput, required=False, strip=False)


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
def test_nothing_turns_the_text_beside_it(sign):
    form = Words({"name": f"No{sign}ur", "story": f"eerst{sign}\r\ndan", "mail": f"nour{sign}@example.be"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "name": "Nour",
        "mail": "nour@example.be",
        "story": "eerst\r\ndan",
        "secret": "",
    }


@pytest.mark.parametrize("between", ["\n", "\r\n", "\u2028", "\u2029", "\t", "   ", "\u3164"])
def test_one_line_is_one_line(between):
    form = Words({"name": f" Nour{between}Ali "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Nour Ali"


@pytest.mark.parametrize(
    "name",
    ["\u3164", "\u2800\u2800", "\u115f\u1160", "\u200b", "\u202e \u2066", "\u200d", "\u0301", "\u00ad"],
)
def test_a_name_that_nobody_sees_is_no_name(name):
    assert Words({"name": name}).errors["name"] == ["Vul dit in."]
    assert many_lines(f"{name}\n{name}") == ""


@pytest.mark.parametrize("clean", [one_line, many_lines])
def test_a_tower_of_accents_stops_at_three(clean):
    assert clean("e" + "\u0301" * 40 + "en") == "e\u0301\u0301\u0301en"
    assert clean("e" + "\u0301\u200d" * 40) == "e" + "\u0301\u200d" * 3 + "\u200d" * 37


@pytest.mark.parametrize(
    "text",
    [
        "Şerife",
        "محمّد",
        "Nguyê\u0303n",
        "👩🏽‍🍳 Nour",
        "1️⃣",
        "שָׁלוֹם",
        "ประชุมที่นี่",
        "नमस्ते",
        "한국어",
        "\u200fدنيا",
        "O'Brien",
    ],
)
def test_honest_scripts_stay_as_they_are(text):
    assert (one_line(text), many_lines(text)) == (text, text)


def test_a_password_stays_what_was_typed():
    form = Words({"name": "Nour", "secret": " een\u200b  twee \u3164"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["secret"] == " een\u200b  twee \u3164"
