"""Another house that people log in with: a real server on this machine that speaks OIDC and checks what we send."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "klapkarre", "geheim-van-het-huis"
KEYS = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]


class House:
    """`claims` are in the token; what `bend` holds replaces parts of an honest answer."""

    def __init__(self):
        self.claims, self.userinfo, self.bend, self.asked, self.wrong = {}, {}, {}, {}, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def log_in(self, address):
        """The person logs in there: takes our question, gives the address that leads back to us."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.url}/authorize?")
        assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_urlsafe()
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, asked):
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims |= {"sub": "nobody"} | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        key = self.bend.get("key", KEYS[0])
        return jwt.encode(claims, key, self.bend.get("alg", "RS256"), headers={"kid": "een"})

    def answer(self, path, form):
        """(status, object) for each path."""
        if path in self.bend:
            return self.bend[path]
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
            }
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEYS[0].public_key()))
            return 200, {"keys": [public | {"kid": "een", "alg": "RS256", "use": "sig"}]}
        if path == "/userinfo":
            return 200, self.userinfo
        return self._give_token(form)

    def _give_token(self, form):
        asked = self.asked.pop(form.get("code"), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        known = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if not asked or not known or challenge != asked["code_challenge"]:
            self.wrong.append(form)
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "toegang", "token_type": "Bearer", "id_token": self.token(asked)}

    def _handler(self):
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._send(*house.answer(urlsplit(self.path).path, {}))

            def do_POST(self):
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(text).items()}
                self._send(*house.answer(urlsplit(self.path).path, form))

            def _send(self, status, answer):
                text = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args):
                """Say nothing."""

        return Handler
