"""The shell of the field app: the page, the worker that keeps it on the phone, and the manifest that installs it.

All three are the same for everyone and hold not one personal byte: a phone keeps them, and a locked phone shows them.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from klapkarre.foundation.kit.pages import public_page
from klapkarre.rooms.outreach.models import Attempt, Slot

# What the page needs to start without network. Letters of other alphabets come from the phone itself.
FILES = (
    "kit/klapkarre.css",
    "kit/kit.js",
    "kit/nunito-sans.woff2",
    "kit/cup.svg",
    "field/field.css",
    *(f"field/{name}.js" for name in ("app", "dom", "forms", "outbox", "round", "seal", "store")),
    *(f"field/icon-{size}.png" for size in ("180", "192")),
)
WORKER = "field/sw.js"


def _words():
    return {"outcomes": Attempt.Outcome.choices, "times": Slot.choices}


@cache
def _worker_text(demo):
    """The source of the worker with the shell in front; `demo`, because then the page says so."""
    page = render_to_string("field/app.html", _words() | {"demo": demo, "lang": "nl", "dir": "ltr"})
    source = Path(finders.find(WORKER)).read_text(encoding="utf-8")
    version = hashlib.sha256((page + source).encode())
    for name in FILES:
        version.update(Path(finders.find(name)).read_bytes())
    shell = {
        "page": reverse("field:app"),
        "files": [static(name) for name in FILES],
        "version": version.hexdigest()[:16],
    }
    return f"const SHELL = {json.dumps(shell)};\n{source}"


@public_page
def app(request):
    return render(request, "field/app.html", _words())


@require_safe
def worker(request):
    """The service worker. Another shell gives another text, and so a browser takes the new one."""
    answer = HttpResponse(_worker_text(settings.DEMO), content_type="text/javascript; charset=utf-8")
    # What a worker may do, its own answer says: fetch from us, and nothing else.
    answer["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return answer


@require_safe
def manifest(request):
    icons = [
        {"src": static(f"field/icon-{name}.png"), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for name, sizes, purpose in (
            ("192", "192x192", "any"),
            ("512", "512x512", "any"),
            ("maskable", "512x512", "maskable"),
        )
    ]
    home = reverse("field:app")
    shortcuts = [
        {"name": name, "url": f"{home}#{screen}", "icons": icons[:1]}
        for name, screen in (("Nieuw contact", "contact"), ("Telling", "telling"), ("Melding", "melding"))
    ]
    facts = {
        "id": home,
        "name": "Klapkarre onderweg",
        "short_name": "Onderweg",
        "description": "Noteer een gesprek op straat, ook zonder netwerk.",
        "lang": "nl",
        "dir": "ltr",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "theme_color": "#0f5e56",
        "background_color": "#fffbf5",
        "icons": icons,
        "shortcuts": shortcuts,
    }
    return JsonResponse(facts, content_type="application/manifest+json")
