"""Speaking with outside providers, by OpenID Connect.

Authorization code with PKCE, state and nonce; the token's signature, issuer, audience and times are
checked by Authlib. Whatever a provider answers, or does not, ends in a sentence for the person.
"""

import logging
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import MismatchingStateError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, current_app, session, url_for
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException, Response
from requests.exceptions import InvalidURL

from s11.access.outside_rules import Told, Untold, told_of
from s11.core.errors import Invalid
from s11.core.providers import Provider, is_safe

PATIENCE_SECONDS = 6
LEEWAY_SECONDS = 60
# Signatures that only the provider can make; none, and none with the secret we know too.
SIGNATURES = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
)  # fmt: skip
STARTED_AT_ONCE = 2
log = logging.getLogger("s11.sso")


class OutsideSession(OAuth2Session):
    """Fetches the provider's own addresses, over TLS, without following it elsewhere or waiting for long."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        if not is_safe(url):
            raise InvalidURL("an address of the provider is not https")
        kwargs.update(timeout=PATIENCE_SECONDS, allow_redirects=False)
        return super().request(method, url, *args, **kwargs)


class Outside(FlaskOAuth2App):
    client_cls = OutsideSession


def init(app: Flask, providers: tuple[Provider, ...]) -> None:
    """Make the providers known to the application, and to every sign-in page."""
    registry = OAuth(app)
    for provider in providers:
        registry.register(
            provider.code,
            client_cls=Outside,
            client_id=provider.client_id,
            client_secret=provider.client_secret.get_secret_value(),
            server_metadata_url=provider.discovery,
            client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
        )
    app.extensions["s11-sso"] = registry
    app.jinja_env.globals["outside_providers"] = providers


def known() -> tuple[Provider, ...]:
    """The providers of this installation, in the order of the setting."""
    providers: tuple[Provider, ...] = current_app.config["S11"].sso_providers
    return providers


def by_code(code: str) -> Provider | None:
    return next((provider for provider in known() if provider.code == code), None)


def provider_of(code: str) -> Provider:
    """The provider an address names; refuses one that is not, or no longer, set."""
    provider = by_code(code)
    if provider is None:
        raise Invalid("That way of signing in is not offered here. Sign in with your password.")
    return provider


def name_of(code: str) -> str:
    """What people call a provider; of one that is no longer set, its code."""
    provider = by_code(code)
    return provider.name if provider is not None else code


def start(provider: Provider) -> ResponseReturnValue:
    """Send a browser to the provider; what the answer has to fit is noted in its session."""
    _forget_old_starts()
    try:
        client = _client_of(provider)
        return client.authorize_redirect(_address_of_return(provider))
    except (RequestException, ValueError, RuntimeError, TypeError, AttributeError) as error:
        raise _away(provider, error) from None


def finish(provider: Provider) -> Told:
    """Who came back from the provider. Raises Invalid with the sentence to read when that is not certain."""
    try:
        client = _client_of(provider)
        token = client.authorize_access_token(
            leeway=LEEWAY_SECONDS,
            claims_options={
                "iss": {"essential": True, "value": client.server_metadata["issuer"]},
                "aud": {"essential": True, "value": provider.client_id},
            },
        )
        return told_of(provider, token["userinfo"])
    except MismatchingStateError:
        raise Invalid(
            "That took too long, or was begun in another window. "
            f"Choose “Sign in with {provider.name}” again."
        ) from None
    except Untold as error:
        raise Invalid(str(error)) from None
    except RequestException as error:
        raise _away(provider, error) from None
    except AuthlibBaseError as error:
        raise _refused(provider, error) from None
    except (JoseError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        log.warning("%s: its answer was refused: %s", provider.code, type(error).__name__)
        raise Invalid(
            f"The answer of {provider.name} could not be checked, so you were not signed in. Try again; "
            "if it happens again, tell whoever runs this service."
        ) from None


def _client_of(provider: Provider) -> Outside:
    client: Outside = current_app.extensions["s11-sso"].create_client(provider.code)
    metadata = client.load_server_metadata()
    offered = metadata.get("id_token_signing_alg_values_supported") or SIGNATURES[:1]
    metadata["id_token_signing_alg_values_supported"] = [name for name in SIGNATURES if name in offered]
    return client


def _address_of_return(provider: Provider) -> str:
    """Where the provider sends the browser back to: ours by the settings, whatever address was asked for."""
    address: str = current_app.config["S11"].address
    return address + urlsplit(url_for("access.back_from_outside", code=provider.code)).path


def _forget_old_starts() -> None:
    """Keep what only the newest starts need: a cookie that grows too large is not kept at all."""
    started = sorted(
        (name for name in session if name.startswith("_state_")), key=lambda name: session[name].get("exp", 0)
    )
    for name in started[: max(0, len(started) - STARTED_AT_ONCE + 1)]:
        session.pop(name)


def _away(provider: Provider, error: Exception) -> Invalid:
    log.warning("%s does not answer: %s", provider.code, type(error).__name__)
    return Invalid(
        f"{provider.name} does not answer just now. Try again in a few minutes, "
        "or sign in with your password."
    )


def _refused(provider: Provider, error: AuthlibBaseError) -> Invalid:
    """The provider, or the person there, said no."""
    if error.error == "access_denied":
        return Invalid(
            f"You did not finish signing in with {provider.name}. Try again, or sign in with your password."
        )
    log.warning("%s refused: %s", provider.code, str(error.error)[:60])
    return Invalid(
        f"{provider.name} did not let you in. Try again, or sign in with your password; if it happens again, "
        "tell whoever runs this service."
    )
