"""What is known of a partnership when a plan is read: its organisations, its people, its own names."""

import re
from datetime import date

from sqlalchemy import or_, select

from s11.actions.bringing.shapes import Known
from s11.actions.models import PlanSource, Recommendation
from s11.core.database import db
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership, Seat
from s11.people.models import Membership, Person
from s11.people.queries import in_force

# Of a partnership's name these begin its letters: "Northshire Safeguarding Children Partnership", NSCP.
SMALL = frozenset({"of", "the", "and", "for", "&"})
BOARD = ("the board", "safeguarding board", "safeguarding partnership", "the partnership")


def known_of(partnership: Partnership, *, today: date, source: PlanSource | None = None) -> Known:
    """What is known of a partnership, and of the review a plan is brought into."""
    seated = organisations.seated(partnership.id)
    recommended = recommendations_of(source) if source else []
    return Known(
        organisations=tuple((one.ref, one.name, one.short_name) for one in seated),
        board_words=board_words(partnership.name, partnership.code),
        people=tuple(_people(partnership)),
        recommendations=tuple((one.ref, one.number, one.text) for one in recommended),
        today=today,
    )


def recommendations_of(source: PlanSource) -> list[Recommendation]:
    """What a review recommends, in its order."""
    query = select(Recommendation).where(Recommendation.source_id == source.id)
    return list(db.session.scalars(query.order_by(Recommendation.position, Recommendation.id)))


def board_words(name: str, code: str) -> tuple[str, ...]:
    """What a plan may call the Board: its name, its letters, also those it had as a board."""
    words = [word for word in re.findall(r"\w+", name) if word.casefold() not in SMALL]
    letters = "".join(word[0] for word in words).upper()
    said = [name, code.upper(), letters, f"{letters[:-1]}B" if letters.endswith("P") else "", *BOARD]
    return tuple(dict.fromkeys(one for one in said if len(one) > 2))


def _people(partnership: Partnership) -> list[tuple[str, str, str]]:
    """Everybody who holds a role at the Board or in an organisation that sits in it, by name."""
    seats = select(Seat.organisation_id).where(Seat.partnership_id == partnership.id, Seat.left_on.is_(None))
    query = (
        select(Person.name, Organisation.ref)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            in_force(),
            or_(Membership.partnership_id == partnership.id, Membership.organisation_id.in_(seats)),
        )
        .order_by(Person.name, Organisation.ref)
        .distinct()
    )
    return [(name, "", ref or "") for name, ref in db.session.execute(query)]
