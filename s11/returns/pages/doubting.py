"""Doubts as a page shows them: those of one kind together, each with the reply it has."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from s11.returns.doubts import RULES
from s11.returns.models import DoubtReply
from s11.returns.stated import Doubt


@dataclass(frozen=True)
class DoubtLine:
    """One doubt, and whether this reader may do something about it."""

    doubt: Doubt
    reply: DoubtReply | None
    may_answer: bool


@dataclass(frozen=True)
class DoubtGroup:
    """The doubts of one kind."""

    code: str
    title: str
    lines: tuple[DoubtLine, ...]


def doubt_groups(
    doubts: Iterable[Doubt], replies: Mapping[tuple[int, str], DoubtReply], *, mine: Container[int]
) -> list[DoubtGroup]:
    """Every doubt under the name of its kind. `mine`: the criteria this reader answers, by id."""
    found = list(doubts)
    groups = []
    for rule in RULES:
        lines = tuple(
            DoubtLine(one, replies.get((one.criterion_id, one.code)), one.criterion_id in mine)
            for one in found
            if one.code == rule.code
        )
        if lines:
            groups.append(DoubtGroup(rule.code, rule.title, lines))
    return groups
