"""Phones and sealed notes as the app makes them: real keys, real seals."""

import json
import time
import uuid
from types import SimpleNamespace

from django.test import Client

from klapkarre.foundation.accounts import phones
from klapkarre.foundation.accounts.sealing import seal_note
from klapkarre.foundation.kit.cipher import key_ring

PATH = "/onderweg/ontvangen/"


def milliseconds():
    return int(time.time() * 1000)


def make_phone(user, team, name="Chrome op Android"):
    """A coupled phone with all that it holds."""
    row, token = phones.couple(user, team, name)
    key_id, public = key_ring().sealing_current(team.organisation_id)
    facts = {"row": row, "token": token, "organisation": str(team.organisation_id), "public": public}
    return SimpleNamespace(**facts, key_id=key_id)


def note(phone, facts=None, kind="contact", when=None, name=None, text=None):
    """One note as it lies in the outbox. `text` instead of facts: whatever a broken phone may seal."""
    name = str(name or uuid.uuid4())
    if text is None:
        text = json.dumps(
            {"kind": kind, "when": milliseconds() if when is None else when, "facts": facts or {}}
        )
    sealed = seal_note(
        text, public=phone.public, key_id=phone.key_id, organisation=phone.organisation, note=name
    )
    return {"uuid": name, "sealed": sealed}


def talk(buurt, **more):
    """The facts of a conversation; setting and neighbourhood are enough."""
    return {"setting": "straat", "neighbourhood": buurt.pk} | more


def send(phone, *notes, now=None, token=None, **more):
    """Send these notes; gives the answer whole."""
    body = {"v": 1, "now": milliseconds() if now is None else now, "notes": list(notes)} | more
    return send_raw(json.dumps(body), token or phone.token)


def send_raw(body, token):
    return Client().post(
        PATH, body, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )


def statuses(answer):
    assert answer.status_code == 200, answer.text
    return [one["status"] for one in answer.json()["answers"]]
