"""Hints beside the fields that residents will read: forms name them in `for_residents`."""

from django.template.loader import render_to_string

from klapkarre.foundation.plain.checks import look


def hints_of(bound):
    """The hints of a field as HTML, or nothing for a field that residents do not read."""
    if bound.name not in getattr(bound.form, "for_residents", ()):
        return ""
    return render_to_string(
        "plain/beside.html", {"id": bound.auto_id, "name": bound.html_name} | found(bound.value())
    )


def found(text):
    """What the templates show of a text."""
    looks = look(str(text or ""))
    return {"looks": looks, "count": sum(len(one.hints) for one in looks)}
