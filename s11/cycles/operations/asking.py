"""Asking organisations, giving one of them longer or letting it off."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
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
    known, now = queries.asked_ids(cycle.id), clock.now()
    asked = [
        Invitation(
            cycle=cycle,
            cycle_id=cycle.id,
            organisation=organisation,
            group=groups.get(organisation.id),
            exempted_at=now if organisation.id in exempt_for else None,
            exempt_reason=exempt_for.get(organisation.id, ""),
        )
        for organisation in organisations
        if organisation.id not in known
    ]
    db.session.add_all(asked)
    db.session.flush()
    if asked:
        record(
            "cycle:invitations:sent",
            cycle.id,
            by=by,
            partnership_id=cycle.partnership_id,
            after={"organisations": len(asked)},
        )
    return asked


def extend(invitation: Invitation, *, until: date, reason: str, by: Person | None = None) -> None:
    """Give one organisation longer; the date of everybody else stays."""
    cycle = invitation.cycle
    if until <= invitation.asked_by:
        raise Invalid(
            "The new date must lie after the date everybody has. Choose a later one.", field="until"
        )
    if not reason.strip():
        raise Invalid("Say why this organisation is given longer.", field="reason")
    before = invitation.extended_to
    invitation.extended_to, invitation.extension_reason = until, reason.strip()
    record(
        "cycle:deadline:extended",
        cycle.id,
        by=by,
        organisation_id=invitation.organisation_id,
        partnership_id=cycle.partnership_id,
        before={"until": before.isoformat() if before else None},
        after={"until": until.isoformat(), "reason": reason.strip()},
    )


def exempt(invitation: Invitation, *, reason: str, by: Person | None = None) -> None:
    """Let an organisation off this cycle, with a reason; it leaves every denominator."""
    if not reason.strip():
        raise Invalid("Say why this organisation need not return.", field="reason")
    invitation.exempted_at, invitation.exempt_reason = clock.now(), reason.strip()
    record(
        "cycle:organisation:exempted",
        invitation.cycle_id,
        by=by,
        organisation_id=invitation.organisation_id,
        partnership_id=invitation.cycle.partnership_id,
        after={"reason": reason.strip()},
    )


def ask_again(invitation: Invitation, *, by: Person | None = None) -> None:
    """Take an exemption back: the organisation is asked after all."""
    before = invitation.exempt_reason
    invitation.exempted_at, invitation.exempt_reason = None, ""
    record(
        "cycle:organisation:asked_again",
        invitation.cycle_id,
        by=by,
        organisation_id=invitation.organisation_id,
        partnership_id=invitation.cycle.partnership_id,
        before={"reason": before},
    )
