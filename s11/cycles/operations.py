"""Opening a cycle and issuing it. Giving one organisation longer, or letting it off: `longer`."""

from collections.abc import Iterable
from datetime import date

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.cycles import queries
from s11.cycles.longer import ask_again, exempt, extend
from s11.cycles.models import Cycle, Invitation
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person
from s11.questionnaires import operations as questionnaires
from s11.questionnaires.models import Edition
from s11.trail.operations import record

__all__ = ["ask_again", "exempt", "extend", "invite", "plan", "rule_evidence"]


def plan(
    partnership: Partnership,
    edition: Edition,
    *,
    code: str,
    title: str,
    opens_on: date,
    due_on: date,
    closes_on: date | None = None,
    letter: str = "",
    takes_files: bool = True,
    files_at_most: int | None = None,
    megabytes_at_most: int | None = None,
    by: Person | None = None,
) -> Cycle:
    """A cycle with its dates, not yet issued to anybody."""
    if due_on < opens_on:
        raise Invalid("The due date lies before the opening. Choose a later due date.", field="due_on")
    if closes_on is not None and closes_on < due_on:
        raise Invalid(
            "The closing date lies before the due date. Choose a later closing date.", field="closes_on"
        )
    if queries.by_code(code, partnership.id):
        raise Invalid(f"There is already a cycle with the code {code}. Choose another code.", field="code")
    cycle = Cycle(
        partnership_id=partnership.id,
        edition=edition,
        code=code,
        title=title,
        opens_on=opens_on,
        due_on=due_on,
        closes_on=closes_on,
        letter=letter,
        takes_files=takes_files,
        files_at_most=files_at_most,
        megabytes_at_most=megabytes_at_most,
    )
    cycle.partnership = partnership
    db.session.add(cycle)
    db.session.flush()
    record("cycle:dates:planned", cycle.id, by=by, partnership_id=partnership.id, after={"code": code})
    return cycle


def rule_evidence(
    cycle: Cycle,
    *,
    takes_files: bool,
    files_at_most: int | None,
    megabytes_at_most: int | None,
    by: Person | None = None,
) -> None:
    """Say what evidence a cycle takes. What is shown already stays."""
    after = {
        "takes_files": takes_files,
        "files_at_most": files_at_most,
        "megabytes_at_most": megabytes_at_most,
    }
    before = {name: getattr(cycle, name) for name in after}
    if after == before:
        return
    for name, value in after.items():
        setattr(cycle, name, value)
    record(
        "cycle:evidence:ruled",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        before=before,
        after=after,
    )


def invite(
    cycle: Cycle, organisations: Iterable[Organisation], *, by: Person | None = None
) -> list[Invitation]:
    """Ask these organisations. Issuing freezes the edition: its words cannot change from here on."""
    db.session.refresh(cycle, attribute_names=["issued_at"], with_for_update=True)
    if cycle.issued_at is None:
        questionnaires.freeze(cycle.edition, by=by)
        cycle.issued_at = clock.now()
    known = {invitation.organisation_id for invitation in queries.invitations(cycle.id)}
    asked = [
        Invitation(cycle=cycle, cycle_id=cycle.id, organisation=organisation)
        for organisation in organisations
        if organisation.id not in known
    ]
    db.session.add_all(asked)
    db.session.flush()
    record(
        "cycle:invitations:sent",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        after={"organisations": len(asked)},
    )
    return asked
