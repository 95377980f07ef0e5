"""When two spellings look like one post: a slip, another order of words, a body named in front."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from s11.actions.bringing.posts.words import BODIES, ROLES, has_role, words_of
from s11.actions.bringing.shapes import SamePost

ALIKE = 0.86


def alike(
    spellings: Iterable[tuple[str, int]], decided: Mapping[str, object] | None = None
) -> tuple[SamePost, ...]:
    """Posts with all their spellings, given as (spelling, printed row); the commonest spelling is suggested.

    Only a slip, another order of words and a body named in front are taken for the same, until somebody
    `decided` whose a spelling is: then it is one post with those of which the same was decided, and with no
    other.
    """
    decided = decided or {}
    rows: dict[str, list[int]] = {}
    for spelling, row in spellings:
        rows.setdefault(spelling, []).append(row)
    words = {spelling: frozenset(words_of(spelling)) for spelling in rows}

    def belong(one: str, other: str) -> bool:
        if one in decided or other in decided:
            return decided.get(one) == decided.get(other)
        # A long plan has hundreds of owners: what shares too few words is not looked at further.
        shared = len(words[one] & words[other])
        return shared >= min(len(words[one]), len(words[other])) - 1 and are_alike(one, other)

    groups: list[list[str]] = []
    for spelling in rows:
        mine = [group for group in groups if any(belong(spelling, other) for other in group)]
        joined = [*(one for group in mine for one in group), spelling]
        groups = [group for group in groups if group not in mine] + [joined]
    order = list(rows)
    groups = [sorted(group, key=order.index) for group in groups]
    return tuple(
        SamePost(
            key=key_of(group[0]),
            spellings=tuple(group),
            suggestion=max(group, key=lambda one: (len(rows[one]), len(one))),
            rows=tuple(sorted({row for one in group for row in rows[one]})),
        )
        for group in sorted(groups, key=lambda group: order.index(group[0]))
    )


def are_alike(one: str, other: str) -> bool:
    """Whether two spellings look like one post: "anager" and "Manager" do, "Officer" and "Manager" do not."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return False
    if sorted(first) == sorted(second):
        return True
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) > 1 and has_role(shorter) and _only_a_body_more(shorter, longer):
        return True
    if _roles_in(first) != _roles_in(second) and len(first) != len(second):
        return False
    return len(first) == len(second) and _differ_by_a_slip(first, second)


def key_of(spelling: str) -> str:
    """By what a post is known in an import."""
    return "-".join(re.findall(r"[a-z0-9]+", spelling.casefold()))[:80] or "post"


def _only_a_body_more(shorter: list[str], longer: list[str]) -> bool:
    """Whether the longer only names a body as well: "Children's Services Education Safeguarding Adviser"."""
    rest = list(longer)
    for word in shorter:
        if word not in rest:
            return False
        rest.remove(word)
    return bool(rest) and len(rest) <= 3 and (rest[-1] in BODIES or len(rest) == 1) and not has_role(rest)


def _differ_by_a_slip(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether one word is written a letter or two differently, and every other is the same."""
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(differing) != 1:
        return False
    one, other = differing[0]
    if one in ROLES and other in ROLES:
        return False
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _roles_in(words: Sequence[str]) -> set[str]:
    return {word for word in words if word in ROLES}
