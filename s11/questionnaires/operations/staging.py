"""Moving an edition on: into review, approved, back to draft, into the archive."""

from datetime import date
from typing import Any

from flask import current_app

from s11.core import clock
from s11.core.errors import DomainError, Invalid, Stale
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.people import queries as people
from s11.people.models import Person
from s11.questionnaires import queries, stages
from s11.questionnaires.filing import file_of
from s11.questionnaires.lineage import breaks
from s11.questionnaires.models import Edition
from s11.questionnaires.permissions import REVIEWERS
from s11.questionnaires.stages import Act, Stage
from s11.trail import operations as trail


def put_in_review(edition: Edition, *, note: str = "", until: date | None = None, by: Person) -> None:
    """Ask the Board's people for their comments, by a day if one is named. A second click changes nothing."""
    if edition.stage == Stage.IN_REVIEW:
        return
    stages.check_comments_by(until, today=clock.today())
    told = {"note": note.strip(), "until": until.isoformat() if until else ""}
    move(edition, Act.REVIEW, by=by, **told)
    _tell(edition, until, by)


def take_out_of_review(edition: Edition, *, reason: str = "", by: Person) -> None:
    """Back to draft. Its comments stay with it."""
    if edition.stage != Stage.DRAFT:
        move(edition, Act.WITHDRAW, by=by, reason=reason.strip())


def approve(
    edition: Edition,
    *,
    approved_by: str,
    meeting: str,
    on: date,
    despite: bool = False,
    version: int | None = None,
    by: Person,
) -> None:
    """Record that a sub-group or a person approved the edition.

    `version` is that of the edition as it was on the page: what changed since was not approved.
    Raises NotReady while the edition does not follow the one before it, and Invalid while comments are
    not resolved, unless it was approved `despite` them.
    """
    given = (approved_by.strip(), meeting.strip(), on)
    if edition.stage == Stage.APPROVED and given == _approval(edition):
        return  # a second click
    stages.next_stage(edition.code, Stage(edition.stage), Act.APPROVE)
    if version is not None and version != edition.version:
        raise Stale(
            f"{edition.code} was changed since you opened this page. Read what changed, then record it."
        )
    stages.check_approval(approved_by, meeting, on, today=clock.today())
    if to_mend := mending(edition):
        raise stages.NotReady(edition.code, to_mend)
    unresolved = queries.unresolved_comments(edition.id)
    stages.check_unresolved(unresolved, despite=despite)
    edition.approved_by, edition.approved_at_meeting, edition.approved_on = given
    move(
        edition, Act.APPROVE, by=by, approved_by=given[0], meeting=given[1], on=on.isoformat(),
        unresolved=unresolved,
    )  # fmt: skip


def back_to_draft(edition: Edition, *, reason: str, by: Person) -> None:
    """Take back an approval, so that the words can be changed and approved anew."""
    if edition.stage == Stage.DRAFT:
        return  # a second click
    stages.next_stage(edition.code, Stage(edition.stage), Act.REOPEN)
    if not reason.strip():
        raise Invalid("Say why it goes back to draft. The reason stays with the edition.", field="reason")
    edition.approved_by, edition.approved_at_meeting, edition.approved_on = "", "", None
    move(edition, Act.REOPEN, by=by, reason=reason.strip())


def archive(edition: Edition, *, by: Person) -> None:
    """No new cycle can ask it; it stays to be read, and cycles that ask it go on."""
    if edition.stage != Stage.ARCHIVED:
        move(edition, Act.ARCHIVE, by=by)


def move(edition: Edition, act: Act, *, by: Person | None, **told: Any) -> None:
    """Write the stage and the trail's entry of it, together."""
    if edition.partnership_id is None:
        raise DomainError(stages.FROM_A_FILE.format(code=edition.code))
    before = Stage(edition.stage)
    edition.stage = stages.next_stage(edition.code, before, act)
    edition.version += 1
    trail.record(
        stages.TAGS[act],
        edition.id,
        by=by,
        partnership_id=edition.partnership_id,
        before={"stage": before},
        after={"stage": edition.stage, "code": edition.code, **told},
    )


def mending(edition: Edition) -> list[str]:
    """What has to be mended before the edition can be approved."""
    if edition.predecessor is None:
        return []
    return breaks(file_of(edition), file_of(edition.predecessor))


def _approval(edition: Edition) -> tuple[str, str, date | None]:
    return edition.approved_by, edition.approved_at_meeting, edition.approved_on


def _tell(edition: Edition, until: date | None, by: Person) -> None:
    """Mail to whoever reviews. It holds no word of the questionnaire: those are behind the sign-in."""
    assert edition.partnership_id is not None
    address = f"{current_app.config['S11'].address}/questionnaires/{edition.code}/review"
    wanted = f" by {until.day} {until:%B %Y}" if until else ""
    for person in people.of_partnership(edition.partnership_id, *REVIEWERS):
        if person.id == by.id:
            continue
        queue(
            to_address=person.email,
            to_name=person.name,
            subject=f"{edition.title}: your comments are wanted{wanted}",
            body=f"Dear {person.name},\n\n{edition.title} ({edition.code}) is in review. "
            f"Your comments are wanted{wanted}.\n\nSign in to read what changed and to comment:\n{address}\n",
            kind=Kind.TASK,
            partnership_id=edition.partnership_id,
        )
