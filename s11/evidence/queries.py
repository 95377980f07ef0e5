"""Finding evidence."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from s11.core.database import db
from s11.evidence.keeping_rules import PAGE, SOON_DAYS, Currency, Wanted
from s11.evidence.models import Document, Revision, Upload
from s11.evidence.rules import TO_SCAN

BATCH = 500


def revision_by_ref(ref: str) -> Revision | None:
    return db.session.scalar(select(Revision).where(Revision.ref == ref))


def revisions_by_ref(refs: Iterable[str]) -> dict[str, Revision]:
    """Several revisions at once, by their refs."""
    query = select(Revision).where(Revision.ref.in_(sorted(set(refs)))).order_by(Revision.id)
    return {revision.ref: revision for revision in db.session.scalars(query)}


def gone(refs: Iterable[str]) -> dict[str, str]:
    """Of these revisions, by ref, those whose file was removed, and when, in words."""
    query = select(Revision).where(Revision.ref.in_(sorted(set(refs))), Revision.destroyed_at.is_not(None))
    return {one.ref: one.gone for one in db.session.scalars(query.order_by(Revision.id))}


def document_by_ref(ref: str) -> Document | None:
    """A document, also one that was taken out of the library: what was shown with it still leads to it."""
    return db.session.scalar(select(Document).where(Document.ref == ref))


def revisions_of(document_id: int) -> list[Revision]:
    """Every revision of a document, the newest first."""
    query = select(Revision).where(Revision.document_id == document_id)
    return list(db.session.scalars(query.order_by(Revision.number.desc())))


def newest_revision(document_id: int) -> Revision:
    """The newest revision of a document: each has one from the start."""
    return db.session.scalars(
        select(Revision).where(Revision.document_id == document_id).order_by(Revision.number.desc()).limit(1)
    ).one()


def newer_than(revisions: Iterable[Revision]) -> dict[int, Revision]:
    """The newest revision of the documents of these revisions, by the id of each that is not the newest."""
    shown = list(revisions)
    newest = newest_of(one.document_id for one in shown)
    return {one.id: newest[one.document_id] for one in shown if newest[one.document_id].number > one.number}


def newest_of(document_ids: Iterable[int]) -> dict[int, Revision]:
    """The newest revision of each of these documents, by the document's id."""
    query = _newest().where(Revision.document_id.in_(sorted(set(document_ids)))).order_by(Revision.id)
    return {revision.document_id: revision for revision in db.session.scalars(query)}


def library(organisation_id: int) -> list[Revision]:
    """The newest revision of each document in an organisation's library, the latest added first."""
    query = _in_library(organisation_id).order_by(Revision.added_at.desc(), Revision.id.desc())
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Found:
    """One page of a library: the newest revision of each document, and how many there are in all."""

    revisions: tuple[Revision, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))


def found_in(organisation_id: int, wanted: Wanted, *, used: Collection[int], today: date) -> Found:
    """What somebody looks for. `used`: the ids of the documents shown in this year's returns."""
    query = _in_library(organisation_id).where(*_conditions(wanted, used, today))
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = min(wanted.page, max(1, -(-count // PAGE)))
    query = query.order_by(*SORTED[wanted.sort], Revision.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return Found(tuple(db.session.scalars(query)), count, page)


SORTED = {
    "added": (Revision.added_at.desc(),),
    "title": (func.lower(Document.title),),
    "until": (Document.current_until.is_(None), Document.current_until),
    "size": (Revision.size.desc(),),
}


def _conditions(wanted: Wanted, used: Collection[int], today: date) -> list[ColumnElement[bool]]:
    told: list[ColumnElement[bool]] = [
        or_(
            Document.title.icontains(word, autoescape=True),
            Document.target.icontains(word, autoescape=True),
            Revision.file_name.icontains(word, autoescape=True),
        )
        for word in wanted.words.split()
    ]
    if wanted.kind:
        told.append(Document.kind == wanted.kind)
    if wanted.added_by:
        told.append(Document.added_by_name == wanted.added_by)
    if wanted.used:
        shown = Document.id.in_(sorted(used))
        told.append(shown if wanted.used == "yes" else ~shown)
    if wanted.currency:
        told.append(_current(Currency(wanted.currency), today))
    return told


def _current(currency: Currency, today: date) -> ColumnElement[bool]:
    """What `keeping_rules.currency_of` says, asked of the database."""
    until, soon = Document.current_until, today + timedelta(days=SOON_DAYS)
    if currency is Currency.NEVER_SAID:
        return until.is_(None) & Document.confirmed_at.is_(None)
    if currency is Currency.PAST:
        return until < today
    if currency is Currency.SOON:
        return until.between(today, soon)
    return (until > soon) | (until.is_(None) & Document.confirmed_at.is_not(None))


def how_many(organisation_id: int, currency: Currency, *, today: date) -> int:
    """How many documents of a library stand so."""
    query = _in_library(organisation_id).where(_current(currency, today))
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def who_added(organisation_id: int) -> list[str]:
    """The names of everybody who added something to a library."""
    query = (
        select(Document.added_by_name)
        .where(
            Document.organisation_id == organisation_id,
            Document.removed_at.is_(None),
            Document.added_by_name != "",
        )
        .distinct()
        .order_by(Document.added_by_name)
    )
    return list(db.session.scalars(query))


def _in_library(organisation_id: int) -> Select[Revision]:
    return _newest().where(Document.organisation_id == organisation_id, Document.removed_at.is_(None))


def _newest() -> Select[Revision]:
    """The newest revision of every document."""
    other = aliased(Revision)
    newest = select(func.max(other.number)).where(other.document_id == Document.id).scalar_subquery()
    return (
        select(Revision).join(Document, Document.id == Revision.document_id).where(Revision.number == newest)
    )


def same_content(organisation_id: int, sha256: str) -> Revision | None:
    """A file in the library of an organisation with the same content, so that it is kept once."""
    query = (
        select(Revision)
        .join(Document, Document.id == Revision.document_id)
        .where(
            Document.organisation_id == organisation_id,
            Document.removed_at.is_(None),
            Revision.sha256 == sha256,
        )
        .order_by(Revision.id)
        .limit(1)
    )
    return db.session.scalar(query)


def every_stored() -> Iterator[Revision]:
    """Every revision that has a file, in order, some hundreds at a time."""
    last = 0
    while True:
        query = (
            select(Revision)
            .where(Revision.id > last, Revision.storage_key != "")
            .order_by(Revision.id)
            .limit(BATCH)
        )
        batch = list(db.session.scalars(query))
        if not batch:
            return
        yield from batch
        last = batch[-1].id
        db.session.expunge_all()


def revision_by_id(revision_id: int) -> Revision:
    return db.session.scalars(select(Revision).where(Revision.id == revision_id)).one()


def to_scan() -> list[tuple[int, str]]:
    """Every stored file that waits for the scanner: its id and its storage key, the oldest first."""
    query = select(Revision.id, Revision.storage_key).where(
        Revision.scan_state.in_(TO_SCAN), Revision.storage_key != ""
    )
    return [(found, key) for found, key in db.session.execute(query.order_by(Revision.id))]


def upload_by_ref(ref: str) -> Upload | None:
    return db.session.scalar(select(Upload).where(Upload.ref == ref))


def uploads(organisation_id: int) -> list[Upload]:
    """Files of an organisation that wait for somebody's decision, the oldest first."""
    query = select(Upload).where(Upload.organisation_id == organisation_id).order_by(Upload.id)
    return list(db.session.scalars(query))


def uploads_for(document: Document) -> list[Upload]:
    """Files that were sent as a newer revision of a document, and wait for a decision."""
    return [one for one in uploads(document.organisation_id) if one.purpose.get("document") == document.ref]


def uploads_before(moment: datetime) -> list[Upload]:
    """Files that have waited for a decision since before a moment."""
    return list(db.session.scalars(select(Upload).where(Upload.at < moment).order_by(Upload.id)))
