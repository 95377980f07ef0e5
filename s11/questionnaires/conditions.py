"""A small, safe language for "who is asked this".

    kind != 'childminder' and phase in ('primary', 'all-through')
    rating('2.1') in ('red', 'amber') or field('staff') > 10

Facts are names; `rating('…')` is what an earlier criterion, named by its number or key, was rated: the code
of a level or step, or 'na'. `field('…')` is what stands in an earlier field. Text stands in quotes, and the
words are `and`, `or`, `not`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`. Nothing else is understood:
the text is parsed, checked against this list and interpreted here, never executed.

While there is no answer, nobody can tell whether a comparison with it holds, nor whether its opposite does:
such a part is neither true nor false, and what hangs on it is not asked. Only a comparison with '' looks at
whether there is an answer at all.
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


# True, False, or None where an answer is still missing.
Test = Callable[[OrganisationFacts, Said], bool | None]


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
    ast.Lt: lambda left, right: is_number(left) and left < right,
    ast.LtE: lambda left, right: is_number(left) and left <= right,
    ast.Gt: lambda left, right: is_number(left) and left > right,
    ast.GtE: lambda left, right: is_number(left) and left >= right,
}
SIZES = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class BadCondition(ValueError):
    """A condition that cannot be understood; the message says what to write."""


@lru_cache(maxsize=1024)
def compile_condition(text: str) -> Condition:
    """The condition a text stands for; an empty one always holds.

    Raises BadCondition with a sentence that says which part is not understood.
    """
    if not text.strip():
        return Condition(lambda facts, said: True, ())
    tree = parsed(text)
    try:
        return Condition(_test(tree), tuple(_references(tree)))
    except RecursionError:
        raise _unreadable(text) from None


def holds(text: str, facts: OrganisationFacts, said: Said = NOTHING) -> bool:
    """Whether the condition is true of an organisation that has said this so far."""
    return compile_condition(text).test(facts, said) is True


def parsed(text: str) -> ast.expr:
    """A condition as a tree, of which nothing is known yet. Raises BadCondition where it is none."""
    if len(text) > LONGEST:
        raise BadCondition(f"a condition holds at most {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a doubtful escape in quotes is a mistake, not a warning
            return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise _unreadable(text) from None


def _unreadable(text: str) -> BadCondition:
    return BadCondition(f"cannot read {text.strip()!r}: write for example kind != 'childminder'")


def _test(node: ast.expr) -> Test:
    match node:
        case ast.BoolOp(op=operator, values=parts):
            return _joined([_test(part) for part in parts], isinstance(operator, ast.Or))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _opposite(_test(operand))
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in COMPARISONS:
            return _comparison(left, operator, right)
        case ast.Name(id=name):
            return _fact(name, truth_value=True)
        case ast.Call(func=ast.Name(id="field")):
            reference = _reference(node)
            return lambda facts, said: _yes_or_no(said.fields.get(reference.name))
    raise BadCondition(f"cannot use {_said(node)} here: compare a fact, as in phase == 'primary'")


def _yes_or_no(answer: Any) -> bool | None:
    return answer if isinstance(answer, bool) else None


def _joined(tests: list[Test], decides: bool) -> Test:
    """All of them, or any: one that `decides` settles it, else one that is open leaves it open."""

    def test(facts: OrganisationFacts, said: Said) -> bool | None:
        found = [one(facts, said) for one in tests]
        if decides in found:
            return decides
        return None if None in found else not decides

    return test


def _opposite(inner: Test) -> Test:
    def test(facts: OrganisationFacts, said: Said) -> bool | None:
        found = inner(facts, said)
        return None if found is None else not found

    return test


def _comparison(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Test:
    is_answer = isinstance(left, ast.Call)
    if not isinstance(left, ast.Name) and not is_answer:
        raise BadCondition(f"begin the comparison with a fact, not with {_said(left)}")
    if isinstance(left, ast.Name):
        _check_fact(left.id)
    wanted = _constant(right, number=is_answer)
    name = ast.unparse(left)
    if isinstance(operator, ast.In | ast.NotIn) != isinstance(wanted, tuple):
        raise BadCondition(f"use == or != with one value, and 'in' with several, after {name!r}")
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    if isinstance(left, ast.Call):
        _check_answer(_reference(left), operator, values)
        return _answered(_reference(left), operator, wanted, values)
    if isinstance(operator, SIZES):
        raise BadCondition(f"only a number is more or less than another, not {name!r}")
    compare = COMPARISONS[type(operator)]
    fact = _fact(left.id)  # type: ignore[attr-defined]
    _check_values(name, values)
    return lambda facts, said: compare(fact(facts, said), wanted)


def _check_answer(reference: Reference, operator: ast.cmpop, values: tuple[Any, ...]) -> None:
    name = f"{reference.kind}({reference.name!r})"
    if not values:
        raise BadCondition(f"name at least one value for {name}")
    if isinstance(operator, SIZES) and not is_number(values[0]):
        raise BadCondition(f"only a number is more or less than another: write {name} > 10")
    is_text = all(isinstance(value, str) for value in values)
    if reference.kind == "rating" and not is_text and not isinstance(operator, SIZES):
        raise BadCondition("compare a rating with the code of a level in quotes, as in == 'green'")


def _answered(reference: Reference, operator: ast.cmpop, wanted: Any, values: tuple[Any, ...]) -> Test:
    """The comparison with an answer. Of several that were chosen one has to fit, or each with !=."""
    compare = COMPARISONS[type(operator)]
    by_size = isinstance(operator, SIZES)
    every = isinstance(operator, ast.NotEq | ast.NotIn)
    asks_for_silence = UNRATED in values

    def test(facts: OrganisationFacts, said: Said) -> bool | None:
        answers = said.ratings if reference.kind == "rating" else said.fields
        found = answers.get(reference.name)
        if found in (None, UNRATED, [], ()):
            return compare(UNRATED, wanted) if asks_for_silence else None
        if by_size and reference.kind == "rating":
            return compare(_step(found), wanted)
        if isinstance(found, list | tuple):
            return (all if every else any)(compare(one, wanted) for one in found)
        return compare(found, wanted)

    return test


def _step(code: str) -> float | None:
    """The step a rating is on; none where it does not apply."""
    try:
        return float(code)
    except ValueError:
        return None


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


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fact(name: str, *, truth_value: bool = False) -> Test:
    _check_fact(name)
    if truth_value and FACTS[name] is not bool:
        raise BadCondition(f"say what {name!r} should be, as in {name} == '...'")
    return lambda facts, said: getattr(facts, name)


def _check_fact(name: str) -> None:
    """Refuse a name that is no fact, with one that is much like it, or as it would be written of a field."""
    if name in FACTS:
        return
    said = _nearest(name, tuple(FACTS), "facts")
    if not said.startswith("did you mean"):
        said = f"{said}. An answer to a field is written field({name!r})"
    raise BadCondition(f"unknown fact {name!r}: {said}")


def _constant(node: ast.expr, *, number: bool = False) -> Any:
    match node:
        case ast.Constant(value=str() | bool() as value):
            return value
        case ast.Constant(value=int() | float() as value) if number:
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if number:
            return -value
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
