"""Day and hour without a calendar popup: Vandaag / Morgen / Gisteren or day-month-year, and a list of slots."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from klapkarre.foundation.kit.fieldview import CHOICE, checked

OTHER = "other"
PARTS = ("day", "month", "year")


class DayWidget(forms.Widget):
    """Radio buttons for the near days, and three boxes for another day.

    The near days post their own date, so that a form opened before midnight and sent after it means the same day.
    """

    use_fieldset = True

    def __init__(self, near=(0, 1), attrs=None):
        super().__init__(attrs)
        self.near = near

    def value_from_datadict(self, data, files, name):
        """What was typed, as (choice, day, month, year); None when nothing was sent at all."""
        typed = tuple((data.get(f"{name}{tail}") or "").strip() for tail in ("", "_day", "_month", "_year"))
        return typed if any(typed) else None

    def value_omitted_from_data(self, data, files, name):
        """True when no part was sent."""
        return not any(f"{name}{tail}" in data for tail in ("", "_day", "_month", "_year"))

    def id_for_label(self, id_):
        """A fieldset's legend points to no control."""
        return ""

    def parts(self, bound):
        """The controls as HTML; fieldview puts legend, hint and error around them."""
        choice, *numbers = self._shown(bound.value())
        name, at = bound.html_name, bound.auto_id
        if not self.near:
            return format_html(
                '<div class="date">{}</div>', self._boxes(name, at, numbers, bool(bound.errors))
            )
        today = timezone.localdate()
        cards = [
            (day.isoformat(), f"{at}_{row}", _near_word(offset))
            for row, offset in enumerate(self.near)
            for day in [today + datetime.timedelta(days=offset)]
        ]
        cards.append((OTHER, f"{at}_{len(cards)}", _("Een andere dag")))
        radios = format_html_join(
            "",
            CHOICE,
            (("radio", name, value, one, checked(value == choice), word) for value, one, word in cards),
        )
        return format_html(
            '<div class="choices choices-row">{}</div><div class="date">{}</div>',
            radios,
            self._boxes(name, at, numbers, bool(bound.errors)),
        )

    def _shown(self, value):
        if isinstance(value, datetime.datetime):
            value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
        if isinstance(value, datetime.date):
            near = {timezone.localdate() + datetime.timedelta(days=offset) for offset in self.near}
            if value in near:
                return value.isoformat(), "", "", str(value.year)
            return OTHER, str(value.day), str(value.month), str(value.year)
        if isinstance(value, tuple):
            choice, *numbers = value
            return (choice or (OTHER if any(numbers[:2]) else ""), *numbers)
        return "", "", "", str(timezone.localdate().year)

    def _boxes(self, name, at, numbers, wrong):
        words = (_("Dag"), pgettext("date", "Maand"), _("Jaar"))
        invalid = SafeString(' aria-invalid="true"') if wrong else ""
        return format_html_join(
            "",
            '<div class="{}"><label for="{}_{}">{}</label>'
            '<input type="text" inputmode="numeric" autocomplete="off" name="{}_{}" id="{}_{}" value="{}"{}></div>',
            (
                (part, at, part, word, name, part, at, part, number, invalid)
                for part, word, number in zip(PARTS, words, numbers, strict=True)
            ),
        )


class DayField(forms.Field):
    """A date. `near` are the offered days as offsets from today: (0, 1) to plan, (0, -1) to note afterwards."""

    widget = DayWidget
    default_error_messages = {
        "required": gettext_lazy("Kies een dag."),
        "number": gettext_lazy("Vul de dag in met cijfers, bijvoorbeeld 26 11 2026."),
        "past": gettext_lazy("Die dag is al voorbij. Kies een latere dag."),
        "future": gettext_lazy("Die dag moet nog komen. Kies een vroegere dag."),
        "far": gettext_lazy("Dat jaar klopt niet. Kijk het na."),
    }

    def __init__(self, *, near=(0, 1), past=False, future=True, **kwargs):
        kwargs.setdefault("widget", DayWidget(near=near))
        super().__init__(**kwargs)
        self.past, self.future = past, future

    def prepare_value(self, value):
        """Leave what was typed as it is, so that it comes back in the form."""
        return value

    def has_changed(self, initial, data):
        """Compare days, not what was typed."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def to_python(self, value):
        """The chosen date, or None; ValidationError in Dutch when it is no date."""
        if value is None or isinstance(value, datetime.date):
            return value
        choice, *numbers = value
        if choice not in ("", OTHER):
            try:
                return datetime.date.fromisoformat(choice)
            except ValueError:
                raise ValidationError(self.error_messages["required"], code="required") from None
        if not any(numbers[:2]):
            if choice == OTHER:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self._from_numbers(numbers)

    def _from_numbers(self, numbers):
        missing = [
            word
            for word, number in zip((_("dag"), _("maand"), _("jaar")), numbers, strict=True)
            if not number
        ]
        if missing:
            text = _("Vul ook de %(part)s in.") if missing[0] != _("jaar") else _("Vul ook het %(part)s in.")
            raise ValidationError(text % {"part": missing[0]}, code="incomplete")
        if not all(number.isascii() and number.isdigit() and len(number) <= 4 for number in numbers):
            raise ValidationError(self.error_messages["number"], code="number")
        day, month, year = (int(number) for number in numbers)
        year += 2000 if year < 100 else 0
        if not 1 <= month <= 12:
            raise ValidationError(
                _("Maand %(month)s bestaat niet. Kies 1 tot 12.") % {"month": month}, code="month"
            )
        if not 1900 <= year <= 2200:
            raise ValidationError(self.error_messages["far"], code="far")
        try:
            return datetime.date(year, month, day)
        except ValueError:
            words = {"day": day, "month": MONTHS[month], "year": year}
            text = (
                _("%(day)s %(month)s bestaat niet.")
                if day > 29 or month != 2
                else _("%(day)s %(month)s %(year)s bestaat niet.")
            )
            raise ValidationError(text % words, code="no_such_day") from None

    def validate(self, value):
        """Required, and on the right side of today."""
        super().validate(value)
        if value is None:
            return
        today = timezone.localdate()
        # A form that stood open past midnight still means the day that it showed.
        if not self.past and value < today - datetime.timedelta(
            days=1 if timezone.localtime().hour < 1 else 0
        ):
            raise ValidationError(self.error_messages["past"], code="past")
        if not self.future and value > today:
            raise ValidationError(self.error_messages["future"], code="future")


def _near_word(offset):
    words = {0: _("Vandaag"), 1: _("Morgen"), -1: _("Gisteren"), 2: _("Overmorgen"), -2: _("Eergisteren")}
    words[7] = _("Over een week")
    return words[offset]


def slots(first=datetime.time(7), last=datetime.time(23, 45), step=15):
    """(value, words) per slot: ("09:30", "9.30 uur"), in minutes of `step`, in the language of this moment."""
    from_minute, to_minute = (moment.hour * 60 + moment.minute for moment in (first, last))
    return [
        (f"{minute // 60:02}:{minute % 60:02}", _slot_words(minute))
        for minute in range(from_minute, to_minute + 1, step)
    ]


def _slot_words(minute):
    hour, rest = divmod(minute, 60)
    parts = {"hour": hour, "minutes": f"{rest:02}"}
    return (_("%(hour)s.%(minutes)s uur") if rest else _("%(hour)s uur")) % parts


class SlotField(forms.TypedChoiceField):
    """A time of day from a list: every quarter from 7 to 23.45 unless told otherwise; empty is None."""

    def __init__(self, *, first=datetime.time(7), last=datetime.time(23, 45), step=15, **kwargs):
        def choices():  # per page: each may be in another language
            return [("", _("Kies een uur")), *slots(first, last, step)]

        errors = {
            "required": gettext_lazy("Kies een uur."),
            "invalid_choice": gettext_lazy("Kies een uur uit de lijst."),
        } | kwargs.pop("error_messages", {})
        super().__init__(
            choices=choices,
            coerce=datetime.time.fromisoformat,
            empty_value=None,
            error_messages=errors,
            **kwargs,
        )

    def prepare_value(self, value):
        """A stored time as the value of its slot."""
        if isinstance(value, datetime.datetime) and timezone.is_aware(value):
            value = timezone.localtime(value)
        return f"{value:%H:%M}" if isinstance(value, datetime.time | datetime.datetime) else value
