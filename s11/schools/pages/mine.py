"""A person's own schools in one cycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from s11.cycles.models import Cycle
from s11.cycles.rules import LET_OFF_LABELS, LetOff
from s11.questionnaires.rules import EditionContent
from s11.returns.models import Return
from s11.returns.rules import RETURNED, Stage, is_late

# What may be shown of them: the word in the address, and what it is called.
SHOWN = {
    "all": "All",
    "out": "Not in yet",
    "late": "Late",
    "signing": "Awaiting sign-off",
    "in": "Submitted",
}


@dataclass(frozen=True)
class SchoolLine:
    """One school of a person in one cycle."""

    return_ref: str
    organisation_ref: str
    name: str
    note: str
    trust: str
    stage: Stage
    answered: int
    asked: int
    due_on: date
    extended: bool
    late: bool
    let_off: str  # "Exempt" or "Withdrawn"; empty where it is asked
    exempt_reason: str
    last_saved_at: datetime | None
    submitted_at: datetime | None

    @property
    def is_in(self) -> bool:
        return self.stage in RETURNED

    @property
    def groups(self) -> tuple[str, ...]:
        """The words of `SHOWN` it stands under."""
        if self.exempt_reason:
            return ("all",)
        found = ["all", "in" if self.is_in else "out"]
        found += ["late"] if self.late else []
        return (*found, "signing") if self.stage is Stage.AWAITING_SIGN_OFF else tuple(found)

    @property
    def order(self) -> tuple[bool, bool, str]:
        """Late ones first, then what is not in, then by name."""
        return (not self.late, self.is_in, self.name)


def cycles_of(returns: Sequence[Return]) -> list[Cycle]:
    """The cycles of these returns, in their order, each once."""
    return list({return_.cycle_id: return_.cycle for return_ in returns}.values())


def lines_of(returns: Sequence[Return], edition: EditionContent, today: date) -> list[SchoolLine]:
    """A line for each return of one cycle."""
    return sorted((_line(return_, edition, today) for return_ in returns), key=lambda line: line.order)


def _line(return_: Return, edition: EditionContent, today: date) -> SchoolLine:
    organisation, invitation = return_.organisation, return_.invitation
    stage = Stage(return_.stage)
    asked = sum(len(standard.criteria) for standard in edition.for_organisation(organisation.facts))
    waits = stage not in RETURNED and invitation.exempted_at is None
    return SchoolLine(
        return_ref=return_.ref,
        organisation_ref=organisation.ref,
        name=organisation.name,
        note=" · ".join(
            filter(None, (organisation.phase_label or organisation.kind_label, organisation.district))
        ),
        trust=organisation.parent.short_name if organisation.parent else "",
        stage=stage,
        answered=return_.answered,
        asked=max(asked, return_.answered),
        due_on=return_.due_on,
        extended=invitation.has_longer,
        late=waits and is_late(invitation.asked_by, invitation.extended_to, today),
        let_off=LET_OFF_LABELS[LetOff(invitation.exempted_as)] if invitation.exempted_at else "",
        exempt_reason=invitation.exempt_reason if invitation.exempted_at else "",
        last_saved_at=return_.last_saved_at,
        submitted_at=return_.submitted_at,
    )


def chosen(lines: Sequence[SchoolLine], *, show: str, trust: str, words: str) -> list[SchoolLine]:
    """The lines that fit what was asked for."""
    sought = words.strip().casefold()
    return [
        line
        for line in lines
        if show in line.groups
        and (not trust or line.trust == trust)
        and (not sought or sought in line.name.casefold())
    ]
