"""The passwords that thieves try first, to be refused. Looked up here, never sent anywhere.

`breached.bin` holds five bytes of hash for each, sorted; `tools/breached.py` makes it. Of a million good
passwords about one in ten million is refused by chance.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).with_name("breached.bin")
WIDTH = 5


def digest(password: str) -> bytes:
    """What the file keeps of a password. Capitals make no difference: thieves try them both ways."""
    return blake2b(password.casefold().encode(), digest_size=WIDTH).digest()


def is_known(password: str) -> bool:
    """Whether a password is in the file."""
    wanted, digests = digest(password), _digests()
    low, high = 0, len(digests) // WIDTH
    while low < high:
        middle = (low + high) // 2
        if digests[middle * WIDTH : (middle + 1) * WIDTH] < wanted:
            low = middle + 1
        else:
            high = middle
    return digests[low * WIDTH : (low + 1) * WIDTH] == wanted


@cache
def _digests() -> bytes:
    return FILE.read_bytes()
