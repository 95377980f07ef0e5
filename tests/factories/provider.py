"""A provider of OpenID Connect on this machine: real keys, real tokens, and faults on demand.

It does what its knobs say and is otherwise correct: it gives a code for a redirect address it was told of,
takes each code once, with the secret of its client and the verifier of the challenge, and signs with RS256.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug import Request, Response
from werkzeug.serving import make_server

CLIENT, CLIENT_SECRET = "s11", "known to the service and its provider"
# How often, in seconds, a server looks whether it should stop.
SOON = 0.02


@cache
def first_key() -> RSAKey:
    """Made once for all providers: it takes longer than most tests."""
    return RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})


@dataclass
class Knobs:
    """What the provider does, and what it does wrong."""

    claims: dict[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    error: str = ""
    token_status: int = 200
    wrong_key: bool = False
    unsigned: bool = False
    no_token: bool = False
    slow: float = 0
    junk: bool = False
    asks: bool = False  # shows a page of its own, with a button, instead of sending back at once


class Provider:
    """The provider's own side: who is signed in there, and what it has been asked."""

    def __init__(self) -> None:
        self.key = first_key()
        self.address = ""
        self.person: dict[str, Any] = {}
        self.knobs = Knobs()
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.redirects: set[str] = set()

    def knows(self, subject: str, email: str, **claims: Any) -> None:
        """Somebody is signed in at the provider."""
        self.person = {"sub": subject, "email": email, **claims}

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        request = Request(environ)
        self.asked.append(request.path)
        pages = {
            "/.well-known/openid-configuration": self.metadata,
            "/authorize": self.authorize,
            "/token": self.token,
            "/keys": self.keys,
        }
        answer = pages.get(request.path, lambda _: Response("not here", 404))(request)
        return answer(environ, start)

    def metadata(self, request: Request) -> Response:
        return as_json(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "response_types_supported": ["code"],
                "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def keys(self, request: Request) -> Response:
        return as_json(KeySet([self.key]).as_dict(private=False))

    def authorize(self, request: Request) -> Response:
        asked = request.args
        fit = asked.get("client_id") == CLIENT and asked.get("redirect_uri") in self.redirects
        if not fit or asked.get("response_type") != "code" or asked.get("code_challenge_method") != "S256":
            return Response(f"This request is not one of {CLIENT}’s: {dict(asked)}", 400)
        if self.knobs.asks and "go" not in asked:
            hidden = "".join(f'<input type="hidden" name="{n}" value="{v}">' for n, v in asked.items())
            return Response(
                "<!doctype html><title>Provider</title><h1>Sign in at the provider</h1>"
                f"<form>{hidden}<button name=go value=1>Yes, it is me</button></form>",
                mimetype="text/html",
            )
        answer = {"state": asked["state"]}
        if self.knobs.error:
            answer |= {"error": self.knobs.error, "error_description": "as the test wished"}
        else:
            code = secrets.token_urlsafe(12)
            self.codes[code] = dict(asked)
            answer["code"] = code
        return Response(status=302, headers={"Location": f"{asked['redirect_uri']}?{urlencode(answer)}"})

    def token(self, request: Request) -> Response:
        time.sleep(self.knobs.slow)
        if self.knobs.token_status != 200:
            return Response("<h1>Busy</h1>", self.knobs.token_status, mimetype="text/html")
        given = {name: values[0] for name, values in parse_qs(request.get_data(as_text=True)).items()}
        asked = self.codes.pop(given.get("code", ""), None)
        known = request.authorization
        if known is None or (known.username, known.password) != (CLIENT, CLIENT_SECRET):
            return as_json({"error": "invalid_client"}, 401)
        if asked is None or asked["redirect_uri"] != given.get("redirect_uri"):
            return as_json({"error": "invalid_grant"}, 400)
        if challenge_of(given.get("code_verifier", "")) != asked["code_challenge"]:
            return as_json({"error": "invalid_grant"}, 400)
        if self.knobs.junk:
            return Response("[not what you think", mimetype="application/json")
        answer = {"access_token": secrets.token_urlsafe(12), "token_type": "Bearer", "expires_in": 300}
        if not self.knobs.no_token:
            answer["id_token"] = self.id_token(asked["nonce"])
        return as_json(answer)

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce,
        }  # fmt: skip
        claims |= self.person | self.knobs.claims
        claims = {name: value for name, value in claims.items() if name not in self.knobs.without}
        if self.knobs.unsigned:
            parts = ({"alg": "none"}, claims)
            return ".".join(plain_base64(json.dumps(part).encode()) for part in parts) + "."
        key = RSAKey.generate_key(2048, {"kid": "first"}) if self.knobs.wrong_key else self.key
        return jwt.encode({"alg": "RS256", "kid": "first"}, claims, key)


def as_json(content: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(content), status, mimetype="application/json")


def plain_base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def challenge_of(verifier: str) -> str:
    return plain_base64(hashlib.sha256(verifier.encode()).digest())


@contextmanager
def a_provider() -> Iterator[Provider]:
    """A provider that answers on a free port for as long as the block lasts."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider, threaded=True)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def setting_of(provider: Provider, **changes: Any) -> dict[str, Any]:
    """The provider as somebody who runs the service would describe it."""
    return {
        "code": "nhsmail",
        "name": "NHSmail",
        "discovery": f"{provider.address}/.well-known/openid-configuration",
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
        **changes,
    }
