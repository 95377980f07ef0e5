"""Requests for the pages on which an office gets returns in."""

from collections.abc import Callable

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.cycles import queries as cycles
from s11.desk.models import Escalation
from s11.desk.operations import add_rule, look_ahead
from s11.desk.operations.composing import Chase
from s11.desk.pages.chasing import value_of
from s11.desk.queries.history import rules_of
from s11.desk.reminding import NewRule
from s11.desk.rules import Whom
from s11.organisations import queries as organisations
from tests.security.matrix.world import Place

# The parts of the address, the fields of the form, and what has to be true before.
Told = tuple[dict[str, str], dict[str, object] | None, Callable[[Place], None]]
RULE, ESCALATION = "rule33333333", "escalation33"


def reminders(place: Place) -> Told:
    """The mails that would go out just now, ticked as they were looked at."""
    fields: dict[str, object] = {"act": "send", "template": "usual", "to": "lead", "token": "taken3333333"}

    def look(_: Place) -> None:
        cycle = cycles.by_ref(place.cycle)
        if cycle is None:
            return
        outlook = look_ahead(cycle, Chase("reminder", frozenset({"lead"})))
        fields["mail"] = [value_of(parcel) for parcel in outlook.parcels] or [f"{place.organisation}.none"]

    return {"ref": place.cycle}, fields, look


def rule(place: Place) -> dict[str, object]:
    return {"when": "before", "days": "5", "whom": "everybody", "template": "reminder"}


def call(place: Place) -> dict[str, object]:
    day = clock.today()
    said = {"spoke_to": "The front office", "said": "The head rings back."}
    return {"on": f"{day.day} {day.month} {day.year}", "token": "ca22ed333333", **said}


def letter(place: Place) -> dict[str, object]:
    day = clock.today()
    return {
        "to_name": "Chief Constable",
        "to_email": "chief@police.example",
        "answer_by": f"{day.day} {day.month} {day.year}",
        "subject": "Your return is missing",
        "letter": "Dear Chief Constable, please see to it.",
        "how": "mail",
        "token": "taken4444444",
        "act": "send",
    }


def on_a_rule(place: Place) -> Told:
    """A page about a rule that is there."""
    return {"ref": place.cycle, "rule": RULE}, None, a_rule


def stop(place: Place) -> Told:
    return {"ref": place.cycle, "rule": RULE}, {}, a_rule


def a_rule(place: Place) -> None:
    cycle = cycles.by_ref(place.cycle)
    if cycle is None or any(known.ref == RULE for known in rules_of(cycle.id)):
        return
    try:
        add_rule(cycle, NewRule(3, Whom.NOT_STARTED)).ref = RULE
    except DomainError:
        return


def on_an_escalation(place: Place) -> Told:
    """A page about a letter that went."""
    address = {"ref": place.cycle, "organisation": place.organisation, "escalation": ESCALATION}
    return address, None, an_escalation


def answer(place: Place) -> Told:
    address, _, before = on_an_escalation(place)
    return address, {"outcome": "It comes next week."}, before


def an_escalation(place: Place) -> None:
    cycle, organisation = cycles.by_ref(place.cycle), organisations.by_ref(place.organisation)
    invitation = cycles.invitation(cycle.id, organisation.id) if cycle and organisation else None
    if invitation is None:
        return
    db.session.add(
        Escalation(
            ref=ESCALATION,
            invitation=invitation,
            invitation_id=invitation.id,
            to_name="Chief Constable",
            subject="Your return is missing",
            letter="Please see to it.",
            at=clock.now(),
        )
    )
