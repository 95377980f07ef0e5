"""What a provider says of somebody who signed in with it, and how far it is believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from s11.core.providers import Provider
from s11.people.rules import canonical_address


class Untold(ValueError):
    """What a provider says of somebody is not enough to know them by; its text is the sentence."""


@dataclass(frozen=True)
class Told:
    """What a provider says of somebody who signed in with it, after its token was checked."""

    provider: str
    name: str
    issuer: str
    subject: str
    email: str
    # Whether the provider may say that this address is theirs, and says so.
    vouched: bool
    # Whether a second factor was asked for there.
    two_factors: bool


def told_of(provider: Provider, claims: Mapping[str, Any]) -> Told:
    """What the claims of a provider's token mean.

    A provider with domains speaks for the addresses in these and for no others; its word that an address
    is not verified is always taken. One without has to say of each that it is.
    """
    subject = str(claims.get("sub") or "")
    if provider.tenant:
        # Microsoft's "sub" differs from application to application; "oid" is the person's own number.
        if claims.get("tid") != provider.tenant:
            raise Untold(
                f"That {provider.name} account belongs to another organisation than this service knows. "
                "Sign in there with your work account, and try again."
            )
        subject = str(claims.get("oid") or "")
    if not subject:
        raise Untold(f"{provider.name} did not say who you are. Ask whoever runs this service.")
    email = canonical_address(str(claims.get("email") or ""))
    denied = any(claims.get(name) in (False, "false", "0", 0) for name in ("email_verified", "xms_edov"))
    if provider.domains:
        vouched = email.rpartition("@")[2] in provider.domains and not denied
    else:
        vouched = bool(email) and claims.get("email_verified") in (True, "true") and not denied
    methods = claims.get("amr")
    return Told(
        provider=provider.code,
        name=provider.name,
        issuer=str(claims["iss"]),
        subject=subject,
        email=email,
        vouched=vouched,
        two_factors=provider.does_second_factor or (isinstance(methods, list) and "mfa" in methods),
    )
