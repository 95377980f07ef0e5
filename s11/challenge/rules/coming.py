"""Who comes to a challenge day: what is wrong with what was typed, and what is missing."""

import re

NAME_LONGEST, ROLE_LONGEST, NOTE_LONGEST, WHY_LONGEST = 120, 120, 300, 300
LINK_LONGEST = 500
LINK = re.compile(r"https?://[^\s/@]+\.[^\s]+", re.IGNORECASE)
REF = re.compile(r"[a-z2-9]{12}")


def name_fault(name: str) -> str | None:
    """The sentence that says why nobody can be entered under this name, or None."""
    return None if name.strip() else "Enter the name of who comes."


def tie_fault(why: str) -> str | None:
    """The sentence that says why a tie cannot be declared so, or None."""
    return (
        None
        if why.strip()
        else "Say why they are not to question each other, for example who commissions whom."
    )


def link_fault(link: str) -> str | None:
    """The sentence that says why nobody could join by this address, or None. It may be left empty."""
    if not link.strip() or (LINK.fullmatch(link.strip()) and len(link) <= LINK_LONGEST):
        return None
    return "Enter the whole address to join by, beginning with https://, or leave it empty."


def is_ref(text: str) -> bool:
    """Whether a ref that came with a form can be one."""
    return bool(REF.fullmatch(text))
