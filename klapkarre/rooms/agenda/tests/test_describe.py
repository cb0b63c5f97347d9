"""What other programs read on the page of an activity: the same facts, and nothing that becomes HTML."""

import json
import re
import uuid

import pytest
from django.utils import timezone

from klapkarre.rooms.agenda import actions
from klapkarre.rooms.agenda.tests.make import make_activity


def described(phone, activity):
    """The facts on the page, as a program finds them."""
    page = phone.get(f"/activiteiten/{activity.pk}/").text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found), page


def test_the_facts_of_an_activity(phone, team, buurt, point):
    soup = make_activity(team, buurt, place=point, summary="Met brood.", price_cents=250, capacity=12)
    actions.sign_up(soup, "Roodborstje", key=uuid.uuid4())
    found, page = described(phone, soup)
    assert (found["@context"], found["@type"], found["name"]) == ("https://schema.org", "Event", soup.title)
    start = timezone.datetime.fromisoformat(found["startDate"])
    assert start == soup.starts_at.replace(second=0, microsecond=0)
    assert found["offers"] == {"@type": "Offer", "price": "2.50", "priceCurrency": "EUR"}
    assert (found["isAccessibleForFree"], found["maximumAttendeeCapacity"]) == (False, 12)
    assert found["location"]["name"] == point.name
    assert found["organizer"]["name"] == team.organisation.name
    assert "Roodborstje" not in page


def test_what_is_called_off_says_so(phone, team, buurt):
    soup = make_activity(team, buurt, where="Plein")
    assert described(phone, soup)[0]["eventStatus"] == "https://schema.org/EventScheduled"
    actions.call_off(soup, "De kok is ziek.")
    assert described(phone, soup)[0]["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- <script>", 'a"b\\c & \u2028 d'])
def test_no_text_breaks_out(phone, team, buurt, text):
    found, page = described(phone, make_activity(team, buurt, title=text, where=text))
    assert (found["name"], found["location"]["name"]) == (text, text)
    assert (page.count("<script"), "<!--" in page.split("</head>")[0]) == (2, False)
