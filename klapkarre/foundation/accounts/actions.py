"""Verbs of the foundation: start an organisation, note that someone read."""

from django.db import transaction

from klapkarre.foundation.accounts import keyring
from klapkarre.foundation.accounts.models import Organisation, Reading


@transaction.atomic
def start_organisation(name, slug):
    """Create an organisation together with the key that seals its texts."""
    organisation = Organisation.objects.create(name=name, slug=slug)
    keyring.create_data_key(organisation)
    return organisation


def note_reading(request, rows):
    """Log that this user is about to see these personal rows. Call it before anything of them is rendered.

    A short transaction of its own: the log stands even when the page fails afterwards.
    """
    by_organisation = {}
    for row in rows:
        by_organisation.setdefault(row.organisation_id, []).append(str(row.pk))
    if not by_organisation:
        return
    Reading.objects.bulk_create(
        Reading(
            organisation_id=organisation,
            user=request.user,
            route=request.resolver_match.view_name,
            kind=rows[0]._meta.label_lower,
            rows=ids,
        )
        for organisation, ids in by_organisation.items()
    )
