"""The blueprint of the room, and what its pages choose from."""

from flask import Blueprint, abort, request
from wtforms import SelectChoice

from s11.actions.forms import choices
from s11.challenge import queries
from s11.challenge.models import ChallengeDay
from s11.cycles.queries import content_of
from s11.organisations.models import Organisation

THE_CHAIR = "The chair"
blueprint = Blueprint("challenge", __name__, url_prefix="/challenge")


def organisation_of(day: ChallengeDay, ref: str | None) -> Organisation:
    """An organisation of this day; anything else does not exist here."""
    found = next((one for one in queries.taking_part(day) if one.ref == ref), None)
    if found is None:
        abort(404)
    return found


def organisation_if_any(day: ChallengeDay, ref: str | None) -> Organisation | None:
    """The same where none may be chosen: then it is the chair who asks."""
    return organisation_of(day, ref) if ref else None


def questioners(day: ChallengeDay, but: Organisation | None = None) -> list[SelectChoice]:
    """Who may ask: the chair, or an organisation of the day other than the one that presents."""
    others = (one for one in queries.taking_part(day) if but is None or one.id != but.id)
    return choices(((one.ref, one.name) for one in others), first=THE_CHAIR)


def standard_choices(day: ChallengeDay) -> list[SelectChoice]:
    edition = content_of(day.cycle)
    return choices(
        ((one.key, f"{one.number} {one.title}") for one in edition.asked_standards), first="No one standard"
    )


def version_sent() -> int | None:
    """Which state of the plan somebody had before them, where the form says so."""
    sent = request.form.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None
