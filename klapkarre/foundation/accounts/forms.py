import unicodedata

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit import limits
from klapkarre.foundation.kit.forms import KitForm

# Wrong passwords within ten minutes: from one address, and for one name.
MOST_WRONG = 10


class LoginForm(KitForm, AuthenticationForm):
    error_messages = {
        "invalid_login": _("Deze gebruikersnaam en dit wachtwoord passen niet samen. Kijk ze na."),
        "inactive": _("Je kan met deze naam niet meer binnen. Vraag het aan je coördinator."),
        "too_often": _("Er waren te veel foute pogingen. Wacht tien minuten en probeer opnieuw."),
    }
    required_texts = {"username": _("Vul je gebruikersnaam in."), "password": _("Vul je wachtwoord in.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Gebruikersnaam")
        self.fields["password"].label = _("Wachtwoord")

    def clean(self):
        """Count the attempt before the costly look at the password; a right one is given back."""
        if not {"username", "password"} <= self.cleaned_data.keys():
            return self.cleaned_data
        attempts = (("login", limits.address_of(self.request)), ("login_name", self._name()))
        for what, who in attempts:  # an address that is refused counts for no name
            if limits.count(what, who) > MOST_WRONG:
                raise ValidationError(self.error_messages["too_often"], code="too_often")
        cleaned = super().clean()
        for what, who in attempts:
            limits.give_back(what, who)
        return cleaned

    def _name(self):
        return unicodedata.normalize("NFKC", self.cleaned_data["username"]).casefold()

    def was_refused(self):
        """Were there too many wrong attempts to look at this one?"""
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, "too_often")
