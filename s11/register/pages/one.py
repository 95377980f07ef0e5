"""One organisation, as its page prints it."""

from collections.abc import Iterable
from dataclasses import dataclass

from s11.notices.queries.outbox import Row
from s11.notices.rules import STATE_KINDS
from s11.organisations.models import Organisation, Seat
from s11.organisations.rules import Kind
from s11.register.models import OrganisationEvent
from s11.register.numbers import NUMBERS
from s11.register.pages.listing import why_asked
from s11.register.rules import Happening
from s11.web.filters import day, short_day

SCHOOLS = (Kind.SCHOOL, Kind.COLLEGE)
SETTINGS = (*SCHOOLS, Kind.EARLY_YEARS, Kind.CHILDMINDER)


@dataclass(frozen=True)
class Event:
    """A line of the history; `who` only where it was one's own office."""

    when: str
    who: str
    what: str
    detail: str = ""


@dataclass(frozen=True)
class Mail:
    """A mail that was written to an organisation, and what became of it."""

    ref: str
    subject: str
    to: str
    when: str
    status: str
    status_kind: str


def facts_of(organisation: Organisation) -> list[dict[str, str]]:
    """What is known of an organisation; a fact nobody entered is left out."""
    address = "\n".join(part for part in (organisation.address, organisation.postcode) if part)
    told = [
        ("Kind", organisation.kind_label),
        ("Asked as", why_asked(organisation.bound_by_statute)),
        ("Phase", organisation.phase_label),
        ("Type", organisation.school_type),
        ("Religious character", organisation.religious_character),
        ("Pupils or children on roll", f"{organisation.pupils:,}" if organisation.pupils is not None else ""),
        ("Ofsted grade", organisation.ofsted_grade),
        ("District", organisation.district),
        ("Local authority", organisation.local_authority),
        ("Address", address),
        ("Telephone", organisation.telephone),
        ("Opened", day(organisation.opened_on)),
        ("What it does for children", organisation.services),
        ("Also", conditions_of(organisation)),
    ]
    return [{"key": key, "value": value} for key, value in told if value]


def conditions_of(organisation: Organisation) -> str:
    """What decides which questions it gets, in a line."""
    told = [
        (organisation.residential, "children live or sleep there"),
        (organisation.commissions_services, "commissions services for children or families"),
        (organisation.works_alone, "works alone"),
    ]
    words = ", ".join(words for is_so, words in told if is_so)
    return words[:1].upper() + words[1:]


def numbers_of(organisation: Organisation) -> list[dict[str, str]]:
    """The register numbers there are."""
    return [
        {"key": number.label, "value": getattr(organisation, name)}
        for name, number in NUMBERS.items()
        if getattr(organisation, name)
    ]


def history_of(events: Iterable[OrganisationEvent], partnership_id: int) -> list[Event]:
    """What happened, the latest first. What only concerns another partnership's table is left out."""
    return [
        Event(
            when=day(event.on),
            who=event.by_name if event.partnership_id == partnership_id else "",
            what=what_happened(event),
            detail=detail_of(event, own=event.partnership_id == partnership_id),
        )
        for event in events
        if event.partnership_id in (partnership_id, None) or not is_of_a_table(event)
    ]


def is_of_a_table(event: OrganisationEvent) -> bool:
    """Whether an event is about a seat, not about the organisation itself."""
    came_back = event.what == Happening.REOPENED and "at the table" in event.after
    return event.what in (Happening.ADDED, Happening.LEFT) or came_back


def what_happened(event: OrganisationEvent) -> str:
    before, after = event.before, event.after
    match event.what:
        case Happening.RENAMED:
            return f"Renamed: it was {before.get('name', 'called something else')} until then"
        case Happening.MOVED:
            left, joined = before.get("belongs to"), after.get("belongs to")
            return f"Moved to {joined}" if joined else f"Left {left}" if left else "Moved"
        case Happening.MERGED:
            return f"Became part of {after.get('into', 'another organisation')}"
        case Happening.TOOK_IN:
            return f"Took in {after.get('took in', 'another organisation')}"
        case Happening.REOPENED:
            return "Came back to the table" if "at the table" in after else "Opened again"
        case Happening.LEFT:
            return "Left the partnership"
        case Happening.ADDED:
            return "Entered in the register"
        case Happening.CLOSED:
            return "Closed"
    return "Changed: " + ", ".join(after)


def detail_of(event: OrganisationEvent, *, own: bool) -> str:
    lines = []
    if event.what == Happening.CHANGED:
        for name, value in event.after.items():
            lines.append(
                f"{name[:1].upper()}{name[1:]}: {event.before.get(name) or 'nothing'} → {value or 'nothing'}"
            )
    if event.what == Happening.MOVED and event.before.get("belongs to") and event.after.get("belongs to"):
        lines.append(f"From {event.before['belongs to']}")
    if event.note and own:
        lines.append(event.note)
    if event.source:
        lines.append(event.source)
    return "\n".join(lines)


def mails_of(rows: Iterable[Row]) -> list[Mail]:
    return [
        Mail(
            ref=row.ref,
            subject=row.subject,
            to=f"{row.to_name}, {row.to_address}" if row.to_name else row.to_address,
            when=short_day(row.at),
            status=row.state_label,
            status_kind=STATE_KINDS[row.state],
        )
        for row in rows
    ]


def seat_words(seat: Seat | None) -> str:
    """Since when it sits at the table, or until when it did."""
    if seat is None:
        return ""
    if seat.left_on is not None:
        return f"Left on {day(seat.left_on)}"
    return f"At the table since {day(seat.joined_on)}" if seat.joined_on else "At the table"
