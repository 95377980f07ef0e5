"""Finding sign-ins and links."""

from s11.access.queries.links import good_link
from s11.access.queries.sign_ins import sign_in_by_key

__all__ = ["good_link", "sign_in_by_key"]
