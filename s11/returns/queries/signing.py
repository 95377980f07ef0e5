"""Who has signed a return, and who can."""

from dataclasses import dataclass

from sqlalchemy import select

from s11.core.database import db
from s11.people import queries as people
from s11.people.rules import Role
from s11.questionnaires.rules import SignOffStep
from s11.returns.models import Return, SignOff
from s11.returns.queries.working_copy import edition_of
from s11.returns.rules import EDITABLE, Stage


@dataclass(frozen=True)
class ChainStep:
    """A step of the sign-off chain: its signature once given, and the names of who can give it."""

    step: SignOffStep
    signature: SignOff | None
    people: list[str]

    @property
    def status(self) -> str:
        return "Signed" if self.signature else "Not signed yet"

    @property
    def kind(self) -> str:
        return "done" if self.signature else "todo"


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
    steps = []
    for step in edition_of(return_).sign_off:
        if step.step == "lead":
            named = [person.name for _, person in people.members(return_.organisation_id, Role.LEAD)]
        else:
            named = [person.name for _, person in people.signatories([return_.organisation_id], step.step)]
        steps.append(ChainStep(step, given.get(step.step), named))
    return steps
