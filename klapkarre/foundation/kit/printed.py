"""In which language or languages paper speaks: `?taal=ar`, or two of them: `?taal=nl&tweede=ar`.

Pages of the staff are in Dutch; what they print is for residents.
"""

from urllib.parse import urlencode

from django.utils.translation import get_language_bidi, get_language_info, override
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.drawing import qr
from klapkarre.foundation.kit.languages import DUTCH, OWN_NAMES

LARGE, BLACK = ("letters", "groot"), ("kleur", "zwart")


def chosen(query):
    """One or two languages, each once; Dutch when nothing was asked that we speak."""
    asked = (query.get("taal", DUTCH), query.get("tweede", ""))
    return tuple(code for code in dict.fromkeys(asked) if code in OWN_NAMES) or (DUTCH,)


def part(request, code, of):
    """What a sheet needs to speak this language: its direction, and the page of `of` on the web in that language."""
    with override(code):
        path = of.get_absolute_url()
        return {
            "lang": code,
            "dir": "rtl" if get_language_bidi() else "ltr",
            "short": path.rstrip("/"),
            "qr": page_qr(request.build_absolute_uri(path)),
        }


def page_qr(link):
    """The code that opens this page, with words for who cannot see it, in the language that is spoken now."""
    return qr(link, _("QR-code van deze bladzijde op het web"))


def looks(request):
    """Larger letters, and without colour, as the address asks."""
    return {name: request.GET.get(key) == value for name, (key, value) in (("large", LARGE), ("bw", BLACK))}


def choice(query):
    """For a page that offers paper: which languages were chosen, and what the address of each kind of sheet ends on."""
    languages = chosen(query)
    spoken = dict(zip(("taal", "tweede"), languages, strict=False)) if languages != (DUTCH,) else {}
    kinds = {"plain": {}, "large": dict([LARGE]), "bw": dict([BLACK])}
    tails = {name: f"?{urlencode(spoken | more)}" if spoken | more else "" for name, more in kinds.items()}
    first, second = (*languages, "")[:2]
    every = [(code, dutch_name(code), own) for code, own in OWN_NAMES.items()]
    return {"first": first, "second": second, "every": every, "tails": tails, "languages": languages}


def dutch_name(code):
    """Arabisch: for a worker who does not read it."""
    return get_language_info(code)["name_translated"]
