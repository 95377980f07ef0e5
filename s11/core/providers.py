"""The outside providers with whose accounts people may sign in, as S11_SSO_PROVIDERS names them.

Every fault is a sentence that says what to write. The value itself is never repeated: it holds secrets.
"""

import json
import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")
DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
# Addresses of Microsoft's at which any organisation's people, or anybody at all, may sign in.
EVERYBODYS = ("/common/", "/organizations/", "/consumers/")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
EXAMPLE = (
    '[{"code": "nhsmail", "name": "NHSmail", "discovery": "https://…/.well-known/openid-configuration", '
    '"client_id": "…", "client_secret": "…", "domains": ["nhs.net"]}]'
)
MISSING = {
    "code": "a short name for the address, such as nhsmail",
    "name": "what people call it, such as NHSmail",
    "discovery": "the address of its metadata, which ends in /.well-known/openid-configuration",
    "client_id": "the number it gave this service",
    "client_secret": "the secret it gave this service",
}


def plain_code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise PydanticCustomError("code", "write it in small letters, digits and hyphens, such as nhsmail")
    return value


def is_safe(address: str) -> bool:
    """Whether an address may be fetched: over TLS, or on this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def safe_address(value: str) -> str:
    """Where a provider describes itself: over TLS, and for one organisation's own accounts."""
    parts = urlsplit(value)
    if not is_safe(value):
        raise PydanticCustomError("https", "write an address that begins with https://")
    if (
        parts.hostname
        and parts.hostname.startswith("login.microsoftonline.")
        and any(shared in parts.path for shared in EVERYBODYS)
    ):
        raise PydanticCustomError(
            "shared", "write the address with your own tenant’s number: this one lets any organisation in"
        )
    return value


def plain_domain(value: str) -> str:
    domain = value.strip().casefold().removeprefix("@")
    if not DOMAIN.fullmatch(domain):
        raise PydanticCustomError("domain", "write what stands after the @, such as nhs.net")
    return domain


class Provider(BaseModel):
    """One provider, as somebody who runs the service describes it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    code: Annotated[str, AfterValidator(plain_code)]
    name: str = Field(min_length=1, max_length=60)
    discovery: Annotated[str, AfterValidator(safe_address)]
    client_id: str = Field(min_length=1)
    client_secret: SecretStr = Field(min_length=1)
    # The mail addresses it vouches for. Empty: those it says it has verified itself.
    domains: tuple[Annotated[str, AfterValidator(plain_domain)], ...] = ()
    # Microsoft Entra ID: the number of the one tenant whose people may come.
    tenant: str = ""
    # Whether it always asks for a second factor, so that this service need not.
    does_second_factor: bool = False


def read_providers(value: Any) -> Any:
    """The providers of a setting, from JSON text; lists go through as they are."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return ()
    try:
        listed = json.loads(value)
    except ValueError:
        raise PydanticCustomError("json", f"this is not JSON. Write a list such as {EXAMPLE}") from None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise PydanticCustomError("list", f"write a list of providers in square brackets, such as {EXAMPLE}")
    return tuple(_provider(number, one) for number, one in enumerate(listed, start=1))


def _provider(number: int, described: dict[str, Any]) -> Provider:
    try:
        return Provider.model_validate(described)
    except ValidationError as error:
        sentences = "; ".join(_sentence(fault) for fault in error.errors(include_input=False))
        raise PydanticCustomError(
            "provider", "provider {number}: {sentences}", {"number": number, "sentences": sentences}
        ) from None


def _sentence(fault: Any) -> str:
    """One fault in words: the field, and what to write there."""
    field = str(fault["loc"][0])
    if fault["type"] == "missing":
        return f"“{field}” is missing: write {MISSING[field]}"
    if fault["type"] == "extra_forbidden":
        return f"“{field}” is not known here: take it out, or correct its name"
    said = str(fault["msg"])
    return f"“{field}”: {said[0].lower()}{said[1:]}"


def each_once(providers: tuple[Provider, ...]) -> tuple[Provider, ...]:
    codes = [provider.code for provider in providers]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise PydanticCustomError(
            "twice", "two providers have the code “{code}”: give one another", {"code": twice}
        )
    return providers
