"""Asking organisations. Giving one of them longer, or letting it off: `longer`."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from s11.core import clock
from s11.core.database import db, put_all
from s11.cycles import queries
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.cycles.operations.planning import check_narrowed
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires import operations as questionnaires
from s11.trail.operations import record


def invite(
    cycle: Cycle,
    organisations: Iterable[Organisation],
    *,
    groups: Mapping[int, SubmissionGroup] = MappingProxyType({}),
    exempt_for: Mapping[int, str] = MappingProxyType({}),
    by: Person | None = None,
) -> list[Invitation]:
    """Ask these organisations. Issuing freezes the edition: its words cannot change from here on.

    `groups` and `exempt_for` (why it need not return) are by the organisation's id. Who is asked already is
    passed over.
    """
    db.session.refresh(cycle, attribute_names=["issued_at"], with_for_update=True)
    if cycle.issued_at is None:
        check_narrowed(cycle)
        questionnaires.freeze(cycle.edition, by=by)
        cycle.issued_at = clock.now()
    known = queries.asked_ids(cycle.id)
    new = list(dict.fromkeys(one.id for one in organisations if one.id not in known))
    put_all(Invitation, [_row(cycle, id_, groups, exempt_for) for id_ in new])
    if new:
        record(
            "cycle:invitations:sent",
            cycle.id,
            by=by,
            partnership_id=cycle.partnership_id,
            after={"organisations": len(new)},
        )
    asked = queries.invitations_of(cycle.id, new)
    return [asked[id_] for id_ in new]


def _row(
    cycle: Cycle, organisation_id: int, groups: Mapping[int, SubmissionGroup], exempt_for: Mapping[int, str]
) -> dict[str, object]:
    group = groups.get(organisation_id)
    return {
        "cycle_id": cycle.id,
        "organisation_id": organisation_id,
        "group_id": group.id if group else None,
        "exempted_at": clock.now() if organisation_id in exempt_for else None,
        "exempt_reason": exempt_for.get(organisation_id, ""),
    }
