"""A school beside the others of its phase, without names, from the day the cycle closes."""

from datetime import date, datetime, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.analysis.lazy import benchmarking, frames
from s11.analysis.rules import levels_of
from s11.core import clock
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.questionnaires import queries as questionnaires
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.queries import Submitted
from s11.returns.rules import RETURNED, Stage
from s11.schools import permissions, rules
from s11.schools.pages.beside import parts
from s11.schools.views.blueprint import schools
from s11.web.guards import guard


@schools.get("/returns/<ref>/beside")
@guard(returns.by_ref, see=permissions.can_compare)
def beside(return_: Return) -> ResponseReturnValue:
    """One's own ratings beside those of others, or when they can be seen."""
    cycle, organisation = return_.cycle, return_.organisation
    since = closed_since(cycle)
    group = rules.group_of(organisation.kind, organisation.phase)
    fewest = cycle.partnership.small_group
    told = returns.submitted_by(cycle.id, since) if since else []
    others = strangers(told, group, return_)
    edition = questionnaires.content(cycle.edition)
    levels = levels_of(edition)
    own = own_submitted(return_, told)
    shown = own is not None and since is not None and len(others) >= fewest
    return render_template(
        "schools/beside.html",
        return_=return_,
        cycle=cycle,
        closed_on=closed_on(since) if since else None,
        group=rules.several(group),
        others=len(others) if len(others) >= fewest else None,
        own=own,
        fewest=fewest,
        levels=levels,
        parts=parts(
            benchmarking.lines(frames.of_submitted(edition, [own]), levels),
            benchmarking.of_many(frames.of_submitted(edition, others), levels, fewest),
            edition.standards,
            levels,
            called=f"{len(others)} others",
        )
        if shown and own
        else [],
        counting=[rule.format(fewest=fewest) for rule in rules.BESIDE_RULES],
        came_late=own is not None and since is not None and own.submitted_at > since,
    )


def closed_on(since: datetime) -> date:
    """The day that is said: a cycle that closes with the end of its last day has closed on that day."""
    return clock.local(since - timedelta(microseconds=1)).date()


def stands_beside(return_: Return) -> bool:
    """Whether this person is led to a return beside others: it is in, and its cycle has closed."""
    return (
        Stage(return_.stage) in RETURNED
        and permissions.can_compare(current_user, return_)
        and closed_since(return_.cycle) is not None
    )


def closed_since(cycle: Cycle) -> datetime | None:
    """When a cycle closed, the last of its groups too; None while anybody of it still answers."""
    last = None
    if cycle.closes_on is not None:
        days = [group.closes_on for group in cycles.groups(cycle.id) if group.closes_on is not None]
        last = clock.end_of(max([cycle.closes_on, *days]), cycle.partnership.time_zone)
    return rules.closed_since(last, cycle.closed_at, clock.now())


def strangers(told: list[Submitted], group: str, return_: Return) -> list[Submitted]:
    """The others of the group: whoever belongs to several schools knows the answers of all of them, and
    could take them from the sum."""
    known = current_user.bound_to | {return_.organisation_id}
    return [
        one
        for one in told
        if one.organisation_id not in known and rules.group_of(one.kind, one.phase) == group
    ]


def own_submitted(return_: Return, told: list[Submitted]) -> Submitted | None:
    """What the organisation had submitted, or has since."""
    then = next((one for one in told if one.return_id == return_.id), None)
    return then or next(
        (one for one in returns.submitted(return_.cycle_id) if one.return_id == return_.id), None
    )
