"""What a page of the day sends: many entries in one form, each box named by its part and its entry."""

from collections.abc import Iterator
from typing import Any

from s11.actions.forms import plain
from s11.challenge.live.operations import Typed
from s11.challenge.live.rules import KEY, PARTS

ENTRIES_AT_MOST = 200
TOKEN_LONGEST = 120


def box(part: str, key: str) -> str:
    """The name of an entry's box: answer-q2abcd."""
    return f"{part.replace('_', '')}-{key}"


def read_entries(form: Any) -> list[Typed]:
    """The entries a form brings, in its order; what names none is left out."""
    return [read_entry(form, key) for key in _keys(form)]


def _keys(form: Any) -> Iterator[str]:
    found = (name[1:] for name in list(form)[: ENTRIES_AT_MOST * (len(PARTS) + 3)] if name.startswith("v"))
    return (key for key in found if KEY.fullmatch(key))


def read_entry(form: Any, key: str) -> Typed:
    """One entry, with the parts whose boxes were sent: an action in the plan has none."""
    sent = {part: form.get(box(part, key)) for part in PARTS}
    said = {part: plain(text) or "" for part, text in sent.items() if text is not None}
    return Typed(
        key=key,
        token=form.get(f"v{key}", "")[:TOKEN_LONGEST],
        said=said,
        ready=bool(form.get(f"ready-{key}")),
    )
