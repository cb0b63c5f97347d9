"""How one form field looks: label, hint, error and control, tied together for assistive technology."""

from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.drawing import icon

_beside: list = []
CHOICE = '<label class="choice"><input type="{}" name="{}" value="{}" id="{}"{}>{}</label>'


def register_beside(make):
    """Add a callable that gives what stands under a text field, or nothing, for a bound field."""
    if make not in _beside:
        _beside.append(make)


def render(bound):
    """The whole field as HTML."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    if isinstance(widget, CheckboxInput):
        return _check_box(bound)
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return _group(bound, choices(bound), "")
    if hasattr(widget, "parts"):
        return _group(bound, widget.parts(bound), " day")
    return format_html(
        '<div class="field"><label for="{}">{}{}</label>{}{}{}{}{}</div>',
        bound.id_for_label,
        bound.label,
        optional(bound),
        hint(bound),
        error(bound),
        bound.as_widget(attrs=described(bound)),
        confirmation(bound),
        format_html_join("", "{}", ((make(bound),) for make in _beside)),
    )


def confirmation(bound):
    """The box that keeps a text in which something was seen that does not belong there (`kit.leave_out`)."""
    ask = getattr(bound.form, "confirmation", None)
    box = ask(bound.name) if ask and bound.name in bound.form.watched and bound.form.is_bound else None
    return render(box) if box else ""


def first_id(bound):
    """The id that a link in the error summary must go to: the first control of the field."""
    widget = bound.field.widget
    if hasattr(widget, "parts") and not getattr(widget, "near", True):
        return f"{bound.auto_id}_day"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple) or hasattr(widget, "parts"):
        return f"{bound.auto_id}_0"
    return bound.id_for_label


def choices(bound):
    """Radio buttons or check boxes as cards."""
    kind = bound.field.widget.input_type
    cards = format_html_join(
        "",
        CHOICE,
        (
            (kind, data["name"], data["value"], data["attrs"]["id"], checked(data["selected"]), data["label"])
            for data in (one.data for one in bound.subwidgets)
            if data["value"] != "" or data["label"]
        ),
    )
    wide = " choices-row" if bound.field.widget.attrs.get("data-row") else ""
    return format_html('<div class="choices{}">{}</div>', wide, cards)


def checked(yes):
    """The `checked` attribute, or nothing."""
    return SafeString(" checked") if yes else ""


def _group(bound, inner, kind):
    about = bound.aria_describedby
    return format_html(
        '<fieldset class="field{}"{}><legend>{}{}</legend>{}{}{}</fieldset>',
        kind,
        format_html(' aria-describedby="{}"', about) if about else "",
        bound.label,
        optional(bound),
        hint(bound),
        error(bound),
        inner,
    )


def _check_box(bound):
    return format_html(
        '<div class="field">{}<label class="choice">{}<span>{}{}</span></label></div>',
        error(bound),
        bound.as_widget(attrs=described(bound)),
        bound.label,
        hint(bound, "span"),
    )


def described(bound):
    """aria-describedby, when there is a hint or an error to point to."""
    about = bound.aria_describedby
    return {"aria-describedby": about} if about else {}


def hint(bound, tag="p"):
    """The help text with the id that the control points to."""
    if not bound.help_text:
        return ""
    return format_html(
        '<{} class="hint" id="{}_helptext">{}</{}>',
        SafeString(tag),
        bound.auto_id,
        bound.help_text,
        SafeString(tag),
    )


def error(bound):
    """What is wrong and what to do, with the id that the control points to."""
    if not bound.errors:
        return ""
    text = format_html_join(" ", "{}", ((message,) for message in bound.errors))
    return format_html(
        '<p class="field-error" id="{}_error">{}<span>{}</span></p>',
        bound.auto_id,
        icon("alert-circle"),
        text,
    )


def optional(bound):
    """Says that a field may stay empty, where the form asks for it."""
    form = bound.form
    marked = getattr(form, "mark_optional", False) and bound.name not in form.sometimes_needed
    if bound.field.required or not marked:
        return ""
    return format_html(' <span class="quiet">{}</span>', _("(hoeft niet)"))
