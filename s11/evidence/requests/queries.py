"""Finding requests for evidence, and what came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from s11.core.database import db
from s11.evidence.models import Upload
from s11.evidence.queries import uploads
from s11.evidence.requests.models import EvidenceRequest, EvidenceResponse, ShownInResponse
from s11.evidence.requests.rules import Standing, Turn, standing
from s11.organisations.models import Organisation


@dataclass(frozen=True)
class Line:
    """One request in a list."""

    request: EvidenceRequest
    standing: Standing


def by_ref(ref: str) -> EvidenceRequest | None:
    return db.session.scalar(select(EvidenceRequest).where(EvidenceRequest.ref == ref))


def of_partnership(
    partnership_id: int, *, kinds: Collection[str] | None, today: date, words: str = ""
) -> list[Line]:
    """A partnership's requests, what waits longest first, then what has ended; `kinds`: of organisation."""
    query = _requests().where(EvidenceRequest.partnership_id == partnership_id)
    if kinds is not None:
        query = query.where(Organisation.kind.in_(sorted(kinds)))
    for word in words.split():
        query = query.where(
            EvidenceRequest.title.icontains(word, autoescape=True)
            | Organisation.name.icontains(word, autoescape=True)
        )
    return _lines(query, today)


def of_organisations(
    organisation_ids: Collection[int], *, partnership_id: int | None, today: date
) -> list[Line]:
    """What was asked of these organisations, in one partnership or in all of theirs."""
    query = _requests().where(EvidenceRequest.organisation_id.in_(sorted(organisation_ids)))
    if partnership_id is not None:
        query = query.where(EvidenceRequest.partnership_id == partnership_id)
    return _lines(query, today)


def unanswered(today: date) -> list[EvidenceRequest]:
    """Every request in which it is the organisation's turn, the oldest first."""
    open_ones = _lines(_requests().where(EvidenceRequest.outcome == ""), today)
    return [line.request for line in open_ones if line.standing.turn is Turn.ORGANISATION]


def _requests() -> Select[EvidenceRequest]:
    return (
        select(EvidenceRequest)
        .join(Organisation, Organisation.id == EvidenceRequest.organisation_id)
        .options(joinedload(EvidenceRequest.organisation))
        .order_by(EvidenceRequest.outcome != "", EvidenceRequest.due_on, EvidenceRequest.id)
    )


def _lines(query: Select[EvidenceRequest], today: date) -> list[Line]:
    found = list(db.session.scalars(query))
    last = _last_from([one.id for one in found])
    return [
        Line(
            one,
            standing(outcome=one.outcome, last_from=last.get(one.id, ""), due_on=one.due_on, today=today),
        )
        for one in found
    ]


def _last_from(request_ids: list[int]) -> dict[int, str]:
    """Who wrote last to each request, by its id."""
    latest = (
        select(func.max(EvidenceResponse.id))
        .where(EvidenceResponse.request_id.in_(request_ids), EvidenceResponse.sent_at.is_not(None))
        .group_by(EvidenceResponse.request_id)
    )
    rows = db.session.execute(
        select(EvidenceResponse.request_id, EvidenceResponse.from_office)
        .where(EvidenceResponse.id.in_(latest))
        .order_by(EvidenceResponse.id)
    )
    return {request_id: "office" if office else "organisation" for request_id, office in rows}


def standing_of(request_: EvidenceRequest, today: date) -> Standing:
    """How one request stands."""
    last = _last_from([request_.id]).get(request_.id, "")
    return standing(outcome=request_.outcome, last_from=last, due_on=request_.due_on, today=today)


def responses(request_id: int) -> list[EvidenceResponse]:
    """What was written and shown, the first first; without what is not sent yet."""
    query = (
        select(EvidenceResponse)
        .where(EvidenceResponse.request_id == request_id, EvidenceResponse.sent_at.is_not(None))
        .options(selectinload(EvidenceResponse.shown).joinedload(ShownInResponse.revision))
        .order_by(EvidenceResponse.id)
    )
    return list(db.session.scalars(query))


def may_be_corrected(request_: EvidenceRequest) -> bool:
    """Whether nobody has answered a request, and it has not ended."""
    return not request_.outcome and not any(not one.from_office for one in responses(request_.id))


def draft(request_id: int) -> EvidenceResponse | None:
    """The answer the organisation works at."""
    query = select(EvidenceResponse).where(
        EvidenceResponse.request_id == request_id,
        EvidenceResponse.sent_at.is_(None),
        EvidenceResponse.from_office.is_(False),
    )
    return db.session.scalar(query.order_by(EvidenceResponse.id).limit(1))


def waiting(request_: EvidenceRequest) -> list[Upload]:
    """Files sent for an answer in which something hides, and about which somebody has to decide."""
    of_organisation = uploads(request_.organisation_id)
    return [one for one in of_organisation if one.purpose.get("request") == request_.ref]


def shown_revision_ids(organisation_id: int) -> set[int]:
    """The revisions of an organisation's documents that an answer to a request shows."""
    query = (
        select(ShownInResponse.revision_id)
        .join(EvidenceResponse, EvidenceResponse.id == ShownInResponse.response_id)
        .join(EvidenceRequest, EvidenceRequest.id == EvidenceResponse.request_id)
        .where(EvidenceRequest.organisation_id == organisation_id)
        .order_by(ShownInResponse.revision_id)
    )
    return set(db.session.scalars(query))
