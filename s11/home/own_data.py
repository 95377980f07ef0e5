"""Everything that is held about somebody, gathered from every room, for that person to take away."""

import json
from datetime import date, datetime

from s11.access import personal as access
from s11.actions import personal as actions
from s11.challenge import personal as challenge
from s11.core import clock
from s11.desk import personal as desk
from s11.evidence import personal as evidence
from s11.evidence.requests import personal as evidence_requests
from s11.moderation import personal as moderation
from s11.notices import personal as notices
from s11.packs import personal as packs
from s11.people import personal as people
from s11.people.models import Person
from s11.questionnaires import personal as questionnaires
from s11.register import personal as register
from s11.returns import personal as returns
from s11.trail import personal as trail

ROOMS = (
    people, access, questionnaires, register, evidence, evidence_requests, returns, desk, moderation,
    actions, challenge, packs, notices, trail,
)  # fmt: skip


def held_about(person: Person) -> dict[str, object]:
    """What each room holds about a person, by what it is called."""
    return {name: what for room in ROOMS for name, what in room.held(person).items()}


def counted(held: dict[str, object]) -> list[tuple[str, str]]:
    """What there are several of, and how many, for a page; kinds of which there is nothing are left out."""
    return [
        (name[0].upper() + name[1:], f"{len(what):,}")
        for name, what in held.items()
        if isinstance(what, list) and what
    ]


def as_file(held: dict[str, object], service: str) -> str:
    """The same as JSON that people can read; moments in UTC."""
    whole = {"service": service, "written": clock.now(), **held}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written")
