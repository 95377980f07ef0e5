"""Finding sign-ins and links."""

from s11.access.queries.links import good_link
from s11.access.queries.sign_ins import open_sign_ins, sign_in_by_key, sign_in_by_ref

__all__ = ["good_link", "open_sign_ins", "sign_in_by_key", "sign_in_by_ref"]
