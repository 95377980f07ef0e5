"""Prepared words made to fit an organisation and a year: slots filled, lines joined, variants in turn."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from s11.seeding.ratings import BEST

# A slot, with what stands before it where it opens a sentence.
SLOT = re.compile(r"(^|[.!?][\"’']?\s+|\n\s*\n\s*)?\{([a-z]+)\}")
TITLES = ("dr", "mrs", "mr", "ms", "rev")


@dataclass(frozen=True)
class Narrative:
    """What can be said to one criterion: variants by level, and why a moderator rates it lower."""

    variants: Mapping[str, tuple[str, ...]]
    moderated_down: str
    not_applicable: str = ""
    action: Mapping[str, str] | None = None


def fill(text: str, slots: Mapping[str, str]) -> str:
    """The text with every slot filled, with a capital where one opens a sentence or a paragraph.

    A slot nobody knows is an error, never left standing.
    """
    return SLOT.sub(lambda found: _filled(found[1], slots[found[2]]), text)


def _filled(before: str | None, words: str) -> str:
    return words if before is None else f"{before}{words[:1].upper()}{words[1:]}"


def joined(text: str) -> str:
    """Paragraphs, each on one line, with an empty line between them."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs(text))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; their lines may still be broken."""
    return [paragraph for paragraph in re.split(r"\n\s*\n", text.strip()) if paragraph.strip()]


def letter(text: str) -> str:
    """A letter: paragraphs joined, the lines of the sign-off at its end kept."""
    *body, sign_off = paragraphs(text)
    return "\n\n".join([*(" ".join(paragraph.split()) for paragraph in body), sign_off.strip()])


def year_slots(year: int) -> dict[str, str]:
    """The slots that name years."""
    return {"year": str(year), "lastyear": str(year - 1)}


def commentary(
    narrative: Narrative, level: str, slots: Mapping[str, str], *, turn: int, promises: Mapping[str, str]
) -> str:
    """What is said to a rating. `turn` goes round the variants.

    Below the best level the Section 11 texts promise something by a time of {year}; `promises` holds the
    slots to use for those, so that a promise made in November is not for the month before.
    """
    variants = narrative.variants[level]
    known = slots if level == BEST else {**slots, **promises}
    return joined(fill(variants[turn % len(variants)], known))


def slug(name: str) -> str:
    """A name as the part of an address: "Dr Mei-Lin O’Neill" as "mei-lin.oneill"."""
    words = [word for word in name.lower().split() if word not in TITLES]
    return ".".join(re.sub(r"[^a-z-]", "", word) for word in words)
