"""KitForm, DayField and SlotField: what they accept, and what they say when they do not."""

import datetime

import pytest
from django import forms
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from klapkarre.foundation.kit.forms import DayField, KitForm, SlotField


class Plan(KitForm, forms.Form):
    when = DayField(near=(0, 1))


class Note(KitForm, forms.Form):
    when = DayField(near=(0, -1), past=True, future=False)


class Free(KitForm, forms.Form):
    when = DayField(past=True, required=False)


class Words(KitForm, forms.Form):
    required_texts = {"name": "Vul je naam in."}
    name = forms.CharField(max_length=80)
    story = forms.CharField(widget=forms.Textarea, required=False)
    people = forms.IntegerField(required=False, min_value=1, max_value=500)
    at = SlotField(required=False)


def sent(choice="", day="", month="", year=""):
    return {"when": choice, "when_day": day, "when_month": month, "when_year": year}


def error_of(form):
    assert not form.is_valid()
    (text,) = form.errors["when"]
    return text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({}, "Kies een dag."),
        (sent(year="2026"), "Kies een dag."),
        (sent("other", year="2026"), "Kies een dag."),
        (sent("gisteren"), "Kies een dag."),
        (sent("2026-02-31"), "Kies een dag."),
        (sent("other", "31", "2", "2040"), "31 februari bestaat niet."),
        (sent("other", "29", "2", "2041"), "29 februari 2041 bestaat niet."),
        (sent("other", "31", "4", "2040"), "31 april bestaat niet."),
        (sent("other", "0", "4", "2040"), "0 april bestaat niet."),
        (sent("other", "1", "13", "2040"), "Maand 13 bestaat niet. Kies 1 tot 12."),
        (sent("other", "", "4", "2040"), "Vul ook de dag in."),
        (sent("other", "3", "", "2040"), "Vul ook de maand in."),
        (sent("other", "3", "4", ""), "Vul ook het jaar in."),
        (sent("other", "drie", "4", "2040"), "Vul de dag in met cijfers, bijvoorbeeld 26 11 2026."),
        (sent("other", "\u0663", "4", "2040"), "Vul de dag in met cijfers, bijvoorbeeld 26 11 2026."),
        (sent("other", "3", "4", "1234"), "Dat jaar klopt niet. Kijk het na."),
        (sent("other", "3", "4", "2020"), "Die dag is al voorbij. Kies een latere dag."),
    ],
)
def test_a_day_that_is_no_day_says_what_to_do(data, text):
    assert error_of(Plan(data)) == text


def test_a_day_that_must_still_come_is_refused_afterwards():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert error_of(Note(sent(tomorrow.isoformat()))) == "Die dag moet nog komen. Kies een vroegere dag."


@pytest.mark.parametrize("form", [Plan, Note])
def test_today_is_always_right(form):
    today = timezone.localdate()
    filled = form(sent(today.isoformat()))
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["when"] == today


@pytest.mark.parametrize("choice", ["", "other"])
@pytest.mark.parametrize("year", ["2040", "40"])
def test_day_month_year_counts_also_without_the_radio(choice, year):
    form = Plan(sent(choice, "03", "4", year))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["when"] == datetime.date(2040, 4, 3)


def test_a_near_day_wins_from_boxes_that_are_hidden():
    today = timezone.localdate()
    form = Plan(sent(today.isoformat(), "3", "4", "2040"))
    assert form.is_valid()
    assert form.cleaned_data["when"] == today


def test_an_optional_day_may_stay_empty():
    form = Free({})
    assert form.is_valid()
    assert form.cleaned_data["when"] is None


@pytest.mark.slow
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)))
def test_every_date_comes_through_unchanged(date):
    form = Free(sent("other", str(date.day), str(date.month), f"{date.year:04}"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["when"] == date
    again = Free(initial={"when": date})
    assert isinstance(again.fields["when"].widget.parts(again["when"]), str)


@given(st.tuples(*[st.text(max_size=12)] * 4))
def test_no_text_breaks_the_field_and_what_was_typed_stays(typed):
    form = Free(sent(*typed))
    if form.is_valid():
        assert form.cleaned_data["when"] is None or isinstance(form.cleaned_data["when"], datetime.date)
    assert isinstance(form.fields["when"].widget.parts(form["when"]), str)


@pytest.mark.parametrize(
    "name", ["Şerife", "محمد", "👩🏽‍🍳 Nour", "O'Brien-Łukasz", "<script>alert(1)</script>", "\u200fدنيا"]
)
def test_every_name_is_fine(name):
    form = Words({"name": name})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == name.strip()


@pytest.mark.parametrize("name", ["a\0b", "a\x07b", "a\x1bb", "a\x9fb", "\ud800x"])
def test_control_characters_are_refused_in_one_clear_sentence(name):
    form = Words({"name": name})
    assert form.errors["name"] == ["Deze tekst bevat tekens die we niet kunnen bewaren."]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "field", "text"),
    [
        ({}, "name", "Vul je naam in."),
        ({"name": "a" * 81}, "name", "Deze tekst is te lang: 81 tekens. Gebruik er hoogstens 80."),
        (
            {"story": "a" * 1_000_000},
            "story",
            "Deze tekst is te lang: 1000000 tekens. Gebruik er hoogstens 5000.",
        ),
        ({"people": "0"}, "people", "Vul een getal in van 1 of meer."),
        ({"people": "501"}, "people", "Vul een getal in van hoogstens 500."),
        ({"people": "veel"}, "people", "Vul een getal in, zonder komma."),
        ({"at": "25:00"}, "at", "Kies een uur uit de lijst."),
    ],
)
def test_errors_say_what_to_do(data, field, text):
    assert Words(data).errors[field] == [text]


def test_lines_in_a_story_are_fine():
    form = Words({"name": "Nour", "story": "eerst\r\ndan\t😀", "at": "09:15", "people": "3"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == datetime.time(9, 15)


def test_slots_run_per_quarter_from_7_to_23_45():
    values = [value for value, _words in SlotField().choices][1:]
    assert (values[0], values[1], values[-1], len(values)) == ("07:00", "07:15", "23:45", 68)


def test_a_stored_time_is_chosen_again():
    form = Words(initial={"at": datetime.time(9, 30)})
    assert '<option value="09:30" selected>9.30 uur</option>' in str(form["at"])


def test_the_browser_is_never_told_to_cut_off():
    assert "maxlength" not in str(Words()["name"])
    assert "required" not in str(Words()["name"])


def test_hours_are_said_in_the_language_of_the_page():
    """A field is made once, when the program starts; its words are those of each page."""
    field = SlotField()
    with override("ar"):
        assert [str(words) for _value, words in field.choices][1:3] == ["7:00", "7:15"]
    assert [str(words) for _value, words in field.choices][1:3] == ["7 uur", "7.15 uur"]


class Others(Words):
    required_texts = {"name": "Hoe heet je kat?"}


def test_forms_share_no_field_though_they_are_made_ours_once():
    first = Words({})
    first.fields["name"].error_messages["required"] = "Alleen hier."
    first.fields["name"].widget.attrs["data-own"] = "1"
    del first.fields["people"]
    assert first.errors["name"] == ["Alleen hier."]
    assert Words({}).errors["name"] == ["Vul je naam in."]
    assert Others({}).errors["name"] == ["Hoe heet je kat?"]
    assert Words({}).errors["name"] == ["Vul je naam in."]
    assert "data-own" not in str(Words()["name"])
    assert list(Words().fields) == ["name", "story", "people", "at"]
