"""Words that stand where a date should: "ongoing", "TBC", "asap"."""

import re

# In a box that asks for a date or a name any of these is one too many.
OPEN_ENDED = re.compile(r"\b(on-?going|tbc|t\.b\.c|asap|continuous|rolling)\b", re.IGNORECASE)
# In running text "our ongoing work" is harmless and "this is ongoing." is not: what ends a clause counts.
OPEN_ENDED_IN_TEXT = re.compile(
    r"\b(tbc|t\.b\.c|asap|a\.s\.a\.p|to be confirmed|in due course"
    r"|(?:on-?going|continuous)(?=\s*(?:[.,;:!?)/]|\n|$)))",
    re.IGNORECASE,
)


def open_ended_in(text: str) -> str:
    """The first words of a text that put off a date, as written; empty where there are none."""
    found = OPEN_ENDED_IN_TEXT.search(text)
    return found[1] if found else ""
