"""From YAML text to plain values, knowing for each the line it stands on.

The tree is grown from the parser's events rather than by a loader: so that a key written twice
is noticed, no object is ever made from a tag, an alias cannot multiply itself, and deep nesting
ends in a sentence and not in a stack overflow.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from s11.questionnaires.format.faults import Fault, Faults, Place
from s11.questionnaires.format.places import plain

DEEPEST = 12
LONGEST_NUMBER = 40  # characters; YAML would make an integer of a megabyte of digits, and take minutes
# The C loader is much faster; a build of PyYAML without it understands the same text.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_resolver = yaml.resolver.Resolver()
_constructor = yaml.constructor.SafeConstructor()
_MADE = {
    "tag:yaml.org,2002:null": lambda node: None,
    "tag:yaml.org,2002:bool": _constructor.construct_yaml_bool,
    "tag:yaml.org,2002:int": _constructor.construct_yaml_int,
    "tag:yaml.org,2002:float": _constructor.construct_yaml_float,
}

PROBLEMS = (
    ("mapping values are not allowed", "Put the text in double quotes: it holds a colon and a space."),
    ("cannot start any token", "Put the text in double quotes: it begins with a character YAML reserves."),
    ("quoted scalar", "Close the quotes: a text is opened here and never closed."),
    ("did not find expected ',' or", "Close the bracket, or put a comma between the items."),
    ("expected node content", "Close the bracket: something is opened here or above and not finished."),
    ("undefined alias", "Write the text out: *aliases are not used in these files."),
    ("unknown escape character", "Write a backslash twice, or use single quotes."),
    ("could not find expected ':'", "Write a key, a colon and a space here, or indent the text."),
    ("did not find expected key", "Check the indentation and the quotes: a key is expected here."),
    ("did not find expected '-' indicator", "Check the indentation: an item with a dash is expected here."),
)


@dataclass
class Tree:
    """The values of a file, where each one stands, and how the plain ones were typed."""

    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    typed: dict[Place, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[Place] = field(default_factory=set)  # already complained of: say nothing more about it

    def line(self, place: Place) -> int:
        """The line of a value, or of the nearest thing around it that is there."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def is_unread(self, place: Place) -> bool:
        return any(place[:depth] in self.unread for depth in range(len(place) + 1))

    def path(self, place: Place) -> str:
        """A place in words people can find: standards[1].criteria[1.2].text."""
        said, here = "", self.data
        for step in place:
            here = here[step] if _holds(here, step) else None
            said += f"[{_name(here, step)}]" if isinstance(step, int) else f".{step}"
        return said.lstrip(".")


def grow(text: str, name: str) -> Tree:
    """The tree of a text. Raises Faults where it is not YAML at all."""
    grower = _Grower()
    try:
        for event in yaml.parse(text, Loader=LOADER):
            grower.take(event)
    except _TooDeep as error:
        grower.tree.faults.append(
            Fault(error.line, "", "Take out some levels: nothing in a questionnaire is nested so deep.")
        )
        raise Faults(name, grower.tree.faults) from None
    except yaml.YAMLError as error:
        raise Faults(name, [*grower.tree.faults, _unreadable(error, text)]) from None
    return grower.tree


class _TooDeep(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


@dataclass
class _Branch:
    """A mapping or list still being read; `key` is the one whose value comes next."""

    holds: dict[str, Any] | list[Any]
    place: Place
    key: str | None = None
    twice: bool = False
    key_line: int = 0


class _Grower:
    def __init__(self) -> None:
        self.tree = Tree()
        self.open: list[_Branch] = []
        self.documents = 0

    def take(self, event: Event) -> None:
        match event:
            case DocumentStartEvent():
                self._document(event)
            case AliasEvent():
                self._say(event, f"Write the text out: *aliases such as *{event.anchor} are not used here.")
                self._put(None, event, unread=True)
            case ScalarEvent():
                self._plain_node(event)
                self._scalar(event)
            case MappingStartEvent() | SequenceStartEvent():
                self._plain_node(event)
                self._begin({} if isinstance(event, MappingStartEvent) else [], event)
            case MappingEndEvent() | SequenceEndEvent():
                self.open.pop()

    def _document(self, event: Event) -> None:
        self.documents += 1
        if self.documents == 2:
            self._say(event, "Remove the line ---: a file holds one questionnaire.")

    def _plain_node(self, event: NodeEvent) -> None:
        if event.anchor:
            self._say(event, f"Remove &{event.anchor}: anchors are not used in these files.")
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._say(event, f"Remove {tag}: tags are not used here.")

    def _say(self, event: Event, sentence: str) -> None:
        place = self._next_place()
        self.tree.faults.append(Fault(_line(event), self.tree.path(place), sentence))

    def _next_place(self) -> Place:
        if not self.open:
            return ()
        branch = self.open[-1]
        if isinstance(branch.holds, list):
            return (*branch.place, len(branch.holds))
        return branch.place if branch.key is None else (*branch.place, branch.key)

    def _awaits_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].holds, dict) and self.open[-1].key is None

    def _scalar(self, event: ScalarEvent) -> None:
        if self._awaits_key():
            self._key(event)
            return
        place = self._next_place()
        value = _value(event)
        if not isinstance(value, str):
            self.tree.typed.setdefault(place, event.value)
        self._put(value, event)

    def _key(self, event: ScalarEvent) -> None:
        branch = self.open[-1]
        branch.key, branch.key_line = event.value, _line(event)
        branch.twice = event.value in branch.holds
        if branch.twice:
            self._say(event, f"Remove one of the two: {event.value!r} is written twice in the same place.")

    def _begin(self, holds: dict[str, Any] | list[Any], event: Event) -> None:
        if self._awaits_key():
            self._say(event, "Begin the line with a plain key and a colon.")
            self.open[-1].key, self.open[-1].twice = "?", True
        if len(self.open) >= DEEPEST:
            raise _TooDeep(_line(event))
        place = self._next_place()
        self._put(holds, event)
        self.open.append(_Branch(holds, place))

    def _put(self, value: Any, event: Event, *, unread: bool = False) -> None:
        place, line = self._next_place(), _line(event)
        if unread:
            self.tree.unread.add(place)
        if not self.open:
            if self.documents < 2:
                self.tree.data = value
                self.tree.lines[()] = line
            return
        branch = self.open[-1]
        if isinstance(branch.holds, list):
            branch.holds.append(value)
        else:
            assert branch.key is not None or unread
            line = branch.key_line or line
            if branch.key is not None and not branch.twice:
                branch.holds[branch.key] = value
            branch.key, branch.twice, branch.key_line = None, False, 0
        self.tree.lines.setdefault(place, line)


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _value(event: ScalarEvent) -> Any:
    """A scalar as YAML understands it; dates stay text, for no questionnaire holds one."""
    if event.tag or not event.implicit[0] or len(event.value) > LONGEST_NUMBER:
        return event.value
    tag = _resolver.resolve(yaml.ScalarNode, event.value, (True, False))
    if tag not in _MADE:
        return event.value
    try:
        return _MADE[tag](yaml.ScalarNode(tag, event.value))
    except ValueError:
        return event.value


def _unreadable(error: yaml.YAMLError, text: str) -> Fault:
    begun, met = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    context, problem = getattr(error, "context", None) or "", getattr(error, "problem", None) or "not YAML"
    advice = next((said for known, said in PROBLEMS if known in f"{context}: {problem}"), "")
    # What was opened and never closed is noticed only at the end, and mended where it began.
    mark = begun if begun and any(opened in context for opened in ("quoted", "flow")) else met or begun
    return Fault(
        min(int(mark.line) + 1, len(text.splitlines())) if mark else 1,
        "",
        advice or f"Check the indentation and the quotes: this line cannot be read ({problem}).",
    )


def _holds(here: Any, step: str | int) -> bool:
    if isinstance(here, dict):
        return step in here
    return isinstance(here, list) and isinstance(step, int) and step < len(here)


def _name(item: Any, position: int) -> str:
    """How an item of a list is called: by its number, key or code, else by its place from 1."""
    if isinstance(item, dict):
        for key in ("number", "code", "step", "key"):
            if said := plain(item.get(key)):
                return said[:40]
    return f"#{position + 1}"
