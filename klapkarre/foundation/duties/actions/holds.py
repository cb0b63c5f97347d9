"""Hold rows, and lift a hold."""

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.duties.models import Hold


@transaction.atomic
def hold(user, organisation, *, kind, row="", reason, review_on):
    """Keep all of a kind, or one row with what hangs on it, until someone lifts it."""
    return Hold.objects.create(
        organisation=organisation, kind=kind, row=row, reason=reason, by=user, review_on=review_on
    )


@transaction.atomic
def lift(user, pk, organisation):
    """Let go of a hold; the next round erases what is past its term. Twice is once."""
    found = Hold.objects.standing().select_for_update().filter(pk=pk, organisation=organisation)
    for one in found:
        one.lifted_at, one.lifted_by = timezone.now(), user
        one.save(update_fields=["lifted_at", "lifted_by"])
