"""The organisations of a partnership as the rules of an audience see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from s11.core import clock
from s11.core.database import db
from s11.cycles.clauses import Subject
from s11.cycles.days import words_of
from s11.cycles.models import Cycle
from s11.cycles.rules import AskedAs
from s11.organisations.models import Organisation, Seat
from s11.questionnaires.models import Edition


@dataclass(frozen=True)
class Words:
    """What clauses can name, as the register has it: school types, districts, parents, Ofsted grades."""

    kinds: tuple[str, ...]
    phases: tuple[str, ...]
    types: tuple[str, ...]
    districts: tuple[str, ...]
    parents: tuple[tuple[str, str], ...]  # ref and name
    ofsted: tuple[str, ...]


def subjects(partnership_id: int) -> list[tuple[Organisation, Subject]]:
    """Every organisation that sits in a partnership or did, by name; those that are gone say why."""
    query = (
        select(Organisation, Seat.left_on)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id == partnership_id)
        .options(joinedload(Organisation.parent))
        .order_by(Organisation.name, Organisation.id)
    )
    return [(one, _subject(one, left_on)) for one, left_on in db.session.execute(query)]


def _subject(one: Organisation, left_on: date | None) -> Subject:
    return Subject(
        ref=one.ref,
        name=one.name,
        kind=one.kind,
        phase=one.phase,
        school_type=one.school_type,
        district=one.district,
        parent=one.parent.ref if one.parent else "",
        bound_by_statute=one.bound_by_statute,
        ofsted_grade=one.ofsted_grade,
        works_alone=one.works_alone,
        gone=_gone(one, left_on),
    )


def _gone(one: Organisation, left_on: date | None) -> str:
    """Why an organisation cannot be asked; empty where it can."""
    # A closure or a merger is often known a school year ahead: until its day it is asked like any other.
    if one.closed_on is not None and one.closed_on <= clock.today():
        merged = one.merged_into_id is not None
        return "Became part of another organisation" if merged else f"Closed on {words_of(one.closed_on)}"
    return f"Left on {words_of(left_on)}" if left_on is not None else ""


def here_among(organisation_ids: Collection[int], partnership_id: int) -> set[int]:
    """Those of these organisations that can be asked today."""
    query = (
        select(Organisation.id)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(
            Organisation.id.in_(organisation_ids),
            or_(Organisation.closed_on.is_(None), Organisation.closed_on > clock.today()),
            Seat.partnership_id == partnership_id,
            Seat.left_on.is_(None),
        )
    )
    return set(db.session.scalars(query))


def words_in_register(found: Sequence[tuple[Organisation, Subject]]) -> Words:
    """What the organisations that could be asked have, each once, in order."""
    here = [one for one, subject in found if not subject.gone]
    parents = {one.parent.ref: one.parent.name for one in here if one.parent}
    return Words(
        kinds=tuple(sorted({one.kind for one in here})),
        phases=tuple(sorted({one.phase for one in here if one.phase})),
        types=tuple(sorted({one.school_type for one in here if one.school_type})),
        districts=tuple(sorted({one.district for one in here if one.district})),
        parents=tuple(sorted(parents.items(), key=lambda pair: pair[1])),
        ofsted=tuple(sorted({one.ofsted_grade for one in here if one.ofsted_grade})),
    )


def before_of(cycle: Cycle) -> Cycle | None:
    """The cycle this one follows: the last of the same framework here, a full one for a full one."""
    query = (
        select(Cycle)
        .join(Edition, Edition.id == Cycle.edition_id)
        .where(
            Cycle.partnership_id == cycle.partnership_id,
            Edition.framework_id == cycle.edition.framework_id,
            Cycle.due_on < cycle.due_on,
            Cycle.issued_at.is_not(None),
            Cycle.id != cycle.id,
        )
        .order_by(Cycle.due_on.desc(), Cycle.id.desc())
    )
    if AskedAs(cycle.asked_as) is AskedAs.FULL:
        query = query.where(Cycle.asked_as == AskedAs.FULL)
    return db.session.scalar(query.limit(1))
