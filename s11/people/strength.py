"""What may be a password: long, not one that thieves try first, and not made of words anybody would guess.

No rule asks for capitals, digits or signs: they make passwords hard to remember and no harder to guess.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable

from s11.people import breached

MINIMUM = 12
MAXIMUM = 128
# A letter may be typed as several signs; more than this is no password, and not worth the work.
TYPED_AT_MOST = 8 * MAXIMUM
FEWEST_DIFFERENT = 5
FEWEST_OF_ONES_OWN = 8

# Words that stand near to everybody's mind here.
OUR_WORDS = frozenset(
    {
        "section11", "section175", "section157", "section40", "section", "safeguarding", "safeguard",
        "children", "child", "board", "partnership", "protection", "police", "council", "school", "lscp",
        "lscb", "selfassessment", "assessment", "audit", "password", "welcome",
    }
)  # fmt: skip
SHORTEST_WORD = 3
# Signs that people write for letters, and which make nothing harder to guess. A 1 may stand for two of them.
DISGUISES: tuple[dict[int, int], ...] = (
    {},
    str.maketrans("@48310!$57", "aabeioisst"),
    str.maketrans("@48310!$57", "aabeloisst"),
)


def normal(password: str) -> str:
    """A password in the one form in which it is judged, hashed and checked.

    Keyboards differ in how they send the same letter: an é may come as one sign or as two.
    """
    return unicodedata.normalize("NFKC", password[:TYPED_AT_MOST])


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """The words of names and addresses, to be refused in a password: "pat", "northshire", "police"."""
    words = (word for text in texts for word in re.findall(r"[^\W_]+", text.casefold()))
    return frozenset(word for word in words if len(word) >= SHORTEST_WORD)


def fault(password: str, near: Collection[str] = ()) -> str | None:
    """The sentence that says why a password cannot be used and what to do, or None when it can.

    `near` are words close to the person: their name, their address, where they work.
    """
    password = normal(password)
    folded = password.casefold()
    if len(password) < MINIMUM:
        return f"Use at least {MINIMUM} characters. Three or four unconnected words work well."
    if len(password) > MAXIMUM:
        return f"Use at most {MAXIMUM} characters."
    if is_known(folded):
        return (
            "This password, or one very like it, is on the lists of stolen passwords that thieves try first. "
            "Choose another: three or four unconnected words work well."
        )
    if is_repeated(folded):
        return "This password is one short piece again and again. Add two or three unconnected words."
    if len(set(folded)) < FEWEST_DIFFERENT:
        return "Use more different characters: this password repeats too few of them."
    found = guessable_words(folded, near)
    if found:
        return (
            f"Anybody would try {_listed(found)} first, and there is too little else in this password. "
            "Add two or three words that have nothing to do with you or your work."
        )
    return None


def is_known(folded: str) -> bool:
    """Whether thieves try it first: as it is, without its gaps, or without the digits and signs around it."""
    together = "".join(folded.split())
    forms = {folded, together, re.sub(r"^[\W\d_]+|[\W\d_]+$", "", together)}
    return any(breached.is_known(form) for form in forms if form)


def is_repeated(folded: str) -> bool:
    """Whether it is made of one piece, too short to be a password by itself, again and again."""
    return any(folded[piece:] == folded[:-piece] for piece in range(1, min(MINIMUM, len(folded) // 2 + 1)))


def guessable_words(folded: str, near: Collection[str]) -> list[str]:
    """The words near the person that a password is mostly made of; none when enough is left without them."""
    words = sorted(OUR_WORDS | set(near), key=lambda word: (-len(word), word))
    for disguise in DISGUISES:
        found, left = [], "".join(char for char in folded.translate(disguise) if char.isalnum())
        for word in words:
            if word in left:
                found.append(word)
                left = left.replace(word, " ")
        if found and len(left.replace(" ", "")) < FEWEST_OF_ONES_OWN:
            return found
    return []


def _listed(words: list[str]) -> str:
    quoted = [f"“{word}”" for word in words[:3]]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
