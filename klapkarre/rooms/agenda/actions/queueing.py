"""Note that people must be told, in the transaction that changed something: nothing is lost, whatever happens next."""

from django.utils import timezone

from klapkarre.rooms.agenda import channels
from klapkarre.rooms.agenda.models import Notice


def queue(activity, now=None):
    """Note a message for each slip with news about this activity and a way to send it. One that waits is enough.

    The caller holds the lock of the activity. Who has no such way is told by a worker (`to_tell`).
    """
    now = now or timezone.now()
    leads = {row.lead_id or row.pk for row in activity.signups.to_tell(now).only("pk", "lead", "activity")}
    if not leads:
        return
    bearers: dict = {}
    for row in activity.signups.only("pk", "lead", "how", "organisation").order_by("created_at", "pk"):
        bearers.setdefault(row.lead_id or row.pk, row)
    rows = [bearers[lead] for lead in leads if lead in bearers and channels.can(bearers[lead].how)]
    waiting = Notice.objects.filter(sign_up__in=[row.pk for row in rows], kind=Notice.Kind.NEWS)
    there = set(waiting.filter(state=Notice.State.WAITING).values_list("sign_up", flat=True))
    Notice.objects.bulk_create(
        Notice(organisation_id=row.organisation_id, sign_up=row, kind=Notice.Kind.NEWS, next_at=now)
        for row in rows
        if row.pk not in there
    )
