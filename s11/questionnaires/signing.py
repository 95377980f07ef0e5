"""The chain of signatures: who signs after whom. Plain Python.

The lead, where a chain has one, signs first and finishes the return with it. Of the others each may wait for
one other; those that wait for nobody sign in any order.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

LEAD_STEP = "lead"


class Step(Protocol):
    """One signature of a chain, in a file or in an edition."""

    @property
    def step(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def after(self) -> str: ...


S = TypeVar("S", bound=Step)


def waits_for(step: S, chain: Sequence[S], given: Collection[str]) -> S | None:
    """The signature that has to be given before this one, None where it can be given now."""
    named = {one.step: one for one in chain}
    if step.step == LEAD_STEP:
        return None
    for first in (LEAD_STEP, step.after):
        if first in named and first not in given:
            return named[first]
    return None


def open_steps(chain: Sequence[S], given: Collection[str]) -> list[S]:
    """The signatures that can be given now."""
    return [one for one in chain if one.step not in given and waits_for(one, chain, given) is None]


def chain_words(chain: Sequence[Step]) -> str:
    """The chain in words: "Safeguarding lead, then in any order Headteacher and Chair of governors"."""
    first = [one.label for one in chain if one.step == LEAD_STEP]
    others = [one for one in chain if one.step != LEAD_STEP]
    if len(others) < 2 or _in_a_row(others):
        return ", then ".join([*first, *(one.label for one in _in_order(others))])
    if not any(one.after for one in others):
        free = "in any order " + _listed([one.label for one in others])
        return ", then ".join([*first, free]) if first else f"{free[0].upper()}{free[1:]}"
    named = {one.step: one.label for one in chain}
    said = [f"{one.label} after {named[one.after]}" if one.after in named else one.label for one in others]
    return ", then ".join([*first, "; ".join(said)])


def circle(after: Mapping[str, str], step: str) -> bool:
    """Whether a step waits for itself in the end. `after`: whom each waits for."""
    seen: set[str] = set()
    at = after.get(step, "")
    while at and at not in seen:
        if at == step:
            return True
        seen.add(at)
        at = after.get(at, "")
    return False


def _in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps in the order in which they can be given; those of a circle last, as they stand."""
    left = list(steps)
    ordered: list[Step] = []
    names = {one.step for one in left}
    while left:
        done = {one.step for one in ordered}
        ready = [one for one in left if one.after not in names or one.after in done] or left
        ordered.append(ready[0])
        left.remove(ready[0])
    return ordered


def _in_a_row(steps: Sequence[Step]) -> bool:
    """Whether each but the first waits for the one before it."""
    ordered = _in_order(steps)
    return all(later.after == earlier.step for earlier, later in pairwise(ordered))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
