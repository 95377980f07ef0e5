"""Asking many organisations at once: begun in one transaction, done in small ones, each exactly once.

What an issue still has to do stands in its lines, so that whoever finds it, be it a page, a command or the
clock, carries it on from where it was stopped. A line of a group that has not opened waits for its day.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, update

from s11.core import clock
from s11.core.database import db, put_all
from s11.core.errors import DomainError, Invalid
from s11.cycles import queries
from s11.cycles.models import Cycle, Issue, IssueLine, SubmissionGroup
from s11.cycles.operations.planning import check_narrowed
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires import operations as questionnaires
from s11.trail.operations import record

BATCH = 50  # organisations asked in one transaction


@dataclass(frozen=True)
class ToAsk:
    """One organisation of an issue: in which group, and why it is exempt from the start, if it is."""

    organisation: Organisation
    group: SubmissionGroup | None = None
    exempt_reason: str = ""


def begin_issue(
    cycle: Cycle, wanted: Iterable[ToAsk], *, tells: bool = True, by: Person | None = None
) -> Issue:
    """Write down whom to ask. Of two that begin at once the second finds nobody left to ask."""
    db.session.refresh(cycle, attribute_names=["issued_at", "closed_at"], with_for_update=True)
    if cycle.closed_at is not None:
        raise Invalid("This cycle is closed, so nobody can be asked any more.")
    check_narrowed(cycle)
    known = queries.asked_ids(cycle.id) | queries.waiting_ids(cycle.id)
    new = [one for one in wanted if one.organisation.id not in known]
    if not new:
        raise Invalid("Nobody is left to ask: everybody named is asked already.")
    if cycle.issued_at is None:
        questionnaires.freeze(cycle.edition, by=by)
        cycle.issued_at = clock.now()
    issue = Issue(cycle=cycle, by=by, by_name=by.name if by else "", tells=tells, started_at=clock.now())
    db.session.add(issue)
    db.session.flush()
    put_all(IssueLine, [_line(issue, one) for one in new])
    record(
        "cycle:issue:begun",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        after={"organisations": len(new)},
    )
    return issue


def _line(issue: Issue, one: ToAsk) -> dict[str, object]:
    return {
        "issue_id": issue.id,
        "organisation_id": one.organisation.id,
        "group_id": one.group.id if one.group else None,
        "exempt_reason": one.exempt_reason[:300],
    }


def stop_waiting(cycle: Cycle, *, by: Person | None = None) -> int:
    """Ask nobody any more of those who wait for the day their group opens; how many these were.

    Whoever is asked stays asked. A cycle in which nobody was is a plan again.
    """
    db.session.refresh(cycle, attribute_names=["issued_at", "closed_at"], with_for_update=True)
    issues = queries.unfinished_of(cycle.id)
    later = [group.id for group in queries.groups(cycle.id) if group.opens_on > clock.today()]
    stopped = db.session.scalars(
        delete(IssueLine)
        .where(IssueLine.issue_id.in_([issue.id for issue in issues]))
        .where(IssueLine.group_id.in_(later), IssueLine.done_at.is_(None))
        .returning(IssueLine.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not stopped:
        raise DomainError("Nobody waits to be asked any more: they were asked, or it was stopped already.")
    unfinished = [issue for issue in issues if not finish_if_done(issue)]
    if not unfinished and not queries.asked_ids(cycle.id):
        cycle.issued_at = None
    record(
        "cycle:issue:stopped",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        after={"organisations": len(stopped)},
    )
    return len(stopped)


def claim(issue: Issue, at_most: int = BATCH) -> list[IssueLine]:
    """Take the next lines whose day has come, for the work in hand: nobody else gets them.

    They are done when the work in hand is kept, and free again when it is not.
    """
    ids = queries.due_line_ids(issue.id, at_most)
    taken = set(
        db.session.scalars(
            update(IssueLine)
            .where(IssueLine.id.in_(ids), IssueLine.done_at.is_(None))
            .values(done_at=clock.now())
            .returning(IssueLine.id)
            .execution_options(synchronize_session=False)
        )
    )
    return [line for line in queries.lines(sorted(taken)) if line.id in taken]


def finish_if_done(issue: Issue) -> bool:
    """Close an issue of which nothing is left."""
    if issue.finished_at is None and not queries.has_lines_left(issue.id):
        issue.finished_at = clock.now()
    return issue.finished_at is not None
