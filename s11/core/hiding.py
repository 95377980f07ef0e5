"""Secrets that have to be read again, hidden under the service's own key before they are stored.

What only has to be compared is hashed instead: see `s11.core.hashing`. After a change of
S11_SECRET_KEY, what the key before hid is still read while that stands in S11_OLD_SECRET_KEYS.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

PURPOSE = b"s11 hidden in the database"


class Unreadable(Exception):
    """Something was hidden under a key that the service does not have."""


def hide(text: str) -> str:
    """The text as it may be stored: unreadable, and refused when changed."""
    return _vault().encrypt(text.encode()).decode()


def reveal(hidden: str, *, within_seconds: int | None = None) -> str:
    """What was hidden. Raises Unreadable for what was changed, or hidden elsewhere or too long ago."""
    try:
        return _vault().decrypt(hidden.encode(), ttl=within_seconds).decode()
    except InvalidToken:
        raise Unreadable from None


def hide_anew(hidden: str) -> str:
    """The same secret under the present key, so that an older one can be given up some day."""
    try:
        return _vault().rotate(hidden.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _vault() -> MultiFernet:
    """The present key first: it hides. All of them reveal."""
    keys = [current_app.config["SECRET_KEY"], *current_app.config["S11"].older_keys]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A key for this purpose alone: who learns it cannot sign sessions with it."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return urlsafe_b64encode(derive.derive(key.encode()))
