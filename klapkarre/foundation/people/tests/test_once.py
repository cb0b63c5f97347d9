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
    assert first == (str(Municipality.objects.get().pk), True)
    assert second == (first[0], False)


def test_what_fails_leaves_no_receipt_so_that_it_can_come_again(db):
    key = uuid.uuid4()
    with pytest.raises(ZeroDivisionError):
        once(key, "test", lambda: 1 / 0)
    assert Receipt.objects.count() == 0
    assert once(key, "test", make)[1] is True


def test_a_key_of_another_form_is_refused(db):
    key = uuid.uuid4()
    once(key, "test", make)
    with pytest.raises(ValueError, match="another form"):
        once(key, "other", make)
