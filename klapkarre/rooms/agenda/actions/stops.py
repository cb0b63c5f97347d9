"""What only a stop of the cart or a round through the street has: it is counted by taps."""

from django.db import transaction

from klapkarre.rooms.agenda.actions.seats import locked


@transaction.atomic
def follow_tally(pk, counted, step):
    """Let the headcount of a stop follow its taps, until somebody notes another number herself.

    `counted()` is how many there are after the tap, asked under the lock of the activity, so that two hands at one cart
    both count. `step` is what the tap did: 1, or -1 for one taken back.
    """
    activity = locked(pk)
    now = counted()
    if activity.headcount in (None, now - step):
        activity.headcount = now or None
        activity.save(update_fields=["headcount"])
