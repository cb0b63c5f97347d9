"""The hints beside a field, and the address that renews them."""

import re

import pytest
from django import forms

from klapkarre.foundation.kit import fieldview
from klapkarre.foundation.kit.forms import KitForm
from klapkarre.rooms.agenda.tests.make import make_activity

pytestmark = pytest.mark.django_db
ADDRESS = "/werk/klare-taal/"


class Form(KitForm, forms.Form):
    for_residents = ("text",)
    text = forms.CharField(widget=forms.Textarea)
    other = forms.CharField()


def test_only_what_residents_read_has_hints():
    form = Form(initial={"text": "Gelieve te komen.", "other": "Gelieve te komen."})
    shown, plain = fieldview.render(form["text"]), fieldview.render(form["other"])
    assert (
        "<strong>Gelieve</strong>: Zeg liever &#x27;wil je&#x27;." in shown,
        "Tips voor klare taal" in plain,
    ) == (True, False)


def test_hints_come_while_somebody_writes(client, worker):
    client.force_login(worker)
    data = {"veld": "summary", "id": "id_summary", "summary": "<b>Gelieve</b> te komen."}
    answer = client.post(ADDRESS, data)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert re.search(r"<q>&lt;b&gt;Gelieve&lt;/b&gt; te komen.</q>", page)
    assert '<span id="id_summary_tips" data-hx-swap-oob="innerHTML">1 tip voor klare taal</span>' in page
    assert "0 tips" in client.post(ADDRESS, {"veld": "summary", "id": "id_summary"}).content.decode()


def test_it_is_for_colleagues_and_takes_no_odd_element(client, worker):
    assert client.post(ADDRESS, {"veld": "a", "id": "b"}).status_code == 401
    client.force_login(worker)
    assert client.post(ADDRESS, {"veld": "a", "id": '"><script>'}).status_code == 400
    assert client.get(ADDRESS).status_code == 405


def test_hints_stand_on_the_page_that_changes_an_activity_and_refuse_nothing(client, worker, team, buurt):
    row = make_activity(team, buurt, summary="Deelname is gratuit.")
    client.force_login(worker)
    page = client.get(f"/werk/activiteiten/{row.pk}/wijzigen/").content.decode()
    assert page.count("<strong>gratuit</strong>") == 1
