"""Lasting names made from words: the key of a criterion, the code of a field."""

import re
import unicodedata
from collections.abc import Collection

# Words that tell nothing apart.
EMPTY = frozenset(
    ("a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or", "is", "are", "be", "been",
     "has", "have", "had", "with", "as", "it", "its", "that", "this", "which", "who", "their", "our", "we",
     "they", "all", "any", "each", "every", "from")
)  # fmt: skip
WORDS = 5
LONGEST_KEY, LONGEST_CODE = 60, 24


def key_from(text: str, taken: Collection[str], *, otherwise: str = "criterion") -> str:
    """A key in small letters and dashes made from a text, other than those taken."""
    words = _words(text)
    telling = [word for word in words if word not in EMPTY] or words
    return _free("-".join(telling[:WORDS])[:LONGEST_KEY].strip("-") or otherwise, taken, "-")


def code_from(text: str, taken: Collection[str], *, otherwise: str = "field") -> str:
    """A code in small letters and underscores made from a label, other than those taken."""
    words = _words(text)
    telling = [word for word in words if word not in EMPTY] or words
    return _free("_".join(telling[:3])[:LONGEST_CODE].strip("_") or otherwise, taken, "_")


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore")
    return re.findall(r"[a-z0-9]+", plain.decode().lower())


def _free(wanted: str, taken: Collection[str], joint: str) -> str:
    count, name = 1, wanted
    while name in taken:
        count += 1
        name = f"{wanted}{joint}{count}"
    return name
