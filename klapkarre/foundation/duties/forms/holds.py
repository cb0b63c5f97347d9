"""Hold all of a kind, or one row."""

import re
import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klapkarre.foundation.duties import terms
from klapkarre.foundation.duties.holds import key_of
from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.kit.leave_out import LeavesOut

UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
LONGEST_YEARS = 10


def kinds_to_hold():
    """Kinds that belong to an organisation, with their names."""
    return [
        (model._meta.label_lower, str(model._meta.verbose_name_plural).capitalize())
        for model in terms.kinds()
        if any(field.name == "organisation" for field in model._meta.local_fields)
    ]


class HoldForm(LeavesOut, KitForm, forms.Form):
    """What must stay, why, and when to look at it again."""

    watched = ("reason",)

    required_texts = {
        "kind": gettext_lazy("Kies wat bewaard moet blijven."),
        "reason": gettext_lazy("Schrijf waarom dit bewaard moet blijven."),
    }

    kind = forms.ChoiceField(label=gettext_lazy("Soort"))
    row = forms.CharField(
        label=gettext_lazy("Enkel dit ene (hoeft niet)"),
        required=False,
        help_text=gettext_lazy("Plak het adres van de pagina, of het nummer. Leeg: alles van deze soort."),
    )
    review_on = DayField(
        label=gettext_lazy("Wanneer kijk je dit na?"),
        near=(),
        help_text=gettext_lazy("Het blijft bewaard tot iemand het opheft."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reden"),
        widget=forms.Textarea,
        help_text=gettext_lazy("Schrijf geen namen. Enkel de coördinator leest dit."),
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["kind"].choices = [("", _("Kies een soort")), *kinds_to_hold()]

    def clean_review_on(self):
        day, today = self.cleaned_data["review_on"], timezone.localdate()
        if day <= today:
            raise forms.ValidationError(_("Kies een dag na vandaag."))
        if day.year > today.year + LONGEST_YEARS:
            raise forms.ValidationError(_("Dat is te ver weg. Kies een dag binnen tien jaar."))
        return day

    def clean(self):
        found = super().clean() or self.cleaned_data
        if found.get("row") and found.get("kind"):
            found["row"] = self._row_here(found["kind"], found["row"])
            if not found["row"]:
                self.add_error("row", _("Dit vind ik niet. Kijk het adres en de soort na."))
        return found

    def _row_here(self, kind, text):
        """The key of the row that this text or address names, when it is of this organisation."""
        model = terms.kind_of(kind)
        named = UUID.search(text)
        key = key_of(model, str(uuid.UUID(named.group())) if named else text.strip())
        if key is None:
            return ""
        rows = model._base_manager.filter(pk=key, organisation=self.organisation)
        return str(key) if rows.exists() else ""
