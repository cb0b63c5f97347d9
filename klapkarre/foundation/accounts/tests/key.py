"""A passkey as a test holds it in its hand: makes itself known, and answers a question, right or bent."""

import hashlib
import json
import os

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40
HERE = "https://testserver"


class Key:
    """One passkey. Its device asks who holds it (`VERIFIED`), unless a test says otherwise."""

    def __init__(self):
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)

    def _said(self, kind, challenge, origin):
        return json.dumps({"type": f"webauthn.{kind}", "challenge": challenge, "origin": origin}).encode()

    def _facts(self, flags, site):
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + bytes(4)

    def made(self, question, flags=PRESENT | VERIFIED, origin=HERE):
        """What a browser posts when this key was made for the one who asked."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.secret.public_key())))
        own = bytes(16) + len(self.id).to_bytes(2) + self.id + public
        facts = self._facts(flags | HOLDS_KEY, "testserver") + own
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": facts})
        said = self._said("create", question["publicKey"]["challenge"], origin)
        return self._posted(clientDataJSON=said, attestationObject=made)

    def answer(self, question, user, flags=PRESENT | VERIFIED, origin=HERE, kind="get", site="testserver"):
        """What a browser posts when this key answers that question for this user."""
        facts = self._facts(flags, site)
        said = self._said(kind, question["publicKey"]["challenge"], origin)
        signed = self.secret.sign(facts + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        handle = user_pk_to_url_str(user).encode()  # what the browser was given for this user
        return self._posted(clientDataJSON=said, authenticatorData=facts, signature=signed, userHandle=handle)

    def _posted(self, **parts):
        response = {name: websafe_encode(value) for name, value in parts.items()}
        own = {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key"}
        return json.dumps(own | {"response": response, "clientExtensionResults": {"credProps": {"rk": True}}})
