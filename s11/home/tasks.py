"""A thing to do, as home shows it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Task:
    """Something to do: what, how it stands, and where to do it."""

    title: str
    hint: str
    href: str
    status: str
    status_kind: str
    action: str = ""
    due_on: date = date.max
    for_another: bool = False  # somebody else is named for it: it stands behind what waits for this person


def short(text: str, most: int = 110) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= most else f"{text[: most - 3].rsplit(' ', 1)[0]}…"
