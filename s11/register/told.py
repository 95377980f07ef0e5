"""What later rooms know of an organisation, printed on its page.

Rooms see only those above them, and returns, calls and requests for evidence come after the register. So
`create_app`, which knows every room, names a function for each section:

    sections_told_by(app, returns=returns_of_an_organisation)

The function takes the organisation, the id of the partnership whose page it is, and the person who looks.
It gives a `Section`, or None where there is nothing that this person may see: the page shows what it is
given and asks no more questions. Sections stand in the order in which they were named.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app

from s11.organisations.models import Organisation
from s11.people.models import Person

EXTENSION = "s11-told-of-organisations"


@dataclass(frozen=True)
class Line:
    """One thing: what it is, when (as words), how it stands (a tag and its kind), and where it is."""

    what: str
    when: str = ""
    status: str = ""
    status_kind: str = "todo"
    href: str | None = None
    # Something is still wanted of the organisation: named when it has closed or left.
    waits: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with its lines, the newest first; `href` leads to all of them."""

    title: str
    lines: tuple[Line, ...]
    href: str | None = None


Teller = Callable[[Organisation, int, Person], Section | None]


def sections_told_by(app: Flask, **tellers: Teller) -> None:
    """Let later rooms tell what they know, each under a name of its own."""
    app.extensions.setdefault(EXTENSION, {}).update(tellers)


def sections_of(organisation: Organisation, partnership_id: int, person: Person) -> list[Section]:
    """What the rooms named at start have to say of an organisation to this person."""
    tellers: dict[str, Teller] = current_app.extensions.get(EXTENSION, {})
    told = (teller(organisation, partnership_id, person) for teller in tellers.values())
    return [section for section in told if section is not None and section.lines]
