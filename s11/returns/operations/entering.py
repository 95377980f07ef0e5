"""Entering what fields ask: about the whole return, in a standard, beside a criterion."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.evidence.models import Revision
from s11.evidence.rules import check_no_virus
from s11.people.models import Person
from s11.questionnaires.fields import is_empty
from s11.questionnaires.rules import FieldContent
from s11.returns import queries
from s11.returns.models import FieldAnswer, Return
from s11.returns.operations.answering import said_by, write
from s11.returns.operations.staging import check_open, count_answered, drop_section_signatures, hold
from s11.returns.rules import Act, Stage, next_stage, stays_as_submitted
from s11.trail.operations import record
from s11.trail.rules import Guest

Place = tuple[int, int]  # the field's id, and the standard or criterion it is asked for (0: the whole return)


@dataclass(frozen=True)
class FieldChange:
    """What somebody wants one field to hold, and the version they had before them (0: none yet)."""

    field_id: int
    subject_id: int
    version: int
    value: Any
    touched: bool = True  # False: the page sent it as it found it, so somebody's newer entry stands

    @property
    def place(self) -> Place:
        return self.field_id, self.subject_id


@dataclass(frozen=True)
class Entered:
    """What became of it: the places kept, and the newer entries that stood in the way."""

    kept: tuple[Place, ...]
    conflicts: tuple[FieldAnswer, ...]


def save_fields(return_: Return, changes: Sequence[FieldChange], *, by: Person | Guest | None) -> Entered:
    """Keep every change that rests on the newest version of its field."""
    if not changes:
        return Entered((), ())
    hold(return_)
    check_open(return_)
    stage = next_stage(Stage(return_.stage), Act.SAVE)
    places = _places(return_)
    if any(change.place not in places for change in changes):
        raise DomainError("This is not asked of your organisation. Open the page again.")
    known = queries.field_answers(return_.id, newest=True)
    kept, conflicts = [], []
    whole = {standard.id: standard for standard in queries.edition_of(return_).standards}
    for change in changes:
        entry = known.get(change.place)
        if (entry.value if entry else None) == change.value or (entry is None and is_empty(change.value)):
            continue
        field, standard_id = places[change.place]
        if not queries.field_came_back(return_, field, change.subject_id, whole.get(standard_id)):
            raise DomainError(stays_as_submitted(f"“{field.label}”"))
        if entry is not None and entry.version != change.version:
            if not change.touched:
                continue
            conflicts.append(entry)
            continue
        if entry is None:
            entry = FieldAnswer(
                return_id=return_.id, field_id=change.field_id, subject_id=change.subject_id, version=0
            )
            db.session.add(entry)
        write_field(entry, change.value, by=by)
        kept.append(change.place)
    if kept:
        return_.stage = stage
        return_.last_saved_at = clock.now()
        record(
            "return:fields:saved",
            return_.id,
            by=by,
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
            after={"fields": [places[place][0].label for place in kept]},
        )
        confirm_touched(return_, kept, by=by)
        changed = {places[place][1] for place in kept}
        drop_section_signatures(return_, changed, by=by)
        count_answered(return_)
    db.session.flush()
    return Entered(tuple(kept), tuple(conflicts))


def _places(return_: Return) -> dict[Place, tuple[FieldContent, int]]:
    """Every place of the edition that can hold something: its field, and the standard it stands in.

    Also what is not asked just now: an earlier answer may have closed it while somebody typed.
    """
    edition = queries.edition_of(return_)
    places = {(field.id, 0): (field, 0) for field in edition.fields}
    for standard in edition.asked_standards:
        places |= {(field.id, standard.id): (field, standard.id) for field in standard.fields}
        for criterion in standard.criteria:
            places |= {(field.id, criterion.id): (field, standard.id) for field in criterion.fields}
    return places


def confirm_touched(return_: Return, kept: Collection[Place], *, by: Person | Guest | None) -> None:
    """Whoever changes a field beside an answer that was taken over has reviewed it."""
    # A field of a standard names the standard by an id that may be some criterion's too.
    beside = {field.id for criterion in queries.edition_of(return_).criteria for field in criterion.fields}
    touched = [subject_id for field_id, subject_id in kept if field_id in beside]
    for answer in queries.answers_to(return_.id, touched).values() if touched else ():
        if answer.carried:
            write(answer, said_by(answer), by=by)


def write_field(entry: FieldAnswer, value: Any, *, by: Person | Guest | None, carried: bool = False) -> None:
    """Let a field hold this. Whoever writes has seen it: it is not carried then."""
    entry.value = value
    entry.carried = carried
    entry.version += 1
    entry.updated_at = clock.now()
    if isinstance(by, Guest):
        entry.updated_by_id, entry.updated_by_name = None, f"{by.name}, by personal link"
    else:
        entry.updated_by_id, entry.updated_by_name = (by.id, by.name) if by else (None, "")


def put_file(return_: Return, place: Place, revision: Revision | None, *, by: Person) -> None:
    """Let a field that asks for a file hold this one, or none. The document stays in the library."""
    field, _ = _places(return_).get(place, (None, 0))
    if field is None or field.kind != "file":
        raise DomainError("This does not ask for a file. Open the page again.")
    if revision is not None and revision.document.organisation_id != return_.organisation_id:
        raise Invalid("This document belongs to another organisation.")
    if revision is not None:
        check_no_virus(revision, revision.file_name)
    entry = queries.field_answers(return_.id).get(place)
    version = entry.version if entry else 0
    save_fields(return_, [FieldChange(*place, version, revision.ref if revision else None)], by=by)
