"""The server of the field app: couple a phone, take in what it noted, and what it shows while it is unlocked."""

import json
import uuid

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from klapkarre.foundation.accounts import phones
from klapkarre.foundation.accounts.access import REGISTER, allowed_to, work_area
from klapkarre.foundation.accounts.browsers import browser_of
from klapkarre.foundation.accounts.models import Phone
from klapkarre.foundation.kit import limits
from klapkarre.foundation.kit.cipher import CannotOpen, fingerprint, key_ring
from klapkarre.windows.field.actions import take_in, worker_of
from klapkarre.windows.field.rounds import rounds_for
from klapkarre.windows.field.words import activities, last_of, words_for

VERSION = 1
LONGEST = 256 * 1024
MOST_NOTES = 50
# Batches of one phone in ten minutes; each holds up to fifty notes.
MOST_BATCHES = 200
# Batches in a day of a phone that was withdrawn, or whose owner left: all that it may still hold, and no flood.
MOST_AFTERWARDS = 40


def _milliseconds(now):
    return int(now.timestamp() * 1000)


def _key(organisation):
    key_id, public = key_ring().sealing_current(organisation)
    return {"id": str(key_id), "public": public}


@never_cache
@require_POST
@allowed_to(REGISTER)
def couple(request):
    """Give this browser a token to add with, and the words to choose from. It learns nothing about anyone."""
    team = next(iter(work_area(request.user).values()), None)
    if team is None:
        return JsonResponse({"error": _("Je team heeft nog geen buurt. Vraag je coördinator.")}, status=409)
    key = _key(team.organisation_id)
    try:
        phone, token = phones.couple(
            request.user, team, _device(request), before=_token(request), request=request
        )
    except phones.TooMany:
        told = _("Je hebt al tien telefoons. Ontkoppel er een bij Mijn telefoons.")
        return JsonResponse({"error": told}, status=409)
    facts = {"phone": str(phone.pk), "token": token, "organisation": str(phone.organisation_id), "key": key}
    return JsonResponse(facts | words_for(request.user) | {"last": last_of(request.user)})


def _device(request):
    return str(browser_of(request.headers.get("User-Agent", "")))


@never_cache
@require_safe
@allowed_to(REGISTER)
def today(request):
    """What the unlocked app shows. Only in its memory: no answer of this page is ever kept."""
    now = timezone.now()
    facts = {
        "csrf": get_token(request),
        # Which login this is, so that the app ends the one that it locked, and no later one.
        "login": fingerprint(settings.SECRET_KEY, "field-login", request.session.session_key)[:16],
        "is_own": _is_own(request),
        "rounds": rounds_for(request, now),
        "activities": activities(request.user, now),
    }
    return JsonResponse(facts)


def _is_own(request):
    """Does what this phone adds come in the name of who is logged in on it? On a shared phone it may be a colleague."""
    try:
        asked = uuid.UUID(request.GET.get("telefoon", ""))
    except ValueError:
        return True
    return not Phone.objects.filter(pk=asked).exclude(user=request.user.pk).exists()


@csrf_exempt  # no cookie counts here: who sends, shows a token that no other site has
@never_cache
@require_POST
def receive(request):
    """Take in notes from a phone. A phone may add and reads nothing back but what became of each note."""
    if len(request.body) > LONGEST:
        return _refusal(413)
    batch = _batch(request.body)
    if batch is None:
        return _refusal(400)
    now = timezone.now()
    try:
        phone = phones.by_token(_token(request))
        if phone is None:
            return _refusal(401)
        if limits.count("field", str(phone.pk)) > MOST_BATCHES:
            return _refusal(429, {"Retry-After": str(limits.MINUTES_10)})
        phones.heard(phone, now)
        worker = worker_of(phone)
        is_over = worker is None or not phone.is_live
        if (
            is_over
            and batch["notes"]
            and limits.count("field-over", str(phone.pk), limits.DAY) > MOST_AFTERWARDS
        ):
            return _refusal(429, {"Retry-After": str(limits.DAY)})
    except (InterfaceError, OperationalError):
        return _refusal(503, {"Retry-After": "60"})
    answers = take_in(phone, worker, batch["notes"], batch.get("now"), now)
    is_live = not is_over
    facts = {"v": VERSION, "now": _milliseconds(now), "answers": answers, "live": is_live}
    if is_live:
        facts |= _news(worker, phone, batch.get("words"))
    return JsonResponse(facts)


def _news(worker, phone, version):
    """The key to seal with from now on, and the words when the phone has other ones. Not having them is no fault."""
    try:
        found = {"key": _key(phone.organisation_id)}
        if isinstance(version, str):
            words = words_for(worker)
            found |= {} if words["version"] == version else {"words": words}
    except (CannotOpen, OperationalError):
        return {}
    return found


def _batch(body):
    """What came in, or None when it is no whole batch."""
    try:
        batch = json.loads(body.decode())
    except (ValueError, RecursionError):
        return None
    if not isinstance(batch, dict) or batch.get("v") != VERSION or not isinstance(batch.get("notes"), list):
        return None
    return batch if len(batch["notes"]) <= MOST_NOTES else None


def _token(request):
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _refusal(status, headers=None):
    """Nothing was taken in: the phone keeps everything."""
    return JsonResponse({"v": VERSION, "answers": []}, status=status, headers=headers)
