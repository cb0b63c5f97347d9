"""Verbs of what is to be done: another day, another colleague."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.models import Membership, Role, User
from klapkarre.rooms.outreach.actions.contacts import keep_what_was
from klapkarre.rooms.outreach.models import ContactMoment


def colleagues_for(contact):
    """Who works in the team of this contact, there where it was: whom its steps can be given to. By name."""
    buurt = contact.neighbourhood
    there = Q(neighbourhood=None) | Q(neighbourhood__in=[buurt.pk, buurt.parent_id or buurt.pk])
    roles = Membership.objects.current().filter(there, team=contact.team_id, role=Role.WORKER)
    return list(User.objects.filter(memberships__in=roles, is_active=True).distinct().order_by("username"))


@transaction.atomic
def plan(contact, user, day=None, colleague=None, now=None):
    """Put the follow-up on another day, or give the steps to a colleague; what was is kept. Twice changes nothing.

    `day` is only for a follow-up that is still open; `colleague` is the one who noted it to give it back.
    """
    contact = ContactMoment.objects.select_for_update().get(pk=contact.pk)
    before = {}
    if day and contact.follow_up_on and contact.followed_up_at is None and day != contact.follow_up_on:
        before["follow_up_on"] = contact.follow_up_on
        contact.follow_up_on = day
    # Who noted it does what is to be done, as long as nobody else took it over.
    taker = None if colleague is None or colleague.pk == contact.by_id else colleague
    if colleague and (taker and taker.pk) != contact.to_do_by_id:
        # No name: it may have to go before the conversation does.
        before["to_do_by"] = _("een collega") if contact.to_do_by_id else _("wie het noteerde")
        contact.to_do_by = taker
    if before:
        keep_what_was(contact, before, user, now)
        contact.version += 1
        contact.changed_at = now or timezone.now()
        contact.save(update_fields=["follow_up_on", "to_do_by", "version", "changed_at", "month"])
    return contact
