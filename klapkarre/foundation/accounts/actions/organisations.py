"""Start an organisation."""

from django.db import transaction

from klapkarre.foundation.accounts import keyring
from klapkarre.foundation.accounts.models import Organisation, ReadingLog


@transaction.atomic
def start_organisation(name, slug):
    """Create an organisation together with the key that seals its texts and the log of who reads them."""
    organisation = Organisation.objects.create(name=name, slug=slug)
    keyring.create_data_key(organisation)
    ReadingLog.objects.create(organisation=organisation)
    return organisation
