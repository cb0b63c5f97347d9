"""What arrives twice is stored once."""

import uuid

import pytest

from klapkarre.foundation.people.intake import once
from klapkarre.foundation.people.models import Receipt
from klapkarre.foundation.places.models import Municipality


def make(name="Proefdorp"):
    return Municipality.objects.create(name=name, slug=name.lower())


def test_a_repetition_gets_the_first_answer(db):
    key = uuid.uuid4()
    first = once(key, "test", make)
    second = once(key, "test", lambda: make("Elders"))
    made = Municipality.objects.get()
    assert first == (str(made.pk), made)
    assert second == (str(made.pk), None)


def test_a_key_that_was_chosen_before_is_the_answer(db):
    key, pk = uuid.uuid4(), 4711
    first = once(
        key, "test", lambda: Municipality.objects.create(pk=pk, name="Proefdorp", slug="proefdorp"), pk
    )
    assert first == ("4711", Municipality.objects.get())
    assert once(key, "test", make, 4712) == ("4711", None)


def test_what_fails_leaves_no_receipt_so_that_it_can_come_again(db):
    key = uuid.uuid4()
    with pytest.raises(ZeroDivisionError):
        once(key, "test", lambda: 1 / 0)
    assert Receipt.objects.count() == 0
    assert once(key, "test", make)[1] == Municipality.objects.get()


def test_a_key_of_another_form_is_refused(db):
    key = uuid.uuid4()
    once(key, "test", make)
    with pytest.raises(ValueError, match="another form"):
        once(key, "other", make)
