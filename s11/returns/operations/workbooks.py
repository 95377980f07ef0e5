"""A workbook sent for a return: kept until somebody has decided about it, then put into the answers."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.core.storage import files
from s11.evidence.models import Upload
from s11.people.models import Person
from s11.returns.merging import Said
from s11.returns.models import Return
from s11.returns.operations.answering import AnswerChange, save_answers
from s11.returns.operations.entering import FieldChange, save_fields
from s11.returns.operations.staging import check_open
from s11.returns.queries.workbooks import meant_for, workbooks_of
from s11.returns.rules import Act, Stage, next_stage
from s11.trail.operations import record

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GONE = "This workbook is no longer kept here: it is kept for a day. Choose it again."


@dataclass(frozen=True)
class Loaded:
    """What became of a workbook: how many answers and fields were kept, and how many stood in the way."""

    kept: int
    conflicts: int


def check_loadable(return_: Return) -> None:
    """Refuse a workbook for a return that takes no answers."""
    check_open(return_)
    next_stage(Stage(return_.stage), Act.SAVE)


def keep_workbook(return_: Return, data: bytes, name: str, *, by: Person) -> Upload:
    """Keep a workbook that was read, in place of what the same person sent before."""
    for earlier in workbooks_of(return_, by):
        drop_workbook(earlier)
    stored = files().save(io.BytesIO(data))
    upload = Upload(
        organisation_id=return_.organisation_id,
        purpose=meant_for(return_),
        file_name=name[:200],
        media_type=XLSX,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.key,
        person_id=by.id,
        person_name=by.name,
        at=clock.now(),
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def content_of(upload: Upload) -> bytes:
    """The bytes of a workbook that is kept. Raises Invalid where it is gone."""
    try:
        with files().open(upload.storage_key) as held:
            return held.read()
    except (OSError, KeyError):
        raise Invalid(GONE, field="file") from None


def mark_applied(upload: Upload) -> None:
    """Keep a workbook only to show what could not be read in it: the rest has been decided about."""
    upload.purpose = {**upload.purpose, "applied": True}
    db.session.flush()


def is_applied(upload: Upload) -> bool:
    return bool(upload.purpose.get("applied"))


def drop_workbook(upload: Upload) -> None:
    """Keep a workbook no longer."""
    files().delete(upload.storage_key)
    db.session.delete(upload)
    db.session.flush()


def load_workbook(
    return_: Return,
    answers: Sequence[tuple[int, int, Said]],
    fields: Sequence[FieldChange],
    *,
    by: Person,
) -> Loaded:
    """Put what was shown and confirmed into the answers: criterion, the version shown, and what to say.

    Whatever somebody has changed since it was shown is merged part by part, as with any save.
    """
    changes = [
        AnswerChange(
            criterion_id=criterion_id,
            version=version,
            level_id=said.rating.level_id,
            not_applicable=said.rating.not_applicable,
            not_applicable_reason=said.not_applicable_reason,
            commentary=said.commentary,
            strengths=said.strengths,
            shortfalls=said.shortfalls,
            come_back=said.come_back,
        )
        for criterion_id, version, said in answers
    ]
    saved = save_answers(return_, changes, by=by)
    entered = save_fields(return_, fields, by=by)
    loaded = Loaded(len(saved.kept) + len(entered.kept), len(saved.conflicts) + len(entered.conflicts))
    if loaded.kept:
        record(
            "return:workbook:loaded",
            return_.id,
            by=by,
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
            after={"changes": loaded.kept},
        )
    return loaded
