import uuid

from django.utils import timezone

from klapkarre.foundation.people import actions


def make_request(subject, user, kind="wissen", **more):
    """A request about a person or a loose name, as the page notes it."""
    facts = {
        "kind": kind,
        "asked_by": "persoon",
        "checked": "Ik ken deze persoon.",
        "asked_on": timezone.localdate(),
    }
    return actions.open_request(user, subject, facts | more, uuid.uuid4())


def posted(**more):
    """What the page of a new request posts."""
    facts = {"key": str(uuid.uuid4()), "kind": "inzage", "asked_by": "persoon", "checked": "Ik ken haar."}
    return facts | {"asked_on": timezone.localdate().isoformat()} | more
