"""Our lines of an event are byte for byte those of the library, whatever is in it."""

import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vRecur

from klapkarre.foundation.places.opening import BRUSSELS
from klapkarre.windows.exchange.calendars import calendar
from klapkarre.windows.exchange.lines import Said, event_lines

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\r\\;,:"^N'), max_size=200
)
moments = st.datetimes(
    datetime.datetime(1990, 1, 1), datetime.datetime(2090, 1, 1), timezones=st.just(BRUSSELS)
)
whole_moments = moments.map(lambda at: at.replace(microsecond=0, fold=0))
events = st.builds(
    Said,
    uid=st.uuids().map(str),
    summary=texts,
    begin=whole_moments,
    end=whole_moments,
    description=texts,
    location=texts,
    category=texts,
    url=st.integers(1, 10**40).map("https://klapkarre.example/activiteiten/{}/".format),
    status=st.sampled_from(["CONFIRMED", "CANCELLED"]),
    saved_at=moments,
    rule=st.sampled_from(["", "FREQ=WEEKLY;UNTIL=20271101T130000Z;BYDAY=MO,TU"]),
    without=st.lists(whole_moments, max_size=9).map(tuple),
    instead_of=st.none() | whole_moments,
    sequence=st.none() | st.integers(0, 99),
    blocks=st.booleans(),
)
PLAIN = {
    "uid": "1", "begin": datetime.datetime(2026, 12, 1, 14, tzinfo=BRUSSELS),
    "end": datetime.datetime(2026, 12, 1, 16, tzinfo=BRUSSELS), "location": "", "category": "Babbel", "url": "x",
    "status": "CONFIRMED", "saved_at": datetime.datetime(2026, 11, 1, tzinfo=BRUSSELS),
}  # fmt: skip


def by_the_library(said):
    event = Event()
    for name, value in (
        ("summary", said.summary),
        ("dtstart", said.begin),
        ("dtend", said.end),
        ("dtstamp", said.saved_at.astimezone(datetime.UTC).replace(microsecond=0)),
        ("uid", said.uid),
        ("categories", [said.category]),
        ("description", said.description),
        ("last-modified", said.saved_at.astimezone(datetime.UTC).replace(microsecond=0)),
        ("location", said.location),
        ("status", said.status),
        ("transp", "OPAQUE" if said.blocks else "TRANSPARENT"),
        ("url", said.url),
    ):
        event.add(name, value)
    if said.rule:
        event.add("rrule", vRecur.from_ical(said.rule))
    if said.without:
        event.add("exdate", list(said.without))
    if said.instead_of:
        event.add("recurrence-id", said.instead_of)
    if said.sequence is not None:
        event.add("sequence", said.sequence)
    return event.to_ical()


@pytest.mark.slow
@given(events)
def test_any_event_is_written_as_the_library_writes_it(said):
    assert event_lines(said) == by_the_library(said)


@example("x" * 73 + "\\;" * 80)
@example("é" * 37 + "\N{POT OF FOOD}" * 40)
@example("\\N\r\n\r\nBEGIN:VEVENT\n;,\\n")
@settings(max_examples=30)
@given(texts.map(lambda text: text[:20]))
def test_a_text_is_escaped_and_folded_as_the_library_does(text):
    said = Said(summary=text, description=text, **PLAIN)
    assert event_lines(said) == by_the_library(said)


@pytest.mark.slow
@example("Soupe\r\nchaude; \N{POT OF FOOD}\x00\x1b\x85\u2028\\N,")
@given(st.text(max_size=100))
def test_a_name_of_a_calendar_may_be_anything(name):
    written = calendar([], name=name, host="https://klapkarre.example/", page="/")
    assert isinstance(Calendar.from_ical(written).walk("VCALENDAR")[0]["name"], str)
