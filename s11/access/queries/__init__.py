"""Finding sign-ins, links, second factors and outside identities."""

from s11.access.queries.factors import (
    device_by_key,
    device_by_ref,
    devices_of,
    recovery_codes_left,
    second_factor_of,
)
from s11.access.queries.identities import identities_of, identity_by_ref, identity_of
from s11.access.queries.links import good_link
from s11.access.queries.sign_ins import open_sign_ins, sign_in_by_key, sign_in_by_ref

__all__ = [
    "device_by_key",
    "device_by_ref",
    "devices_of",
    "good_link",
    "identities_of",
    "identity_by_ref",
    "identity_of",
    "open_sign_ins",
    "recovery_codes_left",
    "second_factor_of",
    "sign_in_by_key",
    "sign_in_by_ref",
]
