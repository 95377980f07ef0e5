"""Short random names for things that appear in addresses.

A counted id in an address tells a stranger how many returns there are and invites
trying the next one; a ref tells nothing.
"""

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: refs are read out on the telephone
LENGTH = 12


def new_ref() -> str:
    """A fresh ref of 12 letters and digits, about 59 bits of chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
