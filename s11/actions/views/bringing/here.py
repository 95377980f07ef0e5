"""A plan that is being brought in, as its pages have it before them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from flask import abort

from s11.actions.bringing import operations, pages
from s11.actions.bringing.forms import PostForm, RowForm
from s11.actions.bringing.mending import Typed, mark_of, typed_of
from s11.actions.bringing.shapes import Known, Mended, Post, UnderstoodPlan, UnderstoodRow
from s11.actions.models import PlanImport

Mistakes = list[tuple[str, str | None]]


@dataclass
class Here:
    """A plan that is being brought in, as it is understood now."""

    brought: PlanImport
    known: Known = field(init=False)
    plan: UnderstoodPlan = field(init=False)
    mended: Mapping[int, Mended] = field(init=False)

    def __post_init__(self) -> None:
        self.known = operations.known_for(self.brought)
        self.plan = operations.understood(self.brought)
        self.mended = operations.mended_of(self.brought)

    @property
    def organisations(self) -> dict[str, str]:
        """The ref of each organisation by its name and short name in small letters; none for the Board."""
        board = {word.casefold(): "" for word in self.known.board_words}
        short = {short.casefold(): ref for ref, _, short in self.known.organisations if short}
        return board | short | {name.casefold(): ref for ref, name, _ in self.known.organisations}

    def name_of(self, typed: Typed | Post) -> str:
        """The organisation of an owner, or the Board's own name."""
        if typed.of_board:
            return self.brought.partnership.name
        return next((name for ref, name, _ in self.known.organisations if ref == typed.organisation_ref), "")

    @cached_property
    def posts(self) -> list[pages.ShownPost]:
        return pages.posts_of(self.plan, operations.posts_of(self.brought))

    def row(self, number: int) -> UnderstoodRow:
        found = next((row for row in self.plan.rows if row.row == number), None)
        return found if found is not None else abort(404)

    def form(self, row: UnderstoodRow, *, sent: bool = False) -> RowForm:
        """The form that mends a row: as it came back, or with what the row holds."""
        typed = typed_of(row)
        held = {
            "kind": str(typed.kind),
            "numbers": typed.numbers,
            "text": typed.text,
            "owner_name": typed.owner_name,
            "owner_role": typed.owner_role,
            "organisation": self.name_of(typed),
            "due_on": typed.due_on,
            "mark": mark_of(self.mended.get(row.row, Mended())),
        }
        prefix = f"r{row.row}-"
        if not sent:
            return RowForm(None, prefix=prefix, data=held)
        form = RowForm(prefix=prefix)
        form.organisations = self.organisations
        form.shown = RowForm.as_printed(held)
        return form


@dataclass(frozen=True)
class TypedPost:
    """What was typed about a post and could not be kept: which one, the form, and what is wrong."""

    place: int
    form: PostForm
    spellings: tuple[str, ...]
    said: Mistakes
