"""Who has signed a return, and who can."""

from dataclasses import dataclass

from sqlalchemy import select

from s11.core.database import db
from s11.cycles.models import Cycle
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires.rules import SignOffStep
from s11.questionnaires.signing import LEAD_STEP, waits_for
from s11.returns.models import Return, SignOff
from s11.returns.queries.working_copy import edition_of
from s11.returns.rules import EDITABLE, Stage
from s11.trail.models import Entry

NOBODY = "return:signature:nobody"


@dataclass(frozen=True)
class ChainStep:
    """A step of the sign-off chain: its signature once given, the names of all who can give it, and the
    signature it waits for."""

    step: SignOffStep
    signature: SignOff | None
    people: list[str]
    waits_for: SignOffStep | None = None

    @property
    def status(self) -> str:
        if self.signature:
            return "Signed"
        return "Nobody can sign" if self.nobody else "Not signed yet"

    @property
    def kind(self) -> str:
        if self.signature:
            return "done"
        return "alert" if self.nobody else "todo"

    @property
    def nobody(self) -> bool:
        """Whether the signature is missing and nobody here holds it: no role, or one that has ended."""
        return self.signature is None and not self.people


def sign_offs(return_id: int, round_: int) -> list[SignOff]:
    """The signatures of a round, in the order given."""
    query = (
        select(SignOff)
        .where(SignOff.return_id == return_id, SignOff.round == round_)
        .order_by(SignOff.signed_at, SignOff.id)
    )
    return list(db.session.scalars(query))


def sign_offs_given(return_: Return) -> frozenset[str]:
    """The steps signed in the round in hand. While the lead is still at work none counts."""
    if Stage(return_.stage) in EDITABLE:
        return frozenset()
    return frozenset(signature.step for signature in sign_offs(return_.id, return_.round))


def chain(return_: Return) -> list[ChainStep]:
    """The sign-off chain of a return with the signatures given and who can give the others."""
    given = {s.step: s for s in sign_offs(return_.id, return_.round)}
    asked = edition_of(return_).sign_off
    return [
        ChainStep(step, given.get(step.step), _who_can(return_, step), waits_for(step, asked, given))
        for step in asked
    ]


def _who_can(return_: Return, step: SignOffStep) -> list[str]:
    """Everybody who can give a step, by name; deputies behind those they stand in for."""
    named = []
    if step.step == LEAD_STEP:
        named = leads_of(return_)
        deputies = [person.name for _, person in people.members(return_.organisation_id, Role.DEPUTY)]
        named += [f"{name} (deputy)" for name in deputies if name not in named]
    holders = [person.name for _, person in people.signatories([return_.organisation_id], step.step)]
    return [*named, *(name for name in holders if name not in named)]


def leads_of(return_: Return) -> list[str]:
    """The names of the organisation's leads, without their deputies."""
    return [person.name for _, person in people.members(return_.organisation_id, Role.LEAD)]


def signed_by(return_id: int, round_: int) -> list[Person]:
    """Who signed a round, in the order in which they did."""
    query = (
        select(Person)
        .join(SignOff, SignOff.person_id == Person.id)
        .where(SignOff.return_id == return_id, SignOff.round == round_)
        .order_by(SignOff.signed_at, SignOff.id)
    )
    return list(db.session.scalars(query))


def told_of_nobody(return_: Return) -> frozenset[str]:
    """The steps of which the office has been told, in this round, that nobody can give them."""
    entries = db.session.scalars(
        select(Entry.after)
        .where(Entry.subject == "return", Entry.subject_id == return_.id, Entry.tag == NOBODY)
        .order_by(Entry.id)
    )
    told = [after for after in entries if after and after.get("round") == return_.round]
    return frozenset(step for after in told for step in after.get("steps", ()))


def waiting_to_be_signed() -> list[Return]:
    """Every return whose answers are complete and whose signatures are not."""
    query = (
        select(Return)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .where(Return.stage == Stage.AWAITING_SIGN_OFF)
        .order_by(Return.id)
    )
    return list(db.session.scalars(query))
