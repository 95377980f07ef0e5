"""What the views that show and save fields have in common."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for

from s11.evidence import queries as documents
from s11.evidence.models import Revision
from s11.questionnaires.rules import FieldContent
from s11.returns import queries
from s11.returns.forms import TypedField
from s11.returns.models import FieldAnswer, Return
from s11.returns.operations import Entered
from s11.returns.pages import FieldState
from s11.returns.rules import Gap


def state_of_fields(
    return_: Return,
    *,
    typed: Sequence[TypedField] = (),
    entered: Entered | None = None,
    gaps: Iterable[Gap] = (),
    subjects: Sequence[tuple[int, Sequence[FieldContent]]] = (),
) -> FieldState:
    """What a page needs to show the fields of a return.

    `typed`: what was sent and could not all be kept; without `entered` none of it was. `subjects`: which
    fields stand where on the page, to mark those that `gaps` names.
    """
    asks_any = any(True for _, fields in subjects for _ in fields)
    entries = queries.field_answers(return_.id) if asks_any else {}
    conflicts = frozenset((c.field_id, c.subject_id) for c in entered.conflicts) if entered else frozenset()
    again = {one.place: one for one in typed if entered is None or one.typed.fault or one.place in conflicts}
    lacking = {gap.field for gap in gaps if gap.field}
    missing: dict[int, set[int]] = {}
    for subject_id, fields in subjects:
        for field in fields:
            if field.id in lacking and not _filled(entries.get((field.id, subject_id))):
                missing.setdefault(field.id, set()).add(subject_id)
    empty = [f for s, fields in subjects for f in fields if f.prefill and (f.id, s) not in entries]
    register = queries.from_register(return_, empty) if empty else {}
    return FieldState(entries, _files_in(entries.values(), subjects), again, conflicts, missing, register)


def _filled(entry: FieldAnswer | None) -> bool:
    return entry is not None and entry.value not in (None, "", [])


def _files_in(
    entries: Iterable[FieldAnswer], subjects: Sequence[tuple[int, Iterable[FieldContent]]]
) -> dict[str, Revision]:
    kinds = {field.id: field.kind for _, fields in subjects for field in fields}
    refs = [entry.value for entry in entries if kinds.get(entry.field_id) == "file" and entry.value]
    return documents.revisions_by_ref(refs) if refs else {}


def faultless(typed: Sequence[TypedField]) -> list[TypedField]:
    return [one for one in typed if not one.typed.fault]


def place_of_gap(return_: Return, gap: Gap, *, check: bool = True) -> str:
    """The address at which something missing can be mended; `check` marks there what is missing."""
    marked: dict[str, Any] = {"check": 1} if check else {}
    if not gap.standard_number:
        return url_for("returns.about", ref=return_.ref, **marked)
    anchor = f"q{gap.number}" if gap.number != gap.standard_number else "own-fields"
    return url_for("returns.standard", ref=return_.ref, number=gap.standard_number, _anchor=anchor, **marked)
