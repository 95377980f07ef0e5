"""Hashing secrets that are themselves random and long, so that no slow hash is needed."""

import hashlib


def digest_of(secret: str) -> str:
    """SHA-256 of a random key or token, as 64 hexadecimal digits: what the database keeps of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
