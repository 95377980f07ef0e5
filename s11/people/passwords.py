"""Hashing and checking passwords with argon2id. What may be one: `s11.people.strength`."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

from s11.people import strength

# OWASP's second profile: 19 MiB, two passes, about 40 ms. The larger default would let a burst of
# sign-ins on deadline day take the memory of a small server.
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1


def init(app: Flask, *, fast: bool) -> None:
    hasher = PasswordHasher(1, 8, 1) if fast else PasswordHasher(PASSES, MEMORY_KIB, LANES)
    app.extensions["s11-passwords"] = hasher
    # Checked when an address is unknown, so that unknown and known take the same time.
    app.extensions["s11-nobody"] = hasher.hash("nobody has this password")


def hash_of(password: str) -> str:
    hasher: PasswordHasher = current_app.extensions["s11-passwords"]
    return hasher.hash(strength.normal(password))


def fits(password: str, password_hash: str | None) -> bool:
    """Whether a password is the one hashed. None stands for nobody: same time, always False."""
    hasher: PasswordHasher = current_app.extensions["s11-passwords"]
    try:
        hasher.verify(password_hash or current_app.extensions["s11-nobody"], strength.normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def wants_rehash(password_hash: str) -> bool:
    hasher: PasswordHasher = current_app.extensions["s11-passwords"]
    return hasher.check_needs_rehash(password_hash)
