"""Putting together what two people wrote to one criterion at the same time, part by part. Plain Python."""

from dataclasses import dataclass, replace

# The parts of an answer that are merged by themselves, with the words that name them on screen.
PARTS = {
    "rating": "rating",
    "not_applicable_reason": "reason why it does not apply",
    "commentary": "commentary",
    "strengths": "strengths",
    "shortfalls": "gaps",
    "come_back": "mark to come back to it",
}


@dataclass(frozen=True)
class Rating:
    """What was chosen: a level, "not applicable", or (neither) nothing yet."""

    level_id: int | None = None
    not_applicable: bool = False


@dataclass(frozen=True)
class Said:
    """Everything one answer says."""

    rating: Rating = Rating()
    not_applicable_reason: str = ""
    commentary: str = ""
    strengths: str = ""
    shortfalls: str = ""
    come_back: bool = False


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Merged:
    """What should stand, and the parts in which both changed what they found, each to something else."""

    said: Said
    clashes: tuple[str, ...]


def merge(base: Said | None, theirs: Said, mine: Said) -> Merged:
    """What I made of `base`, put into what they have made of it since.

    A part that only one of us changed is taken from whoever changed it. Where both did, theirs stands and
    the part is named, so that both texts can be shown. Without a base every difference is a clash.
    """
    taken, clashes = {}, []
    for part in PARTS:
        old, their, my = getattr(base, part, None), getattr(theirs, part), getattr(mine, part)
        if my == their or (base is not None and my == old):
            continue
        if base is not None and their == old:
            taken[part] = my
        else:
            clashes.append(part)
    return Merged(replace(theirs, **taken), tuple(clashes))
