"""Finding packs and their files, and what a pack is made from: sealed records and what was said of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import joinedload, undefer

from s11.actions.models import Action
from s11.actions.queries import WITH_NAMES, soonest
from s11.challenge.models import ChallengeDay, Enquiry, Outcome, Session
from s11.core.database import db
from s11.cycles.models import Cycle, Invitation
from s11.moderation.marks import Mark
from s11.moderation.models import Moderation, Reply
from s11.organisations.models import Organisation
from s11.packs.kinds import Audience
from s11.packs.models import Letter, Pack, PackFile
from s11.packs.rules import MINUTES_TO_WRITE
from s11.returns.models import Return, Submission
from s11.returns.rules import RETURNED
from s11.returns.sealing import SealedReturn, unseal


def by_ref(ref: str) -> Pack | None:
    query = select(Pack).where(Pack.ref == ref)
    return db.session.scalar(query.options(joinedload(Pack.cycle).joinedload(Cycle.partnership)))


def of_cycle(cycle_id: int) -> list[Pack]:
    """The packs built for a cycle, the latest first."""
    query = select(Pack).where(Pack.cycle_id == cycle_id).options(joinedload(Pack.organisation))
    return list(db.session.scalars(query.order_by(Pack.built_at.desc(), Pack.id.desc())))


def letters_released(day_id: int) -> int:
    """How many feedback letters of a challenge day went to their organisation."""
    query = select(func.count(Letter.id)).where(Letter.day_id == day_id, Letter.released_at.is_not(None))
    return db.session.scalar(query) or 0


def released_to(organisation_ids: Collection[int], cycle_ids: Collection[int]) -> list[Pack]:
    """Released packs made for one of these organisations, and those for all partners of these cycles."""
    mine = Pack.organisation_id.in_(organisation_ids)
    for_all = (Pack.audience == Audience.PARTNERSHIP) & Pack.cycle_id.in_(cycle_ids)
    query = (
        select(Pack)
        .where(Pack.released_at.is_not(None), mine | for_all)
        .options(joinedload(Pack.cycle))
        .order_by(Pack.released_at.desc(), Pack.id.desc())
    )
    return list(db.session.scalars(query))


def contents_of(pack_id: int) -> str:
    """What a pack says, as it is kept."""
    return db.session.scalar(select(Pack.contents).where(Pack.id == pack_id)) or ""


def same_since(pack: Pack, moment: datetime) -> Pack | None:
    """A pack by the same person for the same readers about the same, built since a moment."""
    query = select(Pack).where(
        Pack.cycle_id == pack.cycle_id,
        Pack.audience == pack.audience,
        Pack.organisation_id.is_(None)
        if pack.organisation_id is None
        else Pack.organisation_id == pack.organisation_id,
        Pack.title == pack.title,
        Pack.data_version == pack.data_version,
        Pack.built_by_id.is_(None) if pack.built_by_id is None else Pack.built_by_id == pack.built_by_id,
        Pack.built_at >= moment,
    )
    found = db.session.scalars(query.order_by(Pack.id.desc()))
    return next((one for one in found if one.organisations == pack.organisations), None)


def files_of(pack_ids: Sequence[int]) -> dict[int, list[PackFile]]:
    """The files of these packs, by pack id."""
    query = select(PackFile).where(PackFile.pack_id.in_(list(pack_ids))).order_by(PackFile.id)
    found: dict[int, list[PackFile]] = {pack_id: [] for pack_id in pack_ids}
    for one in db.session.scalars(query):
        found[one.pack_id].append(one)
    return found


def file_by_id(file_id: int) -> PackFile | None:
    return db.session.get(PackFile, file_id)


def is_free(now: datetime):  # type: ignore[no-untyped-def]
    """Not written, nothing wrong with it, and nobody at it: a claim that is old counts no more."""
    old = now - timedelta(minutes=MINUTES_TO_WRITE)
    return (
        PackFile.written_at.is_(None)
        & (PackFile.fault == "")
        & or_(PackFile.claimed_at.is_(None), PackFile.claimed_at < old)
    )


def claim(pack_id: int, now: datetime) -> int | None:
    """Take the next file of a pack to write, in one statement; None where nobody is needed."""
    free = select(PackFile.id).where(PackFile.pack_id == pack_id, is_free(now)).order_by(PackFile.id)
    for file_id in db.session.scalars(free).all():
        taken = db.session.scalar(
            update(PackFile)
            .where(PackFile.id == file_id, is_free(now))
            .values(claimed_at=now)
            .returning(PackFile.id)
            .execution_options(synchronize_session=False)
        )
        if taken is not None:
            return taken
    return None


def unfinished(now: datetime) -> list[int]:
    """The packs of which a file waits to be written and nobody is at it, the oldest first."""
    query = select(PackFile.pack_id).where(is_free(now)).distinct().order_by(PackFile.pack_id)
    return list(db.session.scalars(query))


# What a pack is made from


@dataclass(frozen=True)
class Replied:
    """What an agency said to a moderated rating."""

    accepts: bool
    text: str
    name: str


def sealed(return_ids: Sequence[int]) -> dict[int, SealedReturn]:
    """The standing sealed record of each return, by return id."""
    query = (
        select(Submission)
        .join(Return, (Return.id == Submission.return_id) & (Return.round == Submission.round))
        .where(Submission.return_id.in_(list(return_ids)))
        .options(undefer(Submission.sealed))
        .order_by(Submission.return_id)
    )
    return {one.return_id: unseal(one.sealed) for one in db.session.scalars(query)}


def at_stage(return_ids: Sequence[int], stages: Collection[str]) -> set[int]:
    """Which of these returns stand at one of these stages."""
    query = select(Return.id).where(Return.id.in_(list(return_ids)), Return.stage.in_(list(stages)))
    return set(db.session.scalars(query.order_by(Return.id)))


def reasons(return_ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """Moderators' reasons in the standing round, by return id and criterion id."""
    return {
        (return_id, criterion_id): reason
        for return_id, criterion_id, reason, _ in _moderated(return_ids)
        if reason
    }


def marks(return_ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """What moderators point at in the standing round, by return id and criterion id."""
    return {
        (return_id, criterion_id): mark
        for return_id, criterion_id, _, mark in _moderated(return_ids)
        if mark != Mark.NONE
    }


def _moderated(return_ids: Sequence[int]) -> list[tuple[int, int, str, str]]:
    query = (
        select(Moderation.return_id, Moderation.criterion_id, Moderation.reason, Moderation.mark)
        .join(Return, (Return.id == Moderation.return_id) & (Return.round == Moderation.round))
        .where(Moderation.return_id.in_(list(return_ids)))
        .order_by(Moderation.return_id, Moderation.criterion_id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(query)]


def replies(return_ids: Sequence[int]) -> dict[tuple[int, int], Replied]:
    """What agencies said to moderated ratings of the standing round, by return id and criterion id."""
    query = (
        select(Reply.return_id, Reply.criterion_id, Reply.accepts, Reply.text, Reply.person_name)
        .join(Return, (Return.id == Reply.return_id) & (Return.round == Reply.round))
        .where(Reply.return_id.in_(list(return_ids)))
        .order_by(Reply.return_id, Reply.criterion_id)
    )
    return {
        (return_id, criterion_id): Replied(accepts, text, name)
        for return_id, criterion_id, accepts, text, name in db.session.execute(query)
    }


def actions_of_cycle(cycle_id: int) -> list[Action]:
    """The actions that came from a cycle: from its returns and from its challenge day, soonest due first."""
    of_the_day = (
        select(Outcome.action_id)
        .join(ChallengeDay, ChallengeDay.id == Outcome.day_id)
        .where(ChallengeDay.cycle_id == cycle_id, Outcome.action_id.is_not(None))
    )
    query = (
        select(Action)
        .where(or_(Action.cycle_id == cycle_id, Action.id.in_(of_the_day)))
        .options(*WITH_NAMES)
        .order_by(*soonest())
    )
    return list(db.session.scalars(query))


def clusters(organisation_ids: Collection[int]) -> list[tuple[int, str, str, str, str]]:
    """What schools can be put together by: id, district, phase, and the ref and name of the trust."""
    trust = Organisation.__table__.alias("trust")
    query = (
        select(Organisation.id, Organisation.district, Organisation.phase, trust.c.ref, trust.c.name)
        .outerjoin(trust, trust.c.id == Organisation.parent_id)
        .where(Organisation.id.in_(list(organisation_ids)))
        .order_by(Organisation.name, Organisation.id)
    )
    return [(row[0], row[1], row[2], row[3] or "", row[4] or "") for row in db.session.execute(query)]


def refs_near(organisation_ids: Collection[int]) -> set[str]:
    """The refs of these organisations and of the schools under them."""
    if not organisation_ids:
        return set()
    wanted = list(organisation_ids)
    query = select(Organisation.ref).where(
        or_(Organisation.id.in_(wanted), Organisation.parent_id.in_(wanted))
    )
    return set(db.session.scalars(query.order_by(Organisation.id)))


def refs_not_at_stage(cycle_id: int, refs: Collection[str], stages: Collection[str]) -> set[str]:
    """Those of some organisations whose return to a cycle stands at none of these stages."""
    query = (
        select(Organisation.ref)
        .join(Return, Return.organisation_id == Organisation.id)
        .where(Return.cycle_id == cycle_id, Organisation.ref.in_(list(refs)), Return.stage.in_(list(stages)))
    )
    return set(refs) - set(db.session.scalars(query.order_by(Organisation.id)))


def cycles_asked_of(organisation_ids: Collection[int]) -> list[int]:
    """The cycles in which one of these organisations is asked."""
    query = select(Invitation.cycle_id).where(Invitation.organisation_id.in_(list(organisation_ids)))
    return list(db.session.scalars(query.distinct().order_by(Invitation.cycle_id)))


def data_version(cycle: Cycle) -> str:
    """A digest of everything a pack of this cycle is made from: another one means that something changed."""
    told = [
        _rows(
            select(Return.id, Return.round, Return.stage, Return.submitted_at)
            .where(Return.cycle_id == cycle.id)
            .order_by(Return.id)
        ),
        _rows(
            select(Moderation.return_id, func.count(), func.sum(Moderation.version))
            .join(Return, (Return.id == Moderation.return_id) & (Return.round == Moderation.round))
            .where(Return.cycle_id == cycle.id)
            .group_by(Moderation.return_id)
            .order_by(Moderation.return_id)
        ),
        _rows(
            select(Reply.return_id, func.count(), func.sum(Reply.version))
            .join(Return, (Return.id == Reply.return_id) & (Return.round == Reply.round))
            .where(Return.cycle_id == cycle.id)
            .group_by(Reply.return_id)
            .order_by(Reply.return_id)
        ),
        _rows(
            select(Action.id, Action.version, Action.status)
            .where(Action.partnership_id == cycle.partnership_id)
            .order_by(Action.id)
        ),
        *_of_the_day(cycle.id),
    ]
    return sha256(repr(told).encode()).hexdigest()


def _of_the_day(cycle_id: int) -> list[list[tuple[object, ...]]]:
    days = select(ChallengeDay.id).where(ChallengeDay.cycle_id == cycle_id)
    day, turn, asked, came = ChallengeDay, Session, Enquiry, Outcome
    return [
        _rows(
            select(day.id, day.title, day.held_on, day.place, day.shares_packs, day.foreword, day.version)
            .where(day.cycle_id == cycle_id)
            .order_by(day.id)
        ),
        _rows(
            select(turn.id, turn.position, turn.organisation_id, turn.title, turn.questioner_id,
                   turn.starts_at, turn.minutes)
            .where(turn.day_id.in_(days))
            .order_by(turn.id)
        ),
        _rows(
            select(asked.id, asked.version, asked.state, asked.position, asked.asked_by_id, asked.question,
                   asked.why)
            .where(asked.day_id.in_(days))
            .order_by(asked.id)
        ),
        _rows(select(came.id, came.version, came.changed_at).where(came.day_id.in_(days)).order_by(came.id)),
    ]  # fmt: skip


def _rows(query) -> list[tuple[object, ...]]:  # type: ignore[no-untyped-def]
    return [tuple(row) for row in db.session.execute(query)]


def returned_to(cycle_id: int) -> list[int]:
    """The organisations whose returns to a cycle are in, by id."""
    query = select(Return.organisation_id).where(Return.cycle_id == cycle_id, Return.stage.in_(RETURNED))
    return list(db.session.scalars(query.order_by(Return.organisation_id)))


def organisations(ids: Collection[int]) -> list[Organisation]:
    """Organisations by id."""
    query = select(Organisation).where(Organisation.id.in_(list(ids))).order_by(Organisation.id)
    return list(db.session.scalars(query))


def may_be_taken(file: PackFile, now: datetime) -> bool:
    """The same as `is_free` of a file in hand."""
    old = now - timedelta(minutes=MINUTES_TO_WRITE)
    return file.written_at is None and not file.fault and (file.claimed_at is None or file.claimed_at < old)


def presenting(day_ids: Collection[int]) -> set[tuple[int, int]]:
    """Which organisations present on which of these days: id of the day, id of the organisation."""
    query = select(Session.day_id, Session.organisation_id).where(Session.day_id.in_(day_ids))
    return {(day_id, one) for day_id, one in db.session.execute(query) if one is not None}


def days_from(today: date, cycle_ids: Collection[int]) -> list[ChallengeDay]:
    """The challenge days of these cycles that are still to come, the next last."""
    query = select(ChallengeDay).where(
        ChallengeDay.cycle_id.in_(cycle_ids),
        ChallengeDay.held_on >= today,
        ChallengeDay.finished_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(ChallengeDay.held_on.desc(), ChallengeDay.id.desc())))
