"""Asking organisations, and giving each its return."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from s11.core import clock
from s11.core.database import put_all
from s11.cycles import operations as cycles
from s11.cycles import queries as cycle_queries
from s11.cycles.models import Cycle, Invitation, Issue, SubmissionGroup
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.returns import queries
from s11.returns.models import Return
from s11.returns.operations.letters import write_letters


def issue(
    cycle: Cycle,
    organisations: Iterable[Organisation],
    *,
    groups: Mapping[int, SubmissionGroup] = MappingProxyType({}),
    exempt_for: Mapping[int, str] = MappingProxyType({}),
    by: Person | None = None,
    tell: bool = True,
) -> list[Return]:
    """Invite organisations that are not asked yet, open a return for each, and write to their leads.

    `groups` and `exempt_for` are by the organisation's id; who is exempt from the start gets no letter.
    """
    invited = cycles.invite(cycle, organisations, groups=groups, exempt_for=exempt_for, by=by)
    if not invited:
        return []
    put_all(Return, [_row(one) for one in invited])
    if tell:
        write_letters(cycle, [one for one in invited if one.exempted_at is None])
    return queries.of_invitations([one.id for one in invited])


def _row(invitation: Invitation) -> dict[str, object]:
    return {
        "invitation_id": invitation.id,
        "cycle_id": invitation.cycle_id,
        "organisation_id": invitation.organisation_id,
        "created_at": clock.now(),
    }


def carry_on(begun: Issue, at_most: int = cycles.BATCH) -> int:
    """Ask the next organisations of an issue, each exactly once; how many were taken in hand.

    An organisation that has closed or left since is passed over.
    """
    lines = cycles.claim(begun, at_most)
    here = cycle_queries.here_among([line.organisation_id for line in lines], begun.cycle.partnership_id)
    groups = {group.id: group for group in cycle_queries.groups(begun.cycle_id)}
    wanted = [line for line in lines if line.organisation_id in here]
    issue(
        begun.cycle,
        [line.organisation for line in wanted],
        groups={line.organisation_id: groups[line.group_id] for line in wanted if line.group_id},
        exempt_for={line.organisation_id: line.exempt_reason for line in wanted if line.exempt_reason},
        by=begun.by,
        tell=begun.tells,
    )
    cycles.finish_if_done(begun)
    return len(lines)
