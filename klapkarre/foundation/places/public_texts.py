"""Texts that residents will read: a number of a person is asked about first, a number of ours is not."""

from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.foundation.kit.phones import one_form
from klapkarre.foundation.places.models import Municipality, Place


def public_numbers():
    """The phone numbers that stand on the site already, of the town and of every point, in one form for all."""
    rows = (
        model.objects.exclude(phone="").values_list("phone", flat=True) for model in (Municipality, Place)
    )
    return {one_form(phone) for several in rows for phone in several}


class PublicText(LeavesOut):
    """Put before KitForm, as `LeavesOut`; name the texts in `phones` too."""

    keeps_phone = _("Iedereen mag dit nummer zien. Bewaar het zo.")

    def known_phones(self, name):
        """What stood there, and what the site shows to everyone. Asked only when a number is seen."""
        return super().known_phones(name) | public_numbers()
