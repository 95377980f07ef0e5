"""Who may be given which return, and sharing many out evenly. Plain Python: facts in, pairs out."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from s11.returns.rules import Stage

EACH_AT_MOST = 3


@dataclass(frozen=True)
class Candidate:
    """Somebody who could moderate. `holds`: how many returns of the cycle they were given already."""

    person_id: int
    ref: str
    name: str
    moderates: bool
    bound_to: frozenset[int]  # ids of the organisations they belong to
    too_near: frozenset[int]  # ids of those they declared an interest in
    holds: int = 0


@dataclass(frozen=True)
class ToModerate:
    """A return that is in. `given`: ids of the people who moderate it now; `declined`: who would not."""

    return_id: int
    ref: str
    round: int
    organisation: str
    organisation_id: int
    parent_id: int | None
    stage: str
    agreed: int
    given: frozenset[int] = frozenset()
    declined: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Shared:
    """Who would get what, and the returns for which nobody, or not as many as wanted, is found, with why."""

    pairs: tuple[tuple[ToModerate, Candidate], ...]
    short: tuple[tuple[ToModerate, str], ...]


def why_not_this(one: ToModerate) -> str:
    """Why a return cannot be given to anybody now, as a sentence; empty where it can."""
    if one.stage != Stage.SUBMITTED:
        return f"{one.organisation} is not waiting to be moderated."
    if one.agreed:
        return (
            f"The agreed ratings of {one.organisation} have been begun, so nobody can rate it "
            "without seeing them any more."
        )
    return ""


def why_not(one: ToModerate, who: Candidate) -> str:
    """Why somebody cannot be given a return, as a sentence; empty where they can."""
    if not who.moderates:
        return f"{who.name} has no role in which they moderate this audit."
    if one.organisation_id in who.bound_to:
        return f"{who.name} belongs to {one.organisation}, and nobody moderates their own organisation."
    if one.parent_id is not None and one.parent_id in who.bound_to:
        return f"{who.name} belongs to the trust or group of {one.organisation}."
    if one.organisation_id in who.too_near:
        return f"{who.name} has said that they are too near to {one.organisation}."
    if who.person_id in one.given:
        return f"{who.name} moderates {one.organisation} already."
    return why_not_this(one)


def share_out(returns: Sequence[ToModerate], people: Sequence[Candidate], *, each: int) -> Shared:
    """Give every return to so many moderators, so that all have about as much.

    Who moderates one already counts; who declined it is not asked again. The returns that fewest can
    take are given out first, each time to whoever has least.
    """
    load = Counter({who.person_id: who.holds for who in people})
    could = {one.return_id: _could(one, people) for one in returns}
    pairs, short = [], []
    for one in sorted(returns, key=lambda one: (len(could[one.return_id]), one.organisation)):
        wanted = max(0, each - len(one.given))
        chosen = sorted(could[one.return_id], key=lambda who: (load[who.person_id], who.name))[:wanted]
        for who in chosen:
            load[who.person_id] += 1
            pairs.append((one, who))
        if len(chosen) < wanted:
            short.append((one, why_not_this(one) or _too_few(one, len(chosen), wanted)))
        elif not wanted:
            short.append((one, _enough(one)))
    return Shared(tuple(pairs), tuple(short))


def _could(one: ToModerate, people: Collection[Candidate]) -> list[Candidate]:
    return [who for who in people if who.person_id not in one.declined and not why_not(one, who)]


def _enough(one: ToModerate) -> str:
    has = "a moderator" if len(one.given) == 1 else f"{len(one.given)} moderators"
    return f"{one.organisation} has {has} already. To add one, share it out to more for each return."


def _too_few(one: ToModerate, found: int, wanted: int) -> str:
    lacking = "one more moderator" if wanted - found == 1 else f"{wanted - found} more moderators"
    return (
        f"{one.organisation} wants {lacking}: the others you chose belong to it, are too near to it, "
        "have declined it or moderate it already."
    )
