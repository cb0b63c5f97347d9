import unicodedata

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.hashers import make_password
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.accounts import factors, logbook
from klapkarre.foundation.accounts.models import User
from klapkarre.foundation.kit import limits
from klapkarre.foundation.kit.forms import KitForm

# Wrong passwords or codes within ten minutes: from one address, and for one name. Who guesses from one address is
# stopped before the name is, so nobody keeps somebody else out from one place.
MOST_WRONG = 10
MOST_WRONG_NAME = 50
# A code has six digits. Who is asked for one showed another proof before, so nobody else can use this limit up.
MOST_WRONG_CODES = 10
MOST_WRONG_CODES_A_DAY = 30
DAY = 24 * 60 * 60
TOO_OFTEN = _("Er waren te veel foute pogingen. Wacht tien minuten en probeer opnieuw.")
TOO_OFTEN_TODAY = _("Er waren vandaag te veel foute codes. Probeer morgen, of vraag een nieuwe brief.")


class Counted(KitForm):
    """A form that someone may guess at: each attempt counts before it is looked at, a right one is given back."""

    # What is guessed at, how often for one name, in how many seconds, and what is said then.
    counts: tuple = (("login_name", MOST_WRONG_NAME, limits.MINUTES_10, TOO_OFTEN),)
    # What a wrong attempt is called in the log of logins.
    noted_as = logbook.Kind.WRONG

    def check(self, name, looked_at):
        """`looked_at()`, unless there were too many wrong ones; it raises ValidationError for a wrong one."""
        attempts = [("login", limits.address_of(self.request), MOST_WRONG, limits.MINUTES_10, TOO_OFTEN)]
        attempts += [(what, name, most, seconds, said) for what, most, seconds, said in self.counts]
        for what, who, most, seconds, said in attempts:  # an address that is refused counts for no name
            times = limits.count(what, who, seconds)
            if times == most + 1:  # noted once, however long someone goes on
                logbook.note(self.owner(), logbook.Kind.LOCKED, self.request)
            if times > most:
                raise ValidationError(said, code="too_often")
        try:
            result = looked_at()
        except ValidationError:
            logbook.note(self.owner(), self.noted_as, self.request)
            raise
        for what, who, _most, seconds, _said in attempts:
            limits.give_back(what, who, seconds)
        return result

    def owner(self):
        """Whose login is tried here; None when the name belongs to nobody."""
        return logbook.owner_of(self.cleaned_data.get("username", ""))

    def was_refused(self):
        """Were there too many wrong attempts to look at this one?"""
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, "too_often")


CODES = (
    ("login_code", MOST_WRONG_CODES, limits.MINUTES_10, TOO_OFTEN),
    ("login_code_day", MOST_WRONG_CODES_A_DAY, DAY, TOO_OFTEN_TODAY),
)


def _as_counted(username):
    return unicodedata.normalize("NFKC", username).casefold()


class Shared(forms.Form):
    """The one question that every way to log in asks."""

    shared = forms.BooleanField(
        label=_("Dit toestel is gedeeld"),
        help_text=_("Dan ben je na 10 minuten zonder tik weer uitgelogd."),
        required=False,
    )


class LoginForm(Counted, AuthenticationForm, Shared):
    field_order = ("username", "password", "shared")
    error_messages = {
        "invalid_login": _("Deze gebruikersnaam en dit wachtwoord passen niet samen. Kijk ze na."),
        "inactive": _("Je kan met deze naam niet meer binnen. Vraag het aan je coördinator."),
    }
    required_texts = {"username": _("Vul je gebruikersnaam in."), "password": _("Vul je wachtwoord in.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Gebruikersnaam")
        self.fields["username"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["password"].label = _("Wachtwoord")

    def clean(self):
        if not {"username", "password"} <= self.cleaned_data.keys():
            return self.cleaned_data
        return self.check(_as_counted(self.cleaned_data["username"]), super().clean)


class CodeForm(Counted, forms.Form):
    """The second step: a code of the app, or a recovery code."""

    counts = CODES
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Zes cijfers uit je app. Of een van je herstelcodes."),
    )
    required_texts = {"code": _("Vul de code in.")}
    autocomplete = {"code": "one-time-code"}
    noted_as = logbook.Kind.WRONG_SECOND

    def __init__(self, request, user, *args, **kwargs):
        self.request, self.user = request, user
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def owner(self):
        return self.user

    def clean(self):
        if "code" in self.cleaned_data:
            self.check(_as_counted(self.user.username), self._look)
        return self.cleaned_data

    def _look(self):
        code = self.cleaned_data["code"]
        if factors.is_right_code(self.user, code):
            return
        if not factors.is_right_recovery_code(self.user, code):
            raise ValidationError(
                _("Deze code klopt niet, of is al gebruikt. Wacht op de volgende en probeer opnieuw.")
            )
        self.cleaned_data["is_recovery"] = True


class RecoverForm(Counted, Shared):
    """Who lost a passkey and has no password: name and recovery code."""

    username = forms.CharField(label=_("Gebruikersnaam"))
    code = forms.CharField(label=_("Herstelcode"), help_text=_("Tien cijfers, van het blad dat je bewaarde."))
    field_order = ("username", "code", "shared")
    required_texts = {"username": _("Vul je gebruikersnaam in."), "code": _("Vul een herstelcode in.")}
    autocomplete = {"username": "username", "code": "one-time-code"}

    def __init__(self, request, *args, **kwargs):
        self.request, self.user = request, None
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean(self):
        if {"username", "code"} <= self.cleaned_data.keys():
            self.check(_as_counted(self.cleaned_data["username"]), self._look)
        return self.cleaned_data

    def _look(self):
        """A wrong name, a wrong code and a name with a password take as long, and hear the same."""
        code = self.cleaned_data["code"]
        make_password(code)
        user = User.objects.filter(username=self.cleaned_data["username"], is_active=True).first()
        if user is None or user.has_usable_password() or not factors.is_right_recovery_code(user, code):
            raise ValidationError(
                _("Deze naam en deze code passen niet samen. Heb je een wachtwoord? Log eerst daarmee in.")
            )
        self.user = user


class ConfirmForm(Counted, forms.Form):
    """Show again who you are: your password, or a code of your app."""

    counts = CODES
    password = forms.CharField(label=_("Wachtwoord"), widget=forms.PasswordInput, required=False)
    code = forms.CharField(label=_("Code uit je app"), required=False)
    autocomplete = {"password": "current-password", "code": "one-time-code"}
    mark_optional = False
    noted_as = logbook.Kind.WRONG_CONFIRM

    def owner(self):
        return self.user

    def __init__(self, request, *args, **kwargs):
        self.request, self.user = request, request.user
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
        if not self.user.has_usable_password():
            del self.fields["password"]
        if not factors.of_user(self.user).filter(type=factors.Kind.TOTP).exists():
            del self.fields["code"]

    def clean(self):
        if self.errors:
            return self.cleaned_data
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if not given:
            raise ValidationError(_("Vul een van de vakken in, of gebruik je toegangssleutel."))
        self.check(_as_counted(self.user.username), lambda: self._look(given))
        return self.cleaned_data

    def _look(self, given):
        right = "password" in given and self.user.check_password(given["password"])
        if not right and not ("code" in given and factors.is_right_code(self.user, given["code"])):
            raise ValidationError(_("Dit klopt niet. Kijk het na en probeer opnieuw."))


class PasswordForm(KitForm, forms.Form):
    """A new password, typed twice."""

    new = forms.CharField(
        label=_("Nieuw wachtwoord"),
        help_text=_("Minstens 12 tekens. Een zin van vier woorden onthoud je goed."),
        widget=forms.PasswordInput,
    )
    again = forms.CharField(label=_("Nog eens hetzelfde wachtwoord"), widget=forms.PasswordInput)
    autocomplete = {"new": "new-password", "again": "new-password"}
    required_texts = {"new": _("Vul een wachtwoord in."), "again": _("Vul het wachtwoord nog eens in.")}
    texts = {
        "password_too_short": _("Dit wachtwoord is te kort. Gebruik minstens 12 tekens."),
        "password_too_common": _("Dit wachtwoord gebruiken te veel mensen. Kies een ander."),
    }

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        for name in ("new", "again"):
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = "new-password"

    def _said(self, errors):
        """In our words; that it can be guessed is said when there is nothing simpler to mend."""
        simple = [one for one in errors if one.code in self.texts]
        return [self.texts.get(one.code, one.message) for one in simple or errors]

    def clean_new(self):
        try:
            password_validation.validate_password(self.cleaned_data["new"], self.user)
        except ValidationError as error:
            raise ValidationError(self._said(error.error_list)) from None
        return self.cleaned_data["new"]

    def clean(self):
        if {"new", "again"} <= self.cleaned_data.keys() and self.cleaned_data["new"] != self.cleaned_data[
            "again"
        ]:
            self.add_error("again", _("De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw."))
        if factors.is_demo_login(self.user):
            raise ValidationError(_("In de demo blijft het wachtwoord zoals het is."))
        return self.cleaned_data


class AppForm(PasswordForm):
    """The app is set up when it shows a right code; who has no password yet, chooses one too."""

    code = forms.CharField(label=_("Code die je app toont"), help_text=_("Zes cijfers."))
    required_texts = PasswordForm.required_texts | {"code": _("Vul de code in die je app toont.")}
    autocomplete = PasswordForm.autocomplete | {"code": "one-time-code"}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
        if user.has_usable_password():
            del self.fields["new"], self.fields["again"]

    def clean(self):
        return super().clean() if "new" in self.fields else self.cleaned_data


class NameForm(KitForm, forms.Form):
    name = forms.CharField(label=_("Naam van deze sleutel"), max_length=factors.LONGEST_NAME)
    required_texts = {"name": _("Geef de sleutel een naam.")}
