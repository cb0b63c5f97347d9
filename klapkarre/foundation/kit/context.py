"""What every page frame needs. The same for all visitors: nothing of the user or the session may come in here."""

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi

from klapkarre.foundation.kit import languages


def frame(request):
    """Language, direction, the same page in other languages (when a template asks), and the demo flag."""
    return {
        "demo": settings.DEMO,
        "lang": get_language() or settings.LANGUAGE_CODE,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "own_letters": (get_language() or settings.LANGUAGE_CODE) not in languages.SYSTEM_LETTERS,
        "page_languages": lambda: languages.ways(request),
    }
