"""Letting an organisation off a cycle it has not returned yet."""

from s11.core.errors import DomainError
from s11.cycles import operations as cycles
from s11.people.models import Person
from s11.returns.models import Return
from s11.returns.operations.staging import hold
from s11.returns.rules import RETURNED, Stage


def exempt(return_: Return, *, reason: str, by: Person | None = None) -> None:
    """Exempt the organisation of a return, which leaves every denominator; refused once it is in."""
    hold(return_)
    if Stage(return_.stage) in RETURNED:
        raise DomainError("This organisation has returned already, so it can no longer be exempted.")
    cycles.exempt(return_.invitation, reason=reason, by=by)
