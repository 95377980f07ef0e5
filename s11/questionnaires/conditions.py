"""A small, safe language for "who is asked this".

    kind != 'childminder' and phase in ('primary', 'all-through')

Facts are names, text stands in quotes, and the words are `and`, `or`, `not`, `==`, `!=`, `in`,
`not in`. Nothing else is understood: the text is parsed, checked against this list and
interpreted here, never executed.
"""

import ast
import warnings
from collections.abc import Callable
from dataclasses import fields
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from s11.organisations.rules import PHASE_LABELS, Kind, OrganisationFacts

FACTS = {field.name: field.type for field in fields(OrganisationFacts)}
LONGEST = 500
# What a fact can be, where that is known: a misspelt kind would be a condition that is never true.
VALUES: dict[str, tuple[str, ...]] = {"kind": tuple(str(kind) for kind in Kind), "phase": (*PHASE_LABELS, "")}

Test = Callable[[OrganisationFacts], Any]

COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}


class BadCondition(ValueError):
    """A condition that cannot be understood; the message says what to write."""


@lru_cache(maxsize=1024)
def compile_condition(text: str) -> Test:
    """The test a condition stands for; an empty one is always true.

    Raises BadCondition with a sentence that says which part is not understood.
    """
    if not text.strip():
        return lambda facts: True
    if len(text) > LONGEST:
        raise BadCondition(f"a condition holds at most {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a doubtful escape in quotes is a mistake, not a warning
            tree = ast.parse(text.strip(), mode="eval")
        return _test(tree.body)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        if isinstance(error, BadCondition):
            raise
        raise BadCondition(f"cannot read {text.strip()!r}: write for example kind != 'childminder'") from None


def holds(text: str, facts: OrganisationFacts) -> bool:
    """Whether the condition is true of an organisation."""
    return bool(compile_condition(text)(facts))


def _test(node: ast.expr) -> Test:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            tests = [_test(part) for part in parts]
            return lambda facts: all(test(facts) for test in tests)
        case ast.BoolOp(op=ast.Or(), values=parts):
            tests = [_test(part) for part in parts]
            return lambda facts: any(test(facts) for test in tests)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _test(operand)
            return lambda facts: not inner(facts)
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in COMPARISONS:
            return _comparison(left, operator, right)
        case ast.Name(id=name):
            return _fact(name, truth_value=True)
    raise BadCondition(f"cannot use {_said(node)} here: compare a fact, as in phase == 'primary'")


def _comparison(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Test:
    if not isinstance(left, ast.Name):
        raise BadCondition(f"begin the comparison with a fact, not with {_said(left)}")
    fact, wanted = _fact(left.id), _constant(right)
    if isinstance(operator, ast.In | ast.NotIn) != isinstance(wanted, tuple):
        raise BadCondition(f"use == or != with one value, and 'in' with several, after {left.id!r}")
    _check_values(left.id, wanted if isinstance(wanted, tuple) else (wanted,))
    compare = COMPARISONS[type(operator)]
    return lambda facts: compare(fact(facts), wanted)


def _fact(name: str, *, truth_value: bool = False) -> Test:
    if name not in FACTS:
        raise BadCondition(f"unknown fact {name!r}: {_nearest(name, tuple(FACTS), 'facts')}")
    if truth_value and FACTS[name] is not bool:
        raise BadCondition(f"say what {name!r} should be, as in {name} == '...'")
    return lambda facts: getattr(facts, name)


def _constant(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=str() | bool() as value):
            return value
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return tuple(_constant(part) for part in parts)
        case ast.Name(id="true" | "false" | "TRUE" | "FALSE" as word):
            raise BadCondition(f"write {word.capitalize()} for {word}")
    raise BadCondition(f"put text in quotes: {_said(node)}")


def _check_values(name: str, values: tuple[Any, ...]) -> None:
    if not values:
        raise BadCondition(f"name at least one value for {name!r}")
    wanted, words = (bool, "True or False") if FACTS[name] is bool else (str, "text in quotes")
    for value in values:
        if not isinstance(value, wanted):
            raise BadCondition(f"compare {name!r} with {words}")
        if name in VALUES and value not in VALUES[name]:
            raise BadCondition(f"unknown {name} {value!r}: {_nearest(str(value), VALUES[name], f'{name}s')}")


def _nearest(word: str, known: tuple[str, ...], what: str) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    listed = ", ".join(value for value in known if value)
    return f"did you mean {close[0]!r}?" if close else f"the {what} are {listed}"


def _said(node: ast.expr) -> str:
    """A piece of the condition in quotes, shortened."""
    said = ast.unparse(node)
    return repr(said if len(said) <= 60 else f"{said[:59]}…")
