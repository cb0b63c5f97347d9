"""Exactly once: what arrives twice is stored once, and the second time gets the first answer."""

import uuid

from django.db import IntegrityError, transaction

from klapkarre.foundation.people.models import Receipt


class Erased(ValueError):
    """What came in with this key was erased on request: it does not come back."""


def key_for(key, *facts):
    """The key of one form with this content, made from the form's own key.

    A second click sends the same content and gets the same key. Back and another name is something else, which must
    not be taken for a repetition. The key of the form is random and not stored, so no content follows from this one.
    """
    return uuid.uuid5(key, repr(facts))


def once(key, kind, action, pk=""):
    """Run `action()` at most once for this UUID and return `(answer, row)`; `row` is None for a repetition.

    `action` returns the row that came of it; the answer is its primary key as text. Who chooses that key before the
    row is made gives it as `pk`: the receipt is then written in one go. Receipt and row stand in one transaction. A
    key that another form used (`kind` differs) is a mistake of the sender: `ValueError`. What was erased on request
    stays away: `Erased`, which is a ValueError too.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                # First the receipt: on PostgreSQL a second sender waits here until the first one commits.
                receipt = Receipt.objects.create(uuid=key, kind=kind, answer=str(pk))
        except IntegrityError:
            receipt = Receipt.objects.get(uuid=key)
            if receipt.kind != kind:
                raise ValueError("this key belongs to another form") from None
            if receipt.erased_at:
                raise Erased from None
            return receipt.answer, None
        row = action()
        if receipt.answer != str(row.pk):
            receipt.answer = str(row.pk)
            receipt.save(update_fields=["answer"])
        return receipt.answer, row
