"""Evidence files past a partnership's time: shown in cycles closed long ago, and nowhere else any more."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased

from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle
from s11.evidence.models import Document, Revision
from s11.evidence.requests.models import ShownInResponse
from s11.evidence.uses import kept_elsewhere
from s11.organisations import queries as organisations
from s11.organisations.models import Partnership
from s11.partnerships.uses import FilesPast
from s11.questionnaires.models import QuestionField
from s11.returns.models import AnswerEvidence, FieldAnswer, Return, Submission
from s11.returns.sealing import unseal
from s11.trail.retention import first_day_kept

BATCH = 500


def expired_cycles(years_of: Mapping[Partnership, int | None]) -> list[Cycle]:
    """The cycles whose evidence files are past so many years, each partnership's the oldest first."""
    found: list[Cycle] = []
    for one, years in years_of.items():
        if years is None:
            continue
        kept_from = first_day_kept(years, clock.today(one.time_zone))
        query = select(Cycle).where(
            Cycle.partnership_id == one.id, Cycle.closed_at < clock.start_of(kept_from, one.time_zone)
        )
        found += db.session.scalars(query.order_by(Cycle.closed_at, Cycle.id))
    return found


def years_of_all() -> dict[Partnership, int | None]:
    """For how many years each partnership keeps the files of a closed cycle; None: for ever."""
    return {one: one.evidence_years for one in organisations.partnerships()}


def files_past(partnership: Partnership, years: int | None) -> list[FilesPast]:
    """How many files of which of its cycles a run would remove with so many years, in a few queries.

    What only an earlier submission of a return showed is left out here; the run itself looks there too.
    """
    if years is None:
        return []
    cycles = expired_cycles({**years_of_all(), partnership: years})
    own = [cycle for cycle in cycles if cycle.partnership_id == partnership.id]
    if not own:
        return []
    gone = {one.id for one in _nowhere_else(cycles, _shown_in(cycles))}
    shown = _in_cycles(own)
    counts = Counter(shown[id_] for id_ in gone if id_ in shown)
    return [FilesPast(cycle.title, counts[cycle.id]) for cycle in own if counts[cycle.id]]


def revisions_past() -> list[Revision]:
    """Every file to remove, also what only an earlier submission showed, and nothing that one still shows."""
    cycles = expired_cycles(years_of_all())
    if not cycles:
        return []
    ids = _ids(cycles)
    sealed = _sealed_refs(Return.cycle_id.in_(ids), None)
    shown = _shown_in(cycles) | {one.id for one in _by_refs(sealed)}
    found = _nowhere_else(cycles, shown)
    holders = {one.document.organisation_id for one in found}
    still = _sealed_refs(Return.cycle_id.not_in(ids), holders) if found else set()
    return [one for one in found if one.ref not in still]


def _ids(cycles: Iterable[Cycle]) -> list[int]:
    return [cycle.id for cycle in cycles]


def _shown_in(cycles: Collection[Cycle]) -> set[int]:
    return set(_in_cycles(cycles))


def _in_cycles(cycles: Collection[Cycle]) -> dict[int, int]:
    """The files shown in the returns of these cycles, by id, and the latest of the cycles that shows it."""
    order = {id_: place for place, id_ in enumerate(_ids(cycles))}
    answers = (
        select(AnswerEvidence.revision_id, Return.cycle_id)
        .join(Return, Return.id == AnswerEvidence.return_id)
        .join(Revision, Revision.id == AnswerEvidence.revision_id)
        .where(Return.cycle_id.in_(order), Revision.storage_key != "")
        .order_by(AnswerEvidence.id)
    )
    rows = [(revision, cycle) for revision, cycle in db.session.execute(answers)]
    fields = _field_refs(Return.cycle_id.in_(order))
    rows += [(one.id, fields[one.ref]) for one in _by_refs(fields)]
    return dict(sorted(rows, key=lambda row: order[row[1]]))


def _field_refs(where: ColumnElement[bool]) -> dict[str, int]:
    """The refs that fields asking for a file hold in some returns, each with the cycle."""
    query = (
        select(FieldAnswer.value, Return.cycle_id)
        .join(Return, Return.id == FieldAnswer.return_id)
        .join(QuestionField, QuestionField.id == FieldAnswer.field_id)
        .where(QuestionField.kind == "file", where)
        .order_by(FieldAnswer.id)
    )
    return {value: cycle for value, cycle in db.session.execute(query) if isinstance(value, str) and value}


def _by_refs(refs: Iterable[str]) -> Iterator[Revision]:
    """These revisions, of which a file is stored."""
    wanted = sorted(set(refs))
    for start in range(0, len(wanted), BATCH):
        query = select(Revision).where(
            Revision.ref.in_(wanted[start : start + BATCH]), Revision.storage_key != ""
        )
        yield from db.session.scalars(query.order_by(Revision.id))


def _nowhere_else(cycles: Collection[Cycle], ids: Collection[int]) -> list[Revision]:
    """Of these files, those that nothing else shows: no other return, no request, no action, no library."""
    others = Return.cycle_id.not_in(_ids(cycles))
    held = _field_refs(others)
    found: list[Revision] = []
    wanted = sorted(ids)
    for start in range(0, len(wanted), BATCH):
        query = _free(others).where(Revision.id.in_(wanted[start : start + BATCH]))
        found += [one for one in db.session.scalars(query.order_by(Revision.id)) if one.ref not in held]
    return found


def _free(others: ColumnElement[bool]) -> Select[Revision]:
    later = aliased(Revision)
    is_newest = ~exists(
        select(later.id).where(later.document_id == Revision.document_id, later.number > Revision.number)
    )
    answers = select(AnswerEvidence.revision_id).join(Return, Return.id == AnswerEvidence.return_id)
    return (
        select(Revision)
        .join(Document, Document.id == Revision.document_id)
        .where(
            Revision.storage_key != "",
            Revision.id.not_in(answers.where(others)),
            Revision.id.not_in(select(ShownInResponse.revision_id)),
            *(Revision.id.not_in(kept) for kept in kept_elsewhere()),
            or_(Document.removed_at.is_not(None), ~is_newest),
        )
    )


def _sealed_refs(where: ColumnElement[bool], organisations_: Collection[int] | None) -> set[str]:
    """The files that submissions show: what was sent and sealed is still shown where it is read."""
    query = select(Submission.sealed).join(Return, Return.id == Submission.return_id).where(where)
    if organisations_ is not None:
        query = query.where(Return.organisation_id.in_(sorted(organisations_)))
    texts = db.session.scalars(query.order_by(Submission.id).execution_options(yield_per=20))
    return {item.revision for text in texts for item in unseal(text).evidence if item.revision}


def shares_its_file(revision: Revision) -> bool:
    """Whether another revision points at the same stored file."""
    query = select(Revision.id).where(
        Revision.storage_key == revision.storage_key, Revision.id != revision.id
    )
    return db.session.scalar(query.limit(1)) is not None
