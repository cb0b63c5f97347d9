"""What residents fill in: a name, with whom they come, and how they want to hear of a change."""

import unicodedata
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.forms import TOO_LONG, KeyField, KitForm
from klapkarre.foundation.kit.templatetags.kit import clock, day
from klapkarre.foundation.kit.traps import TrappedForm
from klapkarre.rooms.agenda.forms.contact import ContactFields
from klapkarre.rooms.agenda.models import How

LONGEST_NAME = 80
KEPT = 200  # characters that come back in the field when far too much was sent
# Characters that turn the reading direction of what stands beside them, or that nobody sees.
TURNERS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b"))


class NameForm(KitForm, forms.Form):
    """One name, and the key that makes a second click harmless."""

    required_texts = {"name": _("Vul je naam in.")}
    autocomplete = {"name": "given-name"}

    name = forms.CharField(label=_("Je naam"), help_text=_("Je voornaam is genoeg."), max_length=LONGEST_NAME)
    key = KeyField(required=False)

    def __init__(self, data=None, **kwargs):
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(data and cut(data, *self.base_fields), **kwargs)

    def clean_name(self):
        return clean_name(self.cleaned_data["name"], self.fields["name"])


def clean_name(text, field):
    """The name on one line, without tricks. ValidationError when there is nothing to read in it."""
    name = unicodedata.normalize("NFC", text.translate(TURNERS))
    name = " ".join(name.split())
    if not any(unicodedata.category(letter)[0] in "LNS" for letter in name):
        raise ValidationError(field.error_messages["required"], code="required")
    return name


def cut(data, *names, kept=KEPT):
    """The data with absurdly long texts cut, so that the page that comes back stays light."""
    long = [name for name in names if len(data.get(name, "")) > kept]
    if not long:
        return data
    data = data.copy()
    for name in long:
        data[name] = data[name][:kept]
    return data


FRIENDS = ("friend1", "friend2", "friend3")


def friend_field(label):
    """The name of somebody who comes along."""
    return forms.CharField(
        label=label, max_length=LONGEST_NAME, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )


class SignUpForm(ContactFields, TrappedForm, NameForm):
    """A resident, who needs no login: a name, and names of who comes along."""

    friend1 = friend_field(_("Tweede naam"))
    friend2 = friend_field(_("Derde naam"))
    friend3 = friend_field(_("Vierde naam"))

    def __init__(self, data=None, *, contact=False, **kwargs):
        super().__init__(data, **kwargs)
        if not contact:
            self.leave_contact_out()

    def clean_friend1(self):
        return self._friend("friend1")

    def clean_friend2(self):
        return self._friend("friend2")

    def clean_friend3(self):
        return self._friend("friend3")

    def _friend(self, name):
        text = self.cleaned_data[name]
        return clean_name(text, self.fields["name"]) if text else ""

    @property
    def friends(self):
        return [self[name] for name in FRIENDS]

    @property
    def has_friends(self):
        return any(bound.value() for bound in self.friends)

    def clean(self):
        """The names of all, in order; an empty line between them is none."""
        values = super().clean() or self.cleaned_data
        values["names"] = tuple(values[name] for name in ("name", *FRIENDS) if values.get(name))
        return values


class SeriesSignUpForm(SignUpForm):
    """The same for the days of a series: all are ticked, who cannot come on one unticks it."""

    days = forms.MultipleChoiceField(
        label=_("Op welke dagen kom je?"),
        help_text=_("Vink weg wat niet past. Op een volle dag kom je op de wachtlijst."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Kies minstens een dag."),
            "invalid_choice": _("Een dag is er niet meer bij. Kijk de dagen na."),
        },
    )

    def __init__(self, data=None, *, days, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["days"].choices = [(str(day.pk), _in_words(day)) for day in days]
        self.initial.setdefault("days", [str(day.pk) for day in days])


def _in_words(activity):
    """A day to choose: when, and whether it is full."""
    facts = {"day": day(activity.starts_at), "time": clock(activity.starts_at)}
    if activity.is_full:
        return _("%(day)s, %(time)s: vol, wachtlijst") % facts
    return _("%(day)s, %(time)s") % facts


class GiveBackForm(TrappedForm):
    """One button. Who holds the link of the slip may press it as fast as she likes."""

    has_clock = False


class CodeForm(TrappedForm):
    """The code of a slip, as someone types it from paper."""

    required_texts = {"code": _("Vul de code van je briefje in.")}

    code = forms.CharField(
        label=_("De code op je briefje"),
        help_text=_("Twee woorden en een getal. Bijvoorbeeld: appel fiets 42."),
        max_length=100,
        widget=forms.TextInput({"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}),
    )
    autocomplete = {"code": "off"}

    def __init__(self, data=None, **kwargs):
        super().__init__(data and cut(data, "code"), **kwargs)


class SlipForm(ContactFields, TrappedForm):
    """What stands on a slip, to change: how the names are spelled, and how to tell.

    The number and the address that we have are not shown: who finds a slip must not read them. Empty leaves them.
    """

    has_clock = False

    forget = forms.BooleanField(label=_("Wis mijn nummer en mijn e-mailadres"), required=False)

    def __init__(self, data=None, *, names, have, contact, **kwargs):
        self.have, self.old = have, {f"name{place}": name for place, name in enumerate(names)}
        # Before the form makes its own copy of them, so that they are guarded like every other field.
        lines = {name: NameLine(label=old if len(names) > 1 else _("Naam")) for name, old in self.old.items()}
        self.base_fields = lines | type(self).base_fields
        kwargs["initial"] = self.old | {"how": have.how, "remind": have.remind}
        super().__init__(data and cut(data, *self.old, "phone", "mail"), **kwargs)
        if not contact:
            self.leave_contact_out()
        if not (contact and (have.phone or have.mail)):
            del self.fields["forget"]

    @property
    def names(self):
        return [self[name] for name in self.old]

    @property
    def renamed(self):
        """Old name -> new name, after `is_valid`."""
        return {old: self.cleaned_data[name] for name, old in self.old.items()}

    def number(self, values):
        """What was typed, else what we have; nothing when that is to go, or when nobody needs it any more."""
        return values.get("phone") or self._kept(values, self.have.phone)

    def address(self, values):
        """What was typed, else what we have; nothing when that is to go, or when nobody needs it any more."""
        return values.get("mail") or self._kept(values, self.have.mail)

    def _kept(self, values, text):
        return "" if values.get("forget") or self._how(values) == How.SELF else text

    def clean(self):
        values = super().clean() or self.cleaned_data
        return values | {"phone": self.number(values), "mail": self.address(values)}


class NameLine(forms.CharField):
    """A name that must be there."""

    def __init__(self, **kwargs):
        says = {"required": _("Vul je naam in."), "max_length": TOO_LONG}
        super().__init__(max_length=LONGEST_NAME, error_messages=says, **kwargs)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value):
        return clean_name(super().clean(value), self)
