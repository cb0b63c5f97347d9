"""The filled-in list, typed over: one name a line."""

import re
import unicodedata
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klapkarre.foundation.kit.forms import KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut
from klapkarre.rooms.agenda.forms.residents import LONGEST_NAME, TURNERS, KeyField

MOST_LINES = 100
# What people write before a name on a numbered sheet: "3. ", "12) ", "- ".
NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[.)]|[-*•])\s*")


class PaperForm(LeavesOut, KitForm, forms.Form):
    """All that stands on the sheet. `participants` are on the list already; once it `began` they can be ticked."""

    watched = phones = ("names",)

    names = forms.CharField(
        label=gettext_lazy("Namen op het blad"),
        help_text=gettext_lazy("Eén naam per lijn. Plakken mag ook."),
        max_length=MOST_LINES * LONGEST_NAME,
        required=False,
        widget=forms.Textarea({"rows": "10", "autocomplete": "off", "spellcheck": "false"}),
    )
    came = forms.MultipleChoiceField(
        label=gettext_lazy("Vink aan wie er was"), required=False, widget=forms.CheckboxSelectMultiple
    )
    nameless = forms.IntegerField(
        label=gettext_lazy("Hoeveel mensen zonder naam waren er nog?"),
        help_text=gettext_lazy("Leeg is niemand."),
        min_value=0,
        max_value=5000,
        required=False,
    )
    key = KeyField(required=False)

    def __init__(self, data=None, *, participants, began, **kwargs):
        self.asked_lines: list[str] = []
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(data, **kwargs)
        if not self.is_bound:
            self.fields["names"].widget.attrs["autofocus"] = True
        self.fields["came"].choices = [(str(one.pk), one.name or _("naam gewist")) for one in participants]
        if not began:
            del self.fields["came"], self.fields["nameless"]
        elif not participants:
            del self.fields["came"]

    def clean_names(self):
        """The names as a list; an error says which line it is about."""
        lines = [line for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Dat zijn te veel lijnen. Bewaar er hoogstens %d tegelijk.") % MOST_LINES)
        found, wrong = [], []
        for line in lines:
            name = unicodedata.normalize("NFC", NUMBERED.sub("", line.translate(TURNERS)))
            name = " ".join(name.split())
            if not name:  # an empty line of a numbered sheet
                continue
            if not any(unicodedata.category(letter)[0] in "LS" for letter in name):
                wrong.append(
                    _("“%(line)s” is geen naam. Haal die lijn weg of verbeter ze.") % {"line": line[:40]}
                )
            elif len(name) > LONGEST_NAME:
                wrong.append(_("“%(line)s…” is te lang voor één naam.") % {"line": name[:40]})
            found.append(name)
        if wrong:
            raise ValidationError(wrong)
        return found

    def seen_in(self, name, text):
        """Line by line; which ones is said beside the question."""
        self.asked_lines = [line for line in text or () if super(PaperForm, self).seen_in(name, line)]
        return super().seen_in(name, "\n".join(self.asked_lines))

    def clean(self):
        values = super().clean() or self.cleaned_data
        if self.has_error("names") and "names" in self.doubtful:
            for line in self.asked_lines:
                self.add_error("names", _("Kijk naar de lijn “%(line)s”.") % {"line": line})
        if not self.errors and not (values.get("names") or values.get("came") or values.get("nameless")):
            self.add_error("names", _("Typ minstens één naam over."))
        return values
