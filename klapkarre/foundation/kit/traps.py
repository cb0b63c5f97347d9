"""Two traps before any puzzle, for forms that nobody signs in for: a field that people never see, and a clock.

Who falls in gets the form back with what was typed; a second press of the button is enough for a person.
"""

import time

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import KitForm

DAY = 24 * 60 * 60


def stamp(now=None):
    """The moment on which a form was shown, signed: a program cannot make up an earlier one."""
    return signing.Signer(salt="klapkarre.trap").sign(str(int(1000 * (now or time.time()))))


def seconds_since(text, now=None):
    """How long ago a stamp was made; None when it is not ours or older than a day."""
    try:
        made = int(signing.Signer(salt="klapkarre.trap").unsign(text or "")) / 1000
    except (signing.BadSignature, ValueError):
        return None
    age = (now or time.time()) - made
    return age if 0 <= age <= DAY else None


class TrappedForm(KitForm, forms.Form):
    """Put before the form itself, with `{% include "kit/trap.html" %}` in its template."""

    # People who hold a secret link and only press a button may be quick: False leaves the clock out.
    has_clock = True

    website = forms.CharField(required=False, label=_("Laat dit leeg"))
    began = forms.CharField(required=False, widget=forms.HiddenInput, initial=stamp)

    def __init__(self, data=None, **kwargs):
        self.age = None
        if data is not None:
            self.age = seconds_since(data.get("began"))
            if self.age is None:  # a new clock: the second press counts
                data = data.copy()
                data["began"] = stamp()
        super().__init__(data, **kwargs)

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise ValidationError(_("We konden dit niet bewaren. Probeer opnieuw of bel ons."), code="trap")
        return ""

    def clean(self):
        cleaned = super().clean()
        clock = settings.TIME_TRAP if self.has_clock else 0
        if clock and not self.errors and (self.age is None or self.age < clock):
            raise ValidationError(_("Dat ging heel snel. Kijk alles na en druk nog een keer."), code="clock")
        return cleaned
