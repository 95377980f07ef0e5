"""Finding packs, and what a pack is made from: sealed records and moderators' reasons."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from s11.core.database import db
from s11.cycles.models import Cycle
from s11.moderation.models import Moderation
from s11.packs.models import Letter, Pack, PackFile
from s11.returns.models import Return, Submission
from s11.returns.sealing import SealedReturn, unseal


def by_ref(ref: str) -> Pack | None:
    query = select(Pack).where(Pack.ref == ref)
    return db.session.scalar(query.options(joinedload(Pack.cycle).joinedload(Cycle.partnership)))


def of_cycle(cycle_id: int) -> list[Pack]:
    """The packs built for a cycle, the latest first."""
    query = select(Pack).where(Pack.cycle_id == cycle_id)
    return list(db.session.scalars(query.order_by(Pack.built_at.desc(), Pack.id.desc())))


def letters_released(day_id: int) -> int:
    """How many feedback letters of a challenge day went to their organisation."""
    query = select(func.count(Letter.id)).where(Letter.day_id == day_id, Letter.released_at.is_not(None))
    return db.session.scalar(query) or 0


def files_of(pack_ids: Sequence[int]) -> dict[int, list[PackFile]]:
    """The files of these packs, by pack id."""
    query = select(PackFile).where(PackFile.pack_id.in_(list(pack_ids))).order_by(PackFile.id)
    found: dict[int, list[PackFile]] = {pack_id: [] for pack_id in pack_ids}
    for one in db.session.scalars(query):
        found[one.pack_id].append(one)
    return found


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


def reasons(return_ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """Moderators' reasons in the standing round, by return id and criterion id."""
    query = (
        select(Moderation.return_id, Moderation.criterion_id, Moderation.reason)
        .join(Return, (Return.id == Moderation.return_id) & (Return.round == Moderation.round))
        .where(Moderation.return_id.in_(list(return_ids)))
        .order_by(Moderation.return_id, Moderation.criterion_id)
    )
    return {
        (return_id, criterion_id): reason for return_id, criterion_id, reason in db.session.execute(query)
    }
