"""A small, safe language for "who is asked this".

    kind != 'childminder' and phase in ('primary', 'all-through')
    rating('2.1') in ('red', 'amber') or field('staff') > 10

Facts are names; `rating('…')` is what an earlier criterion, named by its number or key, was rated: the code
of a level, 'na', or '' while it is not rated. `field('…')` is what stands in an earlier field, None while it
is empty. Text stands in quotes, and the words are `and`, `or`, `not`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`,
`not in`. Nothing else is understood: the text is parsed, checked against this list and interpreted here,
never executed.
"""

import ast
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from s11.organisations.rules import PHASE_LABELS, Kind, OrganisationFacts

FACTS = {field.name: field.type for field in fields(OrganisationFacts)}
LONGEST = 500
# What a fact can be, where that is known: a misspelt kind would be a condition that is never true.
VALUES: dict[str, tuple[str, ...]] = {"kind": tuple(str(kind) for kind in Kind), "phase": (*PHASE_LABELS, "")}

# What an unrated criterion and one that does not apply are called in a condition.
UNRATED, NOT_APPLICABLE = "", "na"


@dataclass(frozen=True)
class Said:
    """What an organisation has answered: ratings by key of the criterion, and fields by their code."""

    ratings: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Said()


@dataclass(frozen=True)
class Reference:
    """An answer that a condition asks for: a criterion by number or key, or a field by code."""

    kind: str  # "rating" or "field"
    name: str
    values: tuple[Any, ...] = ()  # what it is compared with


Test = Callable[[OrganisationFacts, Said], Any]


@dataclass(frozen=True)
class Condition:
    """A condition that was understood: how to tell whether it holds, and which answers it looks at."""

    test: Test
    references: tuple[Reference, ...]


COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Lt: lambda left, right: _is_number(left) and left < right,
    ast.LtE: lambda left, right: _is_number(left) and left <= right,
    ast.Gt: lambda left, right: _is_number(left) and left > right,
    ast.GtE: lambda left, right: _is_number(left) and left >= right,
}
SIZES = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
RANKS = tuple(COMPARISONS[size] for size in SIZES)


class BadCondition(ValueError):
    """A condition that cannot be understood; the message says what to write."""


@lru_cache(maxsize=1024)
def compile_condition(text: str) -> Condition:
    """The condition a text stands for; an empty one always holds.

    Raises BadCondition with a sentence that says which part is not understood.
    """
    if not text.strip():
        return Condition(lambda facts, said: True, ())
    if len(text) > LONGEST:
        raise BadCondition(f"a condition holds at most {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a doubtful escape in quotes is a mistake, not a warning
            tree = ast.parse(text.strip(), mode="eval")
        test = _test(tree.body)
        return Condition(test, tuple(_references(tree.body)))
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        if isinstance(error, BadCondition):
            raise
        raise BadCondition(f"cannot read {text.strip()!r}: write for example kind != 'childminder'") from None


def holds(text: str, facts: OrganisationFacts, said: Said = NOTHING) -> bool:
    """Whether the condition is true of an organisation that has said this so far."""
    return bool(compile_condition(text).test(facts, said))


def _test(node: ast.expr) -> Test:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            tests = [_test(part) for part in parts]
            return lambda facts, said: all(test(facts, said) for test in tests)
        case ast.BoolOp(op=ast.Or(), values=parts):
            tests = [_test(part) for part in parts]
            return lambda facts, said: any(test(facts, said) for test in tests)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _test(operand)
            return lambda facts, said: not inner(facts, said)
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in COMPARISONS:
            return _comparison(left, operator, right)
        case ast.Name(id=name):
            return _fact(name, truth_value=True)
        case ast.Call(func=ast.Name(id="field")):
            reference = _reference(node)
            return lambda facts, said: said.fields.get(reference.name) is True
    raise BadCondition(f"cannot use {_said(node)} here: compare a fact, as in phase == 'primary'")


def _comparison(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Test:
    is_answer = isinstance(left, ast.Call)
    if not isinstance(left, ast.Name) and not is_answer:
        raise BadCondition(f"begin the comparison with a fact, not with {_said(left)}")
    wanted = _constant(right, number=is_answer)
    name = ast.unparse(left)
    if isinstance(operator, ast.In | ast.NotIn) != isinstance(wanted, tuple):
        raise BadCondition(f"use == or != with one value, and 'in' with several, after {name!r}")
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    is_rating = isinstance(left, ast.Call) and _reference(left).kind == "rating"
    if isinstance(operator, SIZES) and not is_rating and not (is_answer and _is_number(wanted)):
        raise BadCondition(f"only a field with a number is more or less than another, not {name!r}")
    compare = COMPARISONS[type(operator)]
    if isinstance(left, ast.Call):
        return _answer_comparison(_reference(left), compare, wanted, values)
    fact = _fact(left.id)  # type: ignore[attr-defined]
    _check_values(name, values)
    return lambda facts, said: compare(fact(facts, said), wanted)


def _answer_comparison(
    reference: Reference, compare: Callable[[Any, Any], bool], wanted: Any, values: tuple[Any, ...]
) -> Test:
    if not values:
        raise BadCondition(f"name at least one value for {reference.kind}({reference.name!r})")
    if reference.kind == "rating":
        if compare in RANKS or not all(isinstance(value, str) for value in values):
            raise BadCondition("compare a rating with the code of a level in quotes, as in == 'green'")
        return lambda facts, said: compare(said.ratings.get(reference.name, UNRATED), wanted)
    return lambda facts, said: compare(said.fields.get(reference.name), wanted)


def _reference(node: ast.expr) -> Reference:
    match node:
        case ast.Call(func=ast.Name(id="rating" | "field" as kind), args=[ast.Constant(value=str() as name)],
                      keywords=[]):  # fmt: skip
            return Reference(kind, name)
        case ast.Call(func=ast.Name(id="rating" | "field" as kind)):
            raise BadCondition(f"name one answer in quotes, as in {kind}('1.1')")
    raise BadCondition(f"cannot use {_said(node)} here: compare a fact, as in phase == 'primary'")


def _references(tree: ast.expr) -> list[Reference]:
    """The answers a condition looks at, each with what it is compared with."""
    compared: dict[ast.expr, tuple[Any, ...]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Call):
            wanted = _constant(node.comparators[0], number=True)
            compared[node.left] = wanted if isinstance(wanted, tuple) else (wanted,)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [Reference(found.kind, found.name, compared.get(node, ()))
            for node in calls for found in (_reference(node),)]  # fmt: skip


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fact(name: str, *, truth_value: bool = False) -> Test:
    if name not in FACTS:
        raise BadCondition(f"unknown fact {name!r}: {_nearest(name, tuple(FACTS), 'facts')}")
    if truth_value and FACTS[name] is not bool:
        raise BadCondition(f"say what {name!r} should be, as in {name} == '...'")
    return lambda facts, said: getattr(facts, name)


def _constant(node: ast.expr, *, number: bool = False) -> Any:
    match node:
        case ast.Constant(value=str() | bool() as value):
            return value
        case ast.Constant(value=int() | float() as value) if number:
            return value
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return tuple(_constant(part, number=number) for part in parts)
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
