"""Evidence that was asked for outside a cycle, as far as each request has come."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from s11.evidence import operations as library
from s11.evidence.requests import operations as requests
from s11.evidence.requests.models import EvidenceRequest
from s11.people import queries as people
from s11.people.rules import Role
from s11.seeding.founding import Cast
from s11.seeding.material import Material
from s11.seeding.moments import at, working_day

ANSWERED_AFTER, CONCLUDED_AFTER = 11, 20  # days after it was asked


def ask_for_evidence(cast: Cast, material: Material, *, today: date, now: datetime) -> None:
    """Every request the story tells."""
    for told in material.story["evidence_requests"]:
        asked_on = working_day(today - timedelta(days=told["asked_ago"]))
        with at(asked_on, of=told["title"], latest=now):
            request_ = _asked(cast, told, today)
        if "answered" in told:
            with at(asked_on + timedelta(days=ANSWERED_AFTER), of=f"answer {told['title']}", latest=now):
                _answer(request_, told)
        if "concluded" in told:
            with at(asked_on + timedelta(days=CONCLUDED_AFTER), of=f"end {told['title']}", latest=now):
                requests.conclude(
                    request_, outcome=told["concluded"], said=told["said"], by=cast.on_board(Role.OFFICE)
                )


def _asked(cast: Cast, told: Mapping[str, Any], today: date) -> EvidenceRequest:
    return requests.ask(
        cast.partnership,
        cast.organisations[told["of"]],
        title=told["title"],
        reason=told["reason"],
        why=told["why"],
        what=told["what"],
        due_on=today + timedelta(days=told["due_in"]),
        by=cast.on_board(Role.OFFICE),
    )


def _answer(request_: EvidenceRequest, told: Mapping[str, Any]) -> None:
    """The lead says where it can be seen, and sends the answer."""
    (_, lead), *_ = people.members(request_.organisation_id, Role.LEAD)
    title, _, where = told["reference"].partition(";")
    shown = library.add_reference(request_.organisation, words=where.strip(), title=title, by=lead)
    requests.add_revisions(request_, [shown], by=lead)
    requests.send_answer(request_, told["answered"], by=lead)
