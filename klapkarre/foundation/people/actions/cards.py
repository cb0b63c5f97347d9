"""The card of a worker: shown with her consent, and gone at once when that stops."""

from django.db import transaction
from django.utils import timezone

from klapkarre.foundation.kit import pictures
from klapkarre.foundation.people import ledger
from klapkarre.foundation.people.models import StaffCard
from klapkarre.foundation.places.models import content_changed

NO_PHOTO = {"large": "", "small": "", "width": 0, "height": 0}


@transaction.atomic
def show_card(user, organisation, values, photo=None, *, without_photo=False, now=None):
    """Put this card on the pages of these neighbourhoods; the one before goes, and what is not of her stays.

    `values`: first_name, phone, neighbourhoods. `photo`: (large, small) as `pictures.draw` gives them. The consent is
    of now: who saves, ticked it again.
    """
    before = StaffCard.objects.select_for_update().filter(user=user, organisation=organisation).first()
    card = before or StaffCard(user=user, organisation=organisation)
    files = {card.large, card.small} - {""}
    card.first_name, card.phone = values["first_name"], values["phone"]
    card.consented_at = now or timezone.now()
    if photo or without_photo:
        for name, value in (_photo(photo, card.pk) if photo else NO_PHOTO).items():
            setattr(card, name, value)
    card.save()
    card.neighbourhoods.set(values["neighbourhoods"])
    content_changed()
    gone = files - {card.large, card.small}
    transaction.on_commit(lambda: pictures.forget(*gone))
    return card


def _photo(photo, owner):
    large, small = photo
    return {
        "large": pictures.keep(large, owner),
        "small": pictures.keep(small, owner),
        "width": small.width,
        "height": small.height,
    }


@transaction.atomic
def take_card_away(rows):
    """Remove these cards (a queryset), for residents at once; says whether there were any. Twice is once."""
    if not rows.exists():
        return False
    ledger.note(rows)
    rows.delete()
    content_changed()
    return True
