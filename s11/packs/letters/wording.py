"""The words of a feedback letter: as shipped, or as a day words them, with ((placeholders)).

Two kinds of placeholder: words are put in when a letter is drafted; tables stand alone in a paragraph and
are put in when the letter is read or released, so that they say what stands then. A line that begins
with # is a heading.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from s11.notices.placeholders import ANY, names_in
from s11.notices.wording import PLACEHOLDER

LONGEST = 12_000
WORDS: Mapping[str, str] = {
    "organisation": "the organisation the letter is for",
    "audit": "the audit it is about",
    "day": "the date of the challenge day",
    "place": "where it was held",
    "partnership": "the name of your partnership",
}
RATINGS, FINDINGS, PRACTICE, ACTIONS = "ratings", "findings", "good practice", "actions"
TABLES: Mapping[str, str] = {
    RATINGS: "its own, the moderated and the agreed ratings",
    FINDINGS: "what was asked, answered and agreed on the day",
    PRACTICE: "the good practice to share",
    ACTIONS: "its actions with owner and date",
}
DEFAULT = """\
Dear colleagues,

Thank you for the return of ((organisation)) to ((audit)), and for presenting it at the challenge \
day on ((day)). This letter says how you stand, what was agreed, and what we ask of you.

# Your ratings

Your own ratings stand beside those of the moderators. Where a rating was agreed on the day, it \
follows beneath.

((ratings))

# What we asked, and what you answered

((findings))

# Good practice to share

((good practice))

# What you will do

These actions stand in the partnership's composite action plan. Please keep them up to date \
there: say how far each is, and, when it is done, what difference it made for children.

((actions))

# If something is not as you remember it

Please tell the partnership office within two weeks. This letter stays as it is; a \
correction is added to the record.

Yours sincerely,

The chair of the challenge day, for ((partnership))"""


def fault_of(text: str) -> str | None:
    """What is wrong with the words of a letter, as a sentence."""
    if not text.strip():
        return "Enter the words of the letter."
    if len(text) > LONGEST:
        return f"Use at most {LONGEST:,} characters."
    known = [*WORDS, *TABLES]
    for name in names_in(text):
        if name not in known:
            near = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
            meant = f"Did you mean (({near[0]}))?" if near else "You can use those listed below the field."
            return f"(({name})) is not known. {meant}"
    left = ANY.sub("", text)
    if "((" in left or "))" in left:
        return "A placeholder stands between two brackets on each side, such as ((day)). One is not closed."
    return _table_fault(text)


def _table_fault(text: str) -> str | None:
    """A table that stands within a sentence could not be printed there."""
    for paragraph in paragraphs(text):
        if table_in(paragraph) is None and any(name in TABLES for name in names_in(paragraph)):
            name = next(name for name in names_in(paragraph) if name in TABLES)
            return f"Put (({name})) into a paragraph of its own, with an empty line before and after it."
    return None


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a letter; a heading is one by itself, wherever it stands."""
    found: list[list[str]] = [[]]
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            found.append([])
        elif line.startswith("#"):
            found += [[line], []]
        else:
            found[-1].append(line)
    return ["\n".join(lines).strip() for lines in found if lines]


def heading_in(paragraph: str) -> str | None:
    """The words of a paragraph that is a heading."""
    return paragraph.lstrip("#").strip() if paragraph.startswith("#") else None


def table_in(paragraph: str) -> str | None:
    """The table a paragraph stands for, where it is nothing but its placeholder."""
    names = names_in(paragraph)
    alone = len(names) == 1 and not ANY.sub("", paragraph).strip()
    return names[0] if alone and names[0] in TABLES else None


def filled(text: str, values: Mapping[str, str]) -> str:
    """The words put in; tables stay as placeholders until the letter is read."""

    def put(found) -> str:  # type: ignore[no-untyped-def]
        return values.get(" ".join(found[1].split()), found[0])

    return PLACEHOLDER.sub(put, text)
