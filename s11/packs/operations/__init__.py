"""Building packs: what one says is gathered and kept at once, its files are written one after another."""

from s11.packs.operations.building import begin, formats_of, prepare, release, wanted_of, withdraw
from s11.packs.operations.writing import finish_all, try_again, write_next

__all__ = [
    "begin",
    "finish_all",
    "formats_of",
    "prepare",
    "release",
    "try_again",
    "wanted_of",
    "withdraw",
    "write_next",
]
