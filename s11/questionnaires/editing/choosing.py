"""Who is asked, as choices: what can be ticked in place of a condition that is written, and back.

kind in ('school', 'college') and residential and rating('2.1') in ('amber', 'red')

is two kinds, one fact, and two levels of an earlier criterion. What cannot be ticked is left to be written.
"""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, replace

from s11.organisations.rules import KIND_LABELS, PHASE_LABELS
from s11.questionnaires.conditions import BadCondition, compile_condition, parsed

# Facts that are true or false of an organisation, as a tick box says them.
FACT_LABELS = {
    "bound_by_statute": "Bound by statute",
    "commissions_services": "Commissions services",
    "residential": "Residential",
    "works_alone": "Works alone, as a childminder without assistants",
}
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choice:
    """What is ticked: all of it must be so of an organisation, and of several kinds, phases or levels one.

    `after` names an earlier criterion, and `levels` are the ratings of it after which this is asked.
    """

    kinds: frozenset[str] = NONE
    phases: frozenset[str] = NONE
    facts: frozenset[str] = NONE
    after: str = ""
    levels: frozenset[str] = NONE


EVERYBODY = Choice()


def written(choice: Choice) -> str:
    """The condition that a choice stands for; empty where everybody is asked."""
    parts = [
        _one_of("kind", (str(kind) for kind in KIND_LABELS if kind in choice.kinds)),
        _one_of("phase", (phase for phase in PHASE_LABELS if phase in choice.phases)),
        *(fact for fact in FACT_LABELS if fact in choice.facts),
        _one_of(f"rating({choice.after!r})", sorted(choice.levels)),
    ]
    return " and ".join(part for part in parts if part)


def _one_of(name: str, values: Iterable[str]) -> str:
    found = tuple(values)
    if len(found) == 1:
        return f"{name} == {found[0]!r}"
    return f"{name} in {found!r}" if found else ""


def chosen(condition: str) -> Choice | None:
    """The choice that says the same as a condition; none where it has to be written."""
    if not condition.strip():
        return EVERYBODY
    try:
        compile_condition(condition)
        tree = parsed(condition)
    except BadCondition:
        return None
    choice: Choice | None = EVERYBODY
    for part in _parts(tree):
        choice = _with(choice, part) if choice else None
    return choice


def _parts(tree: ast.expr) -> list[ast.expr]:
    match tree:
        case ast.BoolOp(op=ast.And(), values=parts):
            return parts
    return [tree]


def _with(choice: Choice, part: ast.expr) -> Choice | None:
    """The choice with one more part of a condition; none where it has no box, or its boxes are taken."""
    match part:
        case ast.Name(id=fact):
            return replace(choice, facts=choice.facts | {fact})
        case ast.Compare(left=left, ops=[ast.Eq() | ast.In()], comparators=[right]):
            value = ast.literal_eval(right)
            values = frozenset(value if isinstance(value, tuple | list) else [value])
            # No phase and not rated are written '': there is no box for them.
            return None if "" in values else _compared(choice, left, values)
    return None


def _compared(choice: Choice, left: ast.expr, values: frozenset[str]) -> Choice | None:
    match left:
        case ast.Name(id="kind") if not choice.kinds:
            return replace(choice, kinds=values)
        case ast.Name(id="phase") if not choice.phases:
            return replace(choice, phases=values)
        case ast.Call(func=ast.Name(id="rating"), args=[ast.Constant(value=str() as name)]):
            return replace(choice, after=name, levels=values) if name and not choice.after else None
    return None
