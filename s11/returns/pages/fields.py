"""What the pages print of fields: each as it stands, or as typed when it could not be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from s11.evidence.models import Revision
from s11.questionnaires.fields import ROWS_AT_MOST, is_empty, rows, stamp, typed_again, words
from s11.questionnaires.rules import FieldContent
from s11.returns.forms import TypedField, name_of
from s11.returns.models import FieldAnswer

Place = tuple[int, int]
# Empty rows offered beneath those that are filled, and in an empty table: one where every criterion has it.
MORE_ROWS, FIRST_ROWS, FIRST_ROWS_OF_MANY = 1, 3, 1


@dataclass(frozen=True)
class NewerEntry:
    """What somebody else entered while this was being typed."""

    name: str
    at: datetime
    words: str


@dataclass(frozen=True)
class FieldPage:
    """One field on its page. `shown` is what stands in its box, `words` what is printed when it is read."""

    field: FieldContent
    name: str
    version: int
    shown: Any
    words: str
    rows: tuple[tuple[str, ...], ...]
    file: Revision | None
    error: str | None
    theirs: NewerEntry | None
    from_register: bool = False  # what stands in its box nobody has entered yet
    stamp: str = ""

    @property
    def boxes(self) -> list[Mapping[str, str]]:
        """The rows of a table to fill in: those there are, and some empty ones."""
        filled = list(self.shown)
        first = FIRST_ROWS_OF_MANY if self.field.repeated else FIRST_ROWS
        room = max(0, min(MORE_ROWS if filled else first, ROWS_AT_MOST - len(filled)))
        return filled + [dict.fromkeys((column.code for column in self.field.columns), "")] * room


@dataclass(frozen=True)
class FieldState:
    """What is known of the fields of a return while a page is made."""

    entries: Mapping[Place, FieldAnswer]
    files: Mapping[str, Revision]
    typed: Mapping[Place, TypedField]
    conflicts: frozenset[Place]
    missing: Mapping[int, set[int]]  # subject ids by field id, where something has to be filled in
    register: Mapping[int, Any] = field(default_factory=dict)  # what fills empty fields first, by field id

    def pages(self, fields: Iterable[FieldContent], subject_id: int) -> tuple[FieldPage, ...]:
        return tuple(self.page(field, subject_id) for field in fields)

    def page(self, asked: FieldContent, subject_id: int) -> FieldPage:
        place = asked.id, subject_id
        entry, typed = self.entries.get(place), self.typed.get(place)
        value = entry.value if entry else None
        known = self.register.get(asked.id) if typed is None and entry is None else None
        lacking = subject_id in self.missing.get(asked.id, ())
        conflict = place in self.conflicts and entry is not None
        return FieldPage(
            field=asked,
            name=name_of(asked, subject_id),
            version=entry.version if entry else 0,
            stamp=stamp(entry.version if entry else 0, value),
            shown=typed.typed.shown if typed else typed_again(asked, value if known is None else known),
            words="" if asked.kind == "file" else words(asked, value),
            rows=rows(asked, value) if asked.kind == "table" and not is_empty(value) else (),
            file=self.files.get(value) if asked.kind == "file" and value else None,
            error=(typed.typed.fault if typed else "") or ("Fill this in." if lacking else None),
            theirs=NewerEntry(entry.updated_by_name, entry.updated_at, words(asked, value) or "nothing")
            if conflict and entry
            else None,
            from_register=known is not None,
        )


def mistakes_of(pages: Iterable[FieldPage]) -> list[tuple[str, str | None]]:
    """Sentences for the summary at the top, each leading to its field."""
    found: list[tuple[str, str | None]] = []
    for page in pages:
        if page.error:
            found.append((f"{page.field.label}: {page.error}", f"#{page.name}"))
        elif page.theirs:
            found.append(
                (
                    f"{page.theirs.name} changed “{page.field.label}” while you were typing. Read both, put "
                    "together what should stand, and save again.",
                    f"#{page.name}",
                )
            )
    return found


def without_name(page: FieldPage) -> FieldPage:
    """A field for somebody without an account: who entered it before is not shown."""
    theirs = replace(page.theirs, name="A colleague") if page.theirs else None
    return replace(page, theirs=theirs, file=None)
