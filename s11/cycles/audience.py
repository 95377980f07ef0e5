"""Who is asked, as a rule that can be read, kept and applied again.

An audience is clauses, organisations chosen by hand ("and these three"), organisations never to ask, and
those that are exempt from the start with a reason. It also says which submission group an organisation
stands in. Plain Python.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from s11.cycles.clauses import Subject, Where


@dataclass(frozen=True)
class LetOffRule:
    """Who of those asked is exempt from the start, and why."""

    where: Where
    reason: str


@dataclass(frozen=True)
class GroupRule:
    """Who stands in a submission group; the first rule that holds decides."""

    group: str  # ref
    where: Where


def clause_key(place: int, clause: Where | LetOffRule | GroupRule) -> str:
    """What a page calls a clause: by its place and by what it says, so that nobody takes another one away."""
    return f"{place}-{hashlib.sha256(repr(clause).encode()).hexdigest()[:10]}"


@dataclass(frozen=True)
class Verdict:
    """What an audience says of one organisation: asked or not, by what, and whether it is exempt."""

    subject: Subject
    asked: bool
    why: str
    clause: int | None = None
    exempt: str = ""
    group: str = ""  # ref


@dataclass(frozen=True)
class Audience:
    """Who is asked. `also` and `never` are refs of organisations; `placed` gives a group by hand."""

    ask: tuple[Where, ...] = ()
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    exempt: tuple[LetOffRule, ...] = ()
    groups: tuple[GroupRule, ...] = ()
    placed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Any) -> "Audience":
        """An audience as a cycle keeps it; an empty one asks nobody."""
        kept = kept if isinstance(kept, Mapping) else {}
        placed = kept.get("placed")
        return cls(
            # A clause that names nothing would hold for everybody.
            ask=tuple(where for one in _list(kept, "ask") if (where := Where.of(one)).names_something),
            also=tuple(str(ref) for ref in _list(kept, "also")),
            never=tuple(str(ref) for ref in _list(kept, "not")),
            exempt=tuple(
                LetOffRule(Where.of(one.get("where")), str(one.get("reason", "")))
                for one in _list(kept, "exempt")
                if isinstance(one, Mapping) and Where.of(one.get("where")).names_something
            ),
            groups=tuple(
                GroupRule(str(one.get("group", "")), Where.of(one.get("where")))
                for one in _list(kept, "groups")
                if isinstance(one, Mapping) and Where.of(one.get("where")).names_something
            ),
            placed={str(ref): str(group) for ref, group in placed.items()}
            if isinstance(placed, Mapping)
            else {},
        )

    def kept(self) -> dict[str, Any]:
        """The same for keeping."""
        return {
            "ask": [where.kept() for where in self.ask],
            "also": list(self.also),
            "not": list(self.never),
            "exempt": [{"where": one.where.kept(), "reason": one.reason} for one in self.exempt],
            "groups": [{"group": one.group, "where": one.where.kept()} for one in self.groups],
            "placed": dict(self.placed),
        }

    def decide(self, one: Subject) -> Verdict:
        """Whether an organisation is asked, by what, whether it is exempt, and in which group."""
        if one.gone:
            return Verdict(one, False, one.gone)
        if one.ref in self.never:
            return Verdict(one, False, "Left out by hand")
        clause = next((at for at, where in enumerate(self.ask) if where.holds(one)), None)
        if clause is None and one.ref not in self.also:
            return Verdict(one, False, "No rule names it")
        exempt = next((rule.reason for rule in self.exempt if rule.where.holds(one)), "")
        why = "Chosen by hand" if clause is None else f"Rule {clause + 1}"
        return Verdict(one, True, why, clause, exempt, self.group_of(one))

    def group_of(self, one: Subject) -> str:
        """The group an organisation stands in, by ref; empty: it goes with the cycle's own dates."""
        if one.ref in self.placed:
            return self.placed[one.ref]
        return next((rule.group for rule in self.groups if rule.where.holds(one)), "")

    def without_group(self, group: str) -> "Audience":
        """The same once a group is taken away: whoever stood in it goes with the cycle's dates."""
        return replace(
            self,
            groups=tuple(rule for rule in self.groups if rule.group != group),
            placed={ref: held for ref, held in self.placed.items() if held != group},
        )


def _list(kept: Mapping[str, Any], name: str) -> list[Any]:
    found = kept.get(name)
    return found if isinstance(found, list) else []
