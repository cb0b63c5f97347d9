"""What every page frame needs. The same for all visitors: nothing of the user or the session may come in here."""

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi


def frame(request):
    """Language, direction and the demo flag."""
    return {
        "demo": settings.DEMO,
        "lang": get_language() or settings.LANGUAGE_CODE,
        "dir": "rtl" if get_language_bidi() else "ltr",
    }
