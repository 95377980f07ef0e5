"""Copying an answer to another school: what goes with it, and how it is known as a copy there."""

from dataclasses import replace

from s11.questionnaires.rules import CriterionContent, LevelContent
from s11.returns.merging import NOTHING_SAID, Rating, Said

COPIED = ", copied from "
NAME_LONGEST = 120


def named_as_copy(name: str, source: str) -> str:
    """Who saved a copy, as it is kept with it: "Dee Ess, copied from Hill Primary"."""
    return f"{name[: NAME_LONGEST - len(COPIED) - len(source)]}{COPIED}{source}"[:NAME_LONGEST]


def copied_from(name: str) -> str:
    """Where an answer was copied from, by the name it was saved under; empty where it was not."""
    return name.partition(COPIED)[2]


def is_said(said: Said) -> bool:
    """Whether an answer says anything. A mark to come back does not."""
    return replace(said, come_back=False) != NOTHING_SAID


def fitting(said: Said, level: LevelContent | None, to: CriterionContent) -> Said:
    """What an answer says at another school. `level` is what it was rated.

    The rating goes only where the level means the same there. The mark to come back stays behind.
    """
    rated = (level.code, level.label) if level else None
    same = next((one for one in to.scale.levels if (one.code, one.label) == rated), None)
    away = said.rating.not_applicable and to.not_applicable_allowed
    return replace(
        said,
        rating=Rating(same.id if same else None, away),
        not_applicable_reason=said.not_applicable_reason if away else "",
        come_back=False,
    )
