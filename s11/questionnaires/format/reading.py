"""Reading a questionnaire file: every fault at once, each with its line and what to do."""

from collections.abc import Callable, Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from s11.questionnaires.format.checks import complaints
from s11.questionnaires.format.faults import Fault, Faults, Place
from s11.questionnaires.format.shape import PARTS, QuestionnaireFile, known_keys, nearest, unprintable
from s11.questionnaires.format.tree import Tree, grow
from s11.questionnaires.format.writing import write

LARGEST = 2 * 1024 * 1024  # bytes; the largest real questionnaire is a twentieth of it

EXAMPLES = {
    "format": "format: 1",
    "code": "a short code, for example code: S11-2026",
    "year": "year: 2026",
    "sign_off": "sign_off, and one line for each signature, as in - {step: lead, label: Safeguarding lead}",
    "not_applicable": "not_applicable: {allowed: true, meaning: ...}",
    "meaning": "meaning, the words printed for this level",
    "reason": "reason: why?",
    "number": 'number: "1.1"',
}


def read(text: str, name: str = "questionnaire") -> QuestionnaireFile:
    """The questionnaire a text holds. Raises Faults with everything there is to mend.

    `name` is what the file is called in messages.
    """
    _check_text(text, name)
    tree = grow(text, name)
    if not isinstance(tree.data, dict):
        raise Faults(name, [*tree.faults, Fault(1, "", "Begin the file with the line: format: 1")])
    file, faults = _shaped(tree)
    faults += tree.faults
    faults += [
        Fault(tree.line(place), tree.path(place), sentence)
        for place, sentence in complaints(tree.data)
        if not tree.is_unread(place)
    ]
    if faults or file is None:
        raise Faults(name, faults)
    return file.tidied()


def checked(file: QuestionnaireFile) -> QuestionnaireFile:
    """The same file, put through every check a file read from disk goes through."""
    return read(write(file), file.edition.code)


def _check_text(text: str, name: str) -> None:
    if not text.strip():
        raise Faults(name, [Fault(1, "", "Write a questionnaire into this file: it is empty.")])
    if len(text.encode("utf-8", "replace")) > LARGEST:
        raise Faults(name, [Fault(1, "", f"Make the file smaller than {LARGEST // 1024 // 1024} MB.")])
    faults = [
        Fault(at, "", _odd(odd))
        for at, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
        if (odd := unprintable(line))
    ]
    if faults:
        raise Faults(name, faults)


def _odd(char: str) -> str:
    if char == "\t":
        return "Use spaces in place of the tab."
    return f"Remove the character U+{ord(char):04X}: it cannot be printed."


def _shaped(tree: Tree) -> tuple[QuestionnaireFile | None, list[Fault]]:
    try:
        return QuestionnaireFile.model_validate(tree.data, by_name=False, by_alias=True), []
    except ValidationError as error:
        return None, list(_faults(tree, error.errors(include_url=False)))


def _faults(tree: Tree, errors: list[ErrorDetails]) -> Iterator[Fault]:
    for error in errors:
        place = tuple(step for step in error["loc"] if step != "[key]")
        if not tree.is_unread(place):
            sentence = SENTENCES.get(error["type"], _other)(error, place, tree)
            yield Fault(tree.line(place), tree.path(place), sentence)


def _missing(error: ErrorDetails, place: Place, tree: Tree) -> str:
    key = str(place[-1])
    return f"Add {EXAMPLES.get(key, f'{key}: ...')}"


def _unknown_key(error: ErrorDetails, place: Place, tree: Tree) -> str:
    part = PARTS[tuple(step for step in place[:-1] if isinstance(step, str))]
    known = known_keys(part)
    return f"Unknown key {str(place[-1])[:80]!r}. {nearest(str(place[-1]), known)}"


def _not_text(error: ErrorDetails, place: Place, tree: Tree) -> str:
    value = error["input"]
    if value is None:
        return _nothing(place)
    if isinstance(value, dict | list):
        return "Write plain text here; put it in double quotes if it holds a colon, a bracket or a dash."
    return f'Put it in double quotes: "{tree.typed.get(place, value)}".'


def _nothing(place: Place) -> str:
    """A key, or the dash of an item, with nothing after it."""
    key = place[-1]
    if isinstance(key, int):
        return "Write something after the dash, or leave the line out."
    part = PARTS.get(tuple(step for step in place[:-1] if isinstance(step, str)))
    field = part.model_fields.get(key) if part else None
    needed = field is not None and field.is_required()
    return (
        f"Write something after '{key}:'." if needed else f"Write something after '{key}:', or leave it out."
    )


def _wanted(sentence: str) -> Callable[[ErrorDetails, Place, Tree], str]:
    return lambda error, place, tree: sentence


def _range(error: ErrorDetails, place: Place, tree: Tree) -> str:
    limits = error.get("ctx", {})
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    said = " and ".join(f"{words[key]} {limit:,g}" for key, limit in limits.items() if key in words)
    return f"Write a number that is {said}." if "year" not in place else "Write a year, for example 2026."


def _too_few(error: ErrorDetails, place: Place, tree: Tree) -> str:
    needed = error.get("ctx", {}).get("min_length", 1)
    what = {"levels": "levels", "standards": "standard", "criteria": "criterion", "sign_off": "step"}
    return f"Write at least {'two' if needed == 2 else 'one'} {what.get(str(place[-1]), 'item')} here."


def _other(error: ErrorDetails, place: Place, tree: Tree) -> str:
    return f"Change this: {error['msg'][:1].lower()}{error['msg'][1:]}."


WHOLE = "Write a whole number here without quotes, for example 3."
NUMBER = "Write a number here without quotes, for example 3 or 0.5."
KEYS = "Write keys with their values here, one on each line and indented."
SENTENCES: dict[str, Callable[[ErrorDetails, Place, Tree], str]] = {
    "fault": lambda error, place, tree: error["msg"],
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "string_type": _not_text,
    "int_type": _wanted(WHOLE),
    "int_from_float": _wanted(WHOLE),
    "float_type": _wanted(NUMBER),
    "finite_number": _wanted(NUMBER),
    "bool_type": _wanted("Write true or false here, without quotes."),
    "list_type": _wanted("Write a list here: each item on a line of its own that begins with a dash."),
    "dict_type": _wanted(KEYS),
    "model_type": _wanted(KEYS),
    "literal_error": _wanted("Write format: 1, the only format there is."),
    "greater_than": _range,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "too_short": _too_few,
}
