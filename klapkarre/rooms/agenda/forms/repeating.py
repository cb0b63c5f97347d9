"""When it comes back: for a new activity, and for a series that runs."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.kit.days import DayWidget
from klapkarre.foundation.kit.forms import DayField, KitForm
from klapkarre.foundation.places.public_texts import PublicText
from klapkarre.rooms.agenda.forms.residents import KeyField
from klapkarre.rooms.agenda.repetition import LONGEST, MOST, Rule, days_of

DAY = datetime.timedelta(days=1)
ONCE, MONTH_DAY = "0", "md"
WEEKS = {"1": _("Elke week"), "2": _("Om de 2 weken"), "3": _("Om de 3 weken"), "4": _("Om de 4 weken")}
MONTHS = {
    "m1": _("Elke maand, de eerste"),
    "m2": _("Elke maand, de tweede"),
    "m3": _("Elke maand, de derde"),
    "m4": _("Elke maand, de vierde"),
    "m-1": _("Elke maand, de laatste"),
    MONTH_DAY: _("Elke maand, op dezelfde datum"),
}
EVERY = [(_("Per week"), list(WEEKS.items())), (_("Per maand"), list(MONTHS.items()))]


class UntilWidget(DayWidget):
    """The year stays empty: it is the first such day after the start, unless someone types one."""

    def _shown(self, value):
        return ("", "", "", "") if value is None else super()._shown(value)


class UntilField(DayField):
    """A day to come. Without a year it is the next such day after `after`, that the form fills in, or after today."""

    after = None

    def __init__(self, **kwargs):
        super().__init__(widget=UntilWidget(near=()), near=(), past=True, **kwargs)

    def to_python(self, value):
        if isinstance(value, tuple) and value[1] and value[2] and not value[3]:
            after = self.after or timezone.localdate()
            choice, day, month, _year = value
            found = super().to_python((choice, day, month, str(after.year)))
            if found > after:
                return found
            value = (choice, day, month, str(after.year + 1))
        return super().to_python(value)


def rule_of(every, weekdays, first):
    """The rule for one choice of `EVERY`; without weekdays that of the first day."""
    if every == MONTH_DAY:
        return Rule(month_day=first.day)
    weekdays = tuple(sorted(int(day) for day in weekdays)) or (first.weekday(),)
    if every in WEEKS:
        return Rule(weeks=int(every), weekdays=weekdays)
    return Rule(nth=int(every.removeprefix("m")), weekdays=weekdays)


def choice_of(rule):
    """The same the other way round, as the form's initial data."""
    if rule.month_day:
        return {"every": MONTH_DAY}
    every = f"m{rule.nth}" if rule.nth else str(rule.weeks)
    return {"every": every, "weekdays": [str(day) for day in rule.weekdays]}


class RhythmForm(forms.Form):
    """How often, on which days, until when. The form that has it has a `day` too: the first one."""

    every = forms.ChoiceField(label=_("Hoe vaak?"), choices=[(ONCE, _("Eén keer")), *EVERY], initial=ONCE)
    weekdays = forms.MultipleChoiceField(
        label=_("Op welke dagen van de week?"),
        help_text=_("Vink je niets aan? Dan is het de weekdag van de eerste keer."),
        choices=[(str(number), capfirst(name)) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple({"data-row": "1"}),
        required=False,
    )
    until = UntilField(
        label=_("Tot en met welke dag?"),
        help_text=_("Enkel als het terugkomt. Het jaar mag leeg. Eerst zie je alle dagen."),
        required=False,
    )
    times = forms.IntegerField(
        label=_("Of hoeveel keer?"),
        help_text=_("In plaats van een einddag. De eerste keer telt mee."),
        min_value=2,
        max_value=MOST,
        required=False,
    )
    skip_public = forms.BooleanField(label=_("Niet op feestdagen"), required=False, initial=True)
    skip_school = forms.BooleanField(label=_("Niet in schoolvakanties"), required=False, initial=True)

    def clean(self):
        super().clean()
        values = self.cleaned_data
        wrong = {"day", "every", "weekdays", "until", "times"} & self.errors.keys()
        if not wrong and values.get("every") != ONCE:
            self._check_end(values["day"], values.get("until"), values.get("times"))
        return values

    def _check_end(self, day, until, times):
        """A series ends on a day or after a number of times, within two years."""
        if until and times:
            self.add_error("times", _("Kies een einddag of een aantal keer, niet allebei."))
        elif until is None and not times:
            self.add_error("until", _("Kies tot welke dag de reeks loopt. Of vul in hoeveel keer."))
        elif until and until <= day:
            text = _("Je koos %(until)s. Kies een dag na de eerste keer: %(day)s.")
            words = {"until": date_format(until, "j F Y"), "day": date_format(day, "j F Y")}
            self.add_error("until", text % words)
        elif until and until > day + LONGEST:
            text = _("Je koos %(until)s. Een reeks duurt hoogstens twee jaar.")
            self.add_error("until", text % {"until": date_format(until, "j F Y")})
        else:
            self._check_days(day)

    def _check_days(self, day):
        days = self.rhythm()
        if not days:
            self.add_error("until", _("Zo valt er geen enkele dag. Kies een latere einddag."))
        elif days[-1] > day + LONGEST:
            self.add_error("times", _("Een reeks duurt hoogstens twee jaar. Kies minder keren."))
        elif len(days) > MOST:
            text = _("Dat zijn meer dan %(most)s dagen. Kies een vroegere einddag.")
            self.add_error("until", text % {"most": MOST})

    def rule(self):
        """The chosen rule, or None for one time. Call it on a valid form."""
        values = self.cleaned_data
        if values["every"] == ONCE:
            return None
        return rule_of(values["every"], values["weekdays"], values["day"])

    def rhythm(self):
        """All days of the repetition. Call it on a valid form."""
        values, rule = self.cleaned_data, self.rule()
        if rule is None:
            return [values["day"]]
        # One more than allowed, to see that there are too many.
        until, times = values["until"], values["times"]
        return days_of(rule.text, values["day"], until=until, times=times, most=MOST + 1)


class RepeatForm(RhythmForm, KitForm, forms.Form):
    """Another repetition for a series that runs, from a day that is still to come."""

    field_order = ("day", "every", "weekdays")

    key = KeyField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    day = DayField(
        label=_("Vanaf welke dag?"), help_text=_("Wat vroeger valt, blijft zoals het is."), near=()
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["every"].choices = EVERY

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day <= timezone.localdate():
            raise ValidationError(_("Kies een dag vanaf morgen."), code="past")
        if day > timezone.localdate() + LONGEST:
            raise ValidationError(_("Die dag is wel heel ver weg. Kijk het jaar na."), code="far")
        self.fields["until"].after = day
        return day


class DaysForm(PublicText, KitForm, forms.Form):
    """Beside the ticked days: one day more, and why what is called off does not take place."""

    watched = phones = for_residents = ("reason",)

    more = UntilField(
        label=_("Nog een dag erbij?"),
        help_text=_("Ook buiten de herhaling. Het jaar mag leeg."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Waarom gaat het niet door?"),
        help_text=_("Bewoners lezen dit. Noem geen namen."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args, off=(), **kwargs):
        self.off = off
        super().__init__(*args, **kwargs)

    def clean_more(self):
        day = self.cleaned_data["more"]
        if day and day < timezone.localdate():
            raise ValidationError(DayField.default_error_messages["past"], code="past")
        if day and day > timezone.localdate() + 2 * LONGEST:
            raise ValidationError(_("Die dag is wel heel ver weg. Kijk het jaar na."), code="far")
        return day

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if self.off and not reason:
            raise ValidationError(_("Schrijf waarom het niet doorgaat."), code="required")
        return reason
