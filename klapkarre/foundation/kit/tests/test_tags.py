"""What the tags and filters write."""

import datetime
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.kit.templatetags import kit

BRUSSELS = ZoneInfo("Europe/Brussels")


def write(source, **context):
    return Template(source).render(Context(context))


def test_icon_is_hidden_and_takes_the_colour_of_the_text():
    drawn = write('{% icon "clock" %}')
    assert drawn.startswith(
        '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    )
    assert 'aria-hidden="true"' in drawn
    assert "M0 0h24v24H0z" not in drawn


@pytest.mark.parametrize("name", ["bestaat-niet", "../models", ""])
def test_unknown_icon_is_an_error(name):
    with pytest.raises(LookupError):
        kit.icon(name)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            datetime.date(timezone.localdate().year, 11, 26),
            f"{datetime.date(timezone.localdate().year, 11, 26):%-d} november",
        ),
        (datetime.date(2031, 3, 5), "woensdag 5 maart 2031"),
        (datetime.datetime(2031, 3, 5, 23, 30, tzinfo=datetime.UTC), "donderdag 6 maart 2031"),
        (None, ""),
        ("morgen", ""),
        (datetime.time(9), ""),
    ],
)
def test_day(value, words):
    assert kit.day(value).endswith(words)
    assert bool(kit.day(value)) is bool(words)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime.time(9), "9 uur"),
        (datetime.time(9, 30), "9.30 uur"),
        (datetime.time(14, 5), "14.05 uur"),
        (datetime.time(0), "0 uur"),
        (datetime.datetime(2031, 7, 5, 12, 0, tzinfo=datetime.UTC), "14 uur"),
        (datetime.datetime(2031, 7, 5, 12, 15, tzinfo=BRUSSELS), "12.15 uur"),
        (datetime.date(2031, 7, 5), ""),
        (None, ""),
    ],
)
def test_clock(value, words):
    assert kit.clock(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "gratis"),
        (Decimal("0.00"), "gratis"),
        (3, "3 euro"),
        (Decimal("2.5"), "2,50 euro"),
        ("1.20", "1,20 euro"),
        (None, ""),
        ("", ""),
        ("veel", ""),
    ],
)
def test_euro(value, words):
    assert kit.euro(value) == words


@pytest.mark.parametrize(
    ("number", "target"),
    [
        ("052 37 85 00", "tel:+3252378500"),
        ("+32 52 37 85 00", "tel:+3252378500"),
        ("0032 52 37", "tel:+325237"),
        ("1712", "tel:1712"),
    ],
)
def test_tel(number, target):
    assert kit.tel(number) == target


class Sample(KitForm, forms.Form):
    required_texts = {"name": "Vul je naam in."}
    autocomplete = {"name": "name"}
    name = forms.CharField(label="Naam", help_text="Je voornaam.")
    kind = forms.ChoiceField(label="Soort", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "<B>")])
    when = DayField(label="Wanneer")
    agree = forms.BooleanField(label="Ja", help_text="Graag", required=False)


def test_field_ties_label_hint_error_and_control_together():
    drawn = write("{% field form.name %}", form=Sample({"name": ""}))
    assert '<label for="id_name">Naam</label>' in drawn
    assert '<p class="hint" id="id_name_helptext">Je voornaam.</p>' in drawn
    assert 'id="id_name_error"' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'autocomplete="name"' in drawn


def test_radio_group_is_a_fieldset_and_escapes():
    drawn = write("{% field form.kind %}", form=Sample({"kind": "b"}))
    assert "<legend>Soort</legend>" in drawn
    assert 'value="b" id="id_kind_1" checked>&lt;B&gt;' in drawn
    assert "aria-invalid" not in drawn


def test_what_was_typed_comes_back_escaped():
    drawn = write(
        "{% field form.name %}{% field form.when %}",
        form=Sample({"name": "<script>", "when": "other", "when_day": '"><b>'}),
    )
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert "&lt;script&gt;" in drawn
    assert 'value="&quot;&gt;&lt;b&gt;"' in drawn


def test_error_summary_links_each_line_to_a_control_that_exists():
    form = Sample({})
    drawn = write(
        "{% error_summary form %}{% field form.name %}{% field form.kind %}{% field form.when %}", form=form
    )
    for name in ("id_name", "id_kind_0", "id_when_0"):
        assert f'href="#{name}"' in drawn
        assert f'id="{name}"' in drawn
    assert "Vul je naam in." in drawn
    assert "Kies een dag." in drawn


def test_error_summary_is_silent_without_errors():
    assert write("{% error_summary form nothing %}", form=Sample(), nothing=None) == ""


def test_pager_keeps_the_other_choices():
    page = Paginator(range(30), 10).page(2)
    request = RequestFactory().get("/activiteiten/?buurt=bijloke&pagina=2")
    drawn = write("{% pager page %}", page=page, request=request)
    assert 'href="?buurt=bijloke&amp;pagina=1"' in drawn
    assert 'href="?buurt=bijloke&amp;pagina=3"' in drawn
    assert "Pagina 2 van 3" in drawn


def test_pager_says_nothing_about_one_page():
    assert write("{% pager page %}", page=Paginator(range(3), 10).page(1)) == ""


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/buurten/", ' aria-current="page"'),
        ("/buurten/bijloke/", ' aria-current="true"'),
        ("/activiteiten/", ""),
    ],
)
def test_menu_marks_where_you_are(path, mark):
    assert write('{% current "/buurten/" %}', request=RequestFactory().get(path)) == mark


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({"worker"}, ["Vandaag", "Onthaal", "Contact", "Activiteiten", "Resultaten"]),
        ({"coordinator"}, ["Vandaag", "Activiteiten", "Resultaten", "Medewerkers", "Gegevens"]),
        ({"administrator"}, ["Vandaag", "Medewerkers", "Gegevens"]),
        ({"auditor"}, ["Vandaag", "Inzagen", "Gegevens"]),
        ({"city"}, []),
        (set(), []),
    ],
)
def test_staff_menu_shows_only_the_ways_of_the_role(roles, words):
    request = RequestFactory().get("/werk/onthaal/3/")
    request.user = type("Someone", (), {"role_names": roles})()
    drawn = write("{% staff_ways %}", request=request)
    assert [way[2] for way in kit.STAFF_WAYS if way[2] in drawn] == words
    assert drawn.count("aria-current") == bool(words)


def test_no_line_ends_within_a_phone_number():
    assert kit.left_to_right("052 37 85 00") == "052\xa037\xa085\xa000"
    assert kit.phone("+32470123456") == "0470\xa012\xa034\xa056"
    assert kit.whole_numbers("Bel 052 37 85 00 voor 12 uur.") == "Bel 052\xa037\xa085\xa000 voor 12\xa0uur."


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Bel 0478 12 34 56.", ["+32478123456"]),
        ("052/37 85 00 / 0470 12 34 56", ["+3252378500", "+32470123456"]),
        ("+32 (0)470 12.34.56 of +33 6 12 34 56 78", ["+32470123456", "+33612345678"]),
        ("Op 01.12.2030 om 14.30 uur, 04/12/2030", []),
        ("9200 Dendermonde, 25 000 000 euro, BE68 5390 0754 7034, 0470 12", []),
        ("", []),
        (None, []),
    ],
)
def test_a_number_in_a_text_can_be_called(text, links):
    assert re.findall(r'href="tel:([^"]+)"', str(kit.to_call(text))) == links


@pytest.mark.django_db
def test_a_number_is_a_link_on_one_line_and_what_stands_around_it_stays_text():
    wild = 'Bel <script>alert("1")</script>0478 12 34 56<b onclick=x>\n\nOf & kom om 14 uur.'
    space = "\N{NO-BREAK SPACE}"
    number = f'<a href="tel:+32478123456" dir="ltr">0478{space}12{space}34{space}56</a>'
    around = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;", "&lt;b onclick=x&gt;"
    assert write("{{ text|to_call|linebreaks }}", text=wild) == (
        f"<p>Bel {around[0]}{number}{around[1]}</p>\n\n<p>Of &amp; kom om 14{space}uur.</p>"
    )
    with override("ar"):
        shown = write("{{ text|told }}", text="<i>Bel 0478 12 34 56")
    assert shown == f'<bdi lang="nl">&lt;i&gt;Bel {number}</bdi>'
