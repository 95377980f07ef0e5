"""Letting an organisation off a cycle it has not returned yet."""

from s11.core.errors import DomainError
from s11.cycles import operations as cycles
from s11.cycles.rules import LetOff
from s11.people.models import Person
from s11.returns.models import Return
from s11.returns.operations.staging import hold
from s11.returns.rules import RETURNED, Stage


def exempt(return_: Return, *, reason: str, as_: LetOff = LetOff.EXEMPT, by: Person | None = None) -> None:
    """Let the organisation of a return off, which leaves every denominator; refused once it is in."""
    hold(return_)
    if Stage(return_.stage) in RETURNED:
        raise DomainError("This organisation has returned already, so it cannot be exempt or withdrawn now.")
    cycles.exempt(return_.invitation, reason=reason, as_=as_, by=by)
