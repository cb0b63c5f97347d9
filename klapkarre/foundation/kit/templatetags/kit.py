"""Template tags and filters of the kit; loaded everywhere as builtins.

They build HTML with format_html instead of small templates, so that a row in a list costs no template rendering.
"""

import datetime
import math
import re
from decimal import Decimal, InvalidOperation

from django import template
from django.utils import timezone
from django.utils.dateformat import format as dateformat
from django.utils.formats import get_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from klapkarre.foundation.kit import drawing, fieldview, languages, leave_out, phones, texts
from klapkarre.foundation.kit.drawing import icon

register = template.Library()

# The ways a worker goes, in thumb order. Roles: who may open the page behind it; None is everyone who is signed in.
REGISTER = frozenset({"worker"})
TEAM = frozenset({"worker", "coordinator"})
RUN = frozenset({"coordinator", "administrator"})
AUDIT = frozenset({"auditor"})
STAFF_WAYS = (
    ("/werk/", "sun", "Vandaag", None),
    ("/werk/onthaal/", "coffee", "Onthaal", REGISTER),
    ("/werk/contacten/nieuw/", "message-circle", "Contact", REGISTER),
    ("/werk/activiteiten/", "calendar", "Activiteiten", TEAM),
    ("/resultaten/", "chart-bar", "Resultaten", TEAM),
    ("/organisatie/medewerkers/", "users", "Medewerkers", RUN),
    ("/organisatie/inzagen/", "shield-check", "Inzagen", AUDIT),
    ("/organisatie/verwerkingsregister/", "lock", "Gegevens", RUN | AUDIT),
)


register.simple_tag(drawing.icon, name="icon")
register.simple_tag(languages.comma, name="comma")


@register.simple_tag
def error_summary(*forms):
    """What is wrong in these forms, on top of the page: focused, each line linked to its field."""
    lines = []
    for form in forms:
        if not form or not form.is_bound or not form.errors:
            continue
        lines += [("", message) for message in form.non_field_errors()]
        for name in form.fields:  # in the order of the form: as one goes through it
            if name in form.errors:
                target = fieldview.first_id(form[name])
                lines += [(target, message) for message in form.errors[name]]
    if not lines:
        return ""
    items = format_html_join(
        "",
        "<li>{}</li>",
        ((format_html('<a href="#{}">{}</a>', at, text) if at else text,) for at, text in lines),
    )
    return format_html(
        '<div class="error-summary" id="fouten" role="alert" tabindex="-1" autofocus>'
        "<h2>{}</h2><ul>{}</ul></div>",
        _("Er klopt iets niet"),
        items,
    )


@register.simple_tag
def field(bound):
    """One form field: label, hint, error and control, tied together for assistive technology."""
    return fieldview.render(bound)


@register.simple_tag(takes_context=True)
def pager(context, page, param="pagina"):
    """Links to the previous and next page; keeps the other choices in the address. Nothing when there is one page."""
    if page.paginator.num_pages < 2:
        return ""
    query = context["request"].GET.copy() if "request" in context else {}

    def link(number, text, rel, mark):
        query[param] = number
        address = query.urlencode() if hasattr(query, "urlencode") else f"{param}={number}"
        before, after = (
            (icon(mark, "icon icon-flip"), "") if rel == "prev" else ("", icon(mark, "icon icon-flip"))
        )
        return format_html(
            '<a class="button-plain" rel="{}" href="?{}">{}{}{}</a>', rel, address, before, text, after
        )

    previous = following = ""
    if page.has_previous():
        previous = link(page.previous_page_number(), _("Vorige"), "prev", "arrow-left")
    if page.has_next():
        following = link(page.next_page_number(), _("Volgende"), "next", "arrow-right")
    where = _("Pagina %(number)s van %(total)s") % {"number": page.number, "total": page.paginator.num_pages}
    return format_html(
        '<nav class="pager" aria-label="{}">{}<span>{}</span>{}</nav>',
        _("Bladeren"),
        previous,
        where,
        following,
    )


@register.simple_tag(takes_context=True)
def current(context, path):
    """`aria-current` for a link in a menu: this page, or a page below it."""
    here = getattr(context.get("request"), "path", "")
    path = languages.here(path)
    if here == path:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"') if path != languages.here("/") and here.startswith(path) else ""


@register.simple_tag(takes_context=True)
def staff_ways(context):
    """The staff menu: only the ways that the roles of this user may go; nothing when there is no choice."""
    request = context.get("request")
    here = getattr(request, "path", "")
    roles = getattr(getattr(request, "user", None), "role_names", None)
    ways = [way for way in STAFF_WAYS if way[3] is None or roles is None or not way[3].isdisjoint(roles)]
    if len(ways) < 2:
        return ""
    under = max((way[0] for way in ways if here.startswith(way[0])), key=len, default="")
    return format_html_join(
        "",
        '<a href="{}"{}>{}{}</a>',
        (
            (path, _current(path, here, under), icon(name), pgettext("staff menu", word))
            for path, name, word, _roles in ways
        ),
    )


def _current(path, here, under):
    if path != under:
        return ""
    return SafeString(' aria-current="page"' if path == here else ' aria-current="true"')


def _local(value):
    """A date or datetime in the town's own time; None for anything else."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    return value if isinstance(value, datetime.date | datetime.time) else None


@register.filter
def day(value):
    """A date in words: donderdag 26 november; with the year when it is not this year."""
    value = _local(value)
    if value is None or isinstance(value, datetime.time):
        return ""
    if value.year == timezone.localdate().year:
        return dateformat(value, pgettext("a day: weekday, number and month", "l j F"))
    return dateformat(value, pgettext("a day: with the year", "l j F Y"))


def date_words(value, year=False):
    """A date without its weekday: 26 november, and with `year` 26 november 2026."""
    if year:
        return dateformat(value, pgettext("a date: with the year", "j F Y"))
    return dateformat(value, pgettext("a date: number and month", "j F"))


@register.filter
def clock(value):
    """A time in words: 9 uur, 9.30 uur."""
    value = _local(value)
    if value is None or not hasattr(value, "hour"):
        return ""
    parts = {"hour": value.hour, "minutes": f"{value.minute:02}"}
    return (_("%(hour)s.%(minutes)s uur") if value.minute else _("%(hour)s uur")) % parts


@register.filter
def euro(value):
    """A price in words: 2,50 euro, 3 euro, gratis."""
    if value in (None, ""):
        return ""
    try:
        amount = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return ""
    if not amount:
        return _("gratis")
    whole = amount == amount.to_integral()
    number = f"{amount:.0f}" if whole else f"{amount:.2f}".replace(".", get_format("DECIMAL_SEPARATOR"))
    return ngettext("%(amount)s euro", "%(amount)s euro", math.ceil(amount)) % {"amount": number}


@register.filter
def left_to_right(number):
    """A phone number to read, on one line. Inside Arabic it still goes from left to right: else its groups turn."""
    number = phones.unbroken(number) if number else number
    if number and get_language_bidi():
        return f"\N{LEFT-TO-RIGHT ISOLATE}{number}\N{POP DIRECTIONAL ISOLATE}"
    return number


@register.filter
def whole_numbers(text):
    """A text that people wrote, with each phone number and each hour in it on one line."""
    if not text:
        return text
    return texts.whole_hours(leave_out.PHONE.sub(lambda found: phones.unbroken(found[0]), text))


@register.filter
def to_call(text):
    """A text that people wrote, as HTML: each phone number in it is a link, on one line, from left to right.

    For pages of residents; never for a text in a form, in an attribute or in a title.
    """
    if not text:
        return text
    text, at, parts = texts.whole_hours(str(text)), 0, []
    for begin, end, number in phones.within(text):
        shown = phones.unbroken(text[begin:end])
        parts += [escape(text[at:begin]), format_html('<a href="tel:{}" dir="ltr">{}</a>', number, shown)]
        at = end
    return SafeString("".join([*parts, escape(text[at:])]))


@register.filter
def told(text):
    """The same of a text of one line, in the language of the page or marked as Dutch: as `dutch` does."""
    if not text or languages.is_dutch():
        return to_call(text)
    if words := languages.translated(text):
        return to_call(words)
    return format_html('<bdi lang="nl">{}</bdi>', to_call(text))


@register.filter
def way(path):
    """The address of a residents' page in the language of this page: `{{ "/buurten/"|way }}`."""
    return languages.here(path)


@register.filter
def dutch(text):
    """What somebody wrote, or a name. On a page in another language: as it was translated, else marked as Dutch."""
    if not text or languages.is_dutch():
        return text
    if told := languages.translated(text):
        return told
    return format_html('<bdi lang="nl">{}</bdi>', text)


@register.filter
def said(text):
    """The same as plain text, for a title or an attribute."""
    return languages.translated(text) or text


@register.simple_tag
def in_dutch(text=""):
    """The attributes of an element with this text, on a page in another language: none when it is translated."""
    if languages.is_dutch() or languages.translated(text):
        return ""
    return SafeString(' lang="nl" dir="ltr"')


@register.filter
def phone(number):
    """A number as people write it: 0470 12 34 56."""
    return left_to_right(phones.written(number)) if number else ""


@register.filter
def tel(number):
    """A Belgian phone number as the target of a link: tel:+3252378500."""
    digits = re.sub(r"\D", "", str(number).replace("+", "00"))
    if digits.startswith("00"):
        return f"tel:+{digits[2:]}"
    return f"tel:+32{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"
