"""All the evidence of a return as one ZIP file: folders by standard, and an index that names everything.

What to put in is found out first; afterwards nothing asks the database, so that the file can be sent
while it is made. A file that is missing, altered or locked is named in the index instead of standing in
the way of the others.
"""

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath

from s11.core.sheets import write_csv
from s11.core.storage import Storage
from s11.core.zipping import Member, zipped
from s11.evidence import queries as documents
from s11.evidence.checking import Kept, NotServed, opened
from s11.evidence.models import Revision
from s11.questionnaires.rules import FieldContent
from s11.returns import queries
from s11.returns.models import Return
from s11.returns.sealing import SealedEvidence, SealedField, SealedReturn

ABOUT = "About the whole return"
NOT_KEPT = "Not in this archive. It is no longer kept."
TITLE_LONGEST = 80
# What no file may be called on Windows, and what no name may hold there or on any other system.
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
SQUEEZED = frozenset({"text/plain", "text/csv", "message/rfc822"})
KIND_WORDS = {"file": "File", "link": "Link", "reference": "Where it can be seen"}
# The number of a criterion stands with its words: alone, a spreadsheet would make 1.1 of 1.10.
COLUMNS = (
    "Criterion", "Title", "Where to look", "Kind", "File", "Link or where it can be seen", "Bytes",
    "SHA-256", "Added by", "Added on", "Remark",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One piece of evidence where it is shown. `file` is None for a link or a reference."""

    folder: str
    number: str  # of the criterion; empty for what is asked about a standard or the whole return
    asked: str
    title: str
    note: str
    kind: str
    target: str
    added_by: str
    added_at: datetime | None
    file: Kept | None
    media_type: str = ""
    path: str = ""  # in the archive
    remark: str = ""


@dataclass(frozen=True)
class Archive:
    """What goes into one ZIP file, and what its index says above."""

    organisation: str
    title: str
    state: str
    made_at: datetime
    items: tuple[Item, ...] = field(default=())


Index = Callable[[Archive], str]  # the index as a page of its own


@dataclass(frozen=True)
class Place:
    """Where in a return something is shown."""

    folder: str
    number: str
    asked: str


def of_working_copy(return_: Return) -> tuple[Item, ...]:
    """What the return shows now, in the order in which it is asked."""
    shown, values = queries.evidence(return_.id), queries.values_in(return_)
    held = documents.revisions_by_ref(
        value
        for (field_id, _), value in values.items()
        if isinstance(value, str) and field_id in _file_fields(return_)
    )
    places = []

    def fields(asked: Iterable[FieldContent], subject: int, folder: str, number: str) -> None:
        for one in asked:
            revision = held.get(values.get((one.id, subject)) or "") if one.kind == "file" else None
            if revision is not None:
                places.append((Place(folder, number, one.label), revision, ""))

    fields(queries.fields_of(return_), 0, ABOUT, "")
    for standard in queries.standards_of(return_):
        folder = f"{standard.number} {standard.title}"
        for criterion in standard.criteria:
            for one in shown.get(criterion.id, ()):
                places.append((Place(folder, criterion.number, criterion.text), one.revision, one.note))
            fields(criterion.fields, criterion.id, folder, criterion.number)
        fields(standard.fields, standard.id, folder, "")
    return with_paths(_item(place, revision, note) for place, revision, note in places)


def _file_fields(return_: Return) -> frozenset[int]:
    return frozenset(one.id for one in queries.edition_of(return_).all_fields() if one.kind == "file")


def of_submission(sealed: SealedReturn) -> tuple[Item, ...]:
    """What was sealed: its titles, notes and hashes, whatever the library says today."""
    revisions = documents.revisions_by_ref(one.revision for one in sealed.evidence)
    return with_paths(
        _sealed_item(place, one, revisions.get(one.revision)) for place, one in _sealed_places(sealed)
    )


def _sealed_places(sealed: SealedReturn) -> Iterator[tuple[Place, SealedEvidence]]:
    yield from _of_fields(sealed.fields, ABOUT, "")
    for standard in sealed.standards:
        folder = f"{standard.number} {standard.title}"
        for answer in standard.answers:
            for one in answer.evidence:
                yield Place(folder, answer.number, answer.text), one
            yield from _of_fields(answer.fields, folder, answer.number)
        yield from _of_fields(standard.fields, folder, "")


def _of_fields(
    fields: Iterable[SealedField], folder: str, number: str
) -> Iterator[tuple[Place, SealedEvidence]]:
    for one in fields:
        if one.file is not None:
            yield Place(folder, number, one.label), one.file


def _item(place: Place, revision: Revision, note: str) -> Item:
    document = revision.document
    return Item(
        folder=place.folder,
        number=place.number,
        asked=place.asked,
        title=document.title,
        note=note,
        kind=document.kind,
        target=document.target,
        added_by=revision.added_by_name,
        added_at=revision.added_at,
        file=Kept.of(revision) if revision.storage_key else None,
        media_type=revision.media_type,
        remark=f"Not in this archive. {revision.gone}." if revision.gone else "",
    )


def _sealed_item(place: Place, sealed: SealedEvidence, revision: Revision | None) -> Item:
    told = {"title": sealed.title, "note": sealed.note, "kind": sealed.kind, "target": sealed.target}
    if revision is None:
        return Item(**vars(place), **told, added_by="", added_at=None, file=None, remark=NOT_KEPT)
    found = replace(_item(place, revision, sealed.note), **told)  # type: ignore[arg-type]
    if found.file is None:
        return found
    # Against the hash that was signed for, not only against the one in the library.
    return replace(found, file=replace(found.file, name=sealed.file_name, sha256=sealed.sha256))


def with_paths(items: Iterable[Item]) -> tuple[Item, ...]:
    """The same, each file with a path of its own. One shown several times is put in once, with the first."""
    first: dict[str, str] = {}
    taken: set[str] = set()
    placed = []
    for one in items:
        if one.file is not None:
            if one.file.key not in first:
                first[one.file.key] = _free(_path(one), taken)
            one = replace(one, path=first[one.file.key])
        placed.append(one)
    return tuple(placed)


def _path(one: Item) -> str:
    name = PurePosixPath(one.file.name if one.file else "")
    ending = name.suffix.lower()
    title = one.title[: -len(ending)] if ending and one.title.lower().endswith(ending) else one.title
    folder, called = safe_name(one.folder, 60), safe_name(f"{one.number} {title}", TITLE_LONGEST)
    return f"{folder}/{called}{ending}"


def _free(path: str, taken: set[str]) -> str:
    """This path, or the next free one: to Windows, small letters and capitals are the same."""
    stem, dot, suffix = path.rpartition(".")
    tried, count = path, 1
    while tried.casefold() in taken:
        count += 1
        tried = f"{stem} ({count}){dot}{suffix}"
    taken.add(tried.casefold())
    return tried


def safe_name(name: str, longest: int) -> str:
    """A name that every system takes: no path, no control or direction marks, nothing reserved."""
    plain = NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", name))
    shown = "".join(char if char.isprintable() else " " for char in plain)
    short = " ".join(shown.split())[:longest].strip(" .")
    return f"_{short}" if RESERVED.match(short) else short or "document"


def stream(archive: Archive, store: Storage, index: Index) -> Iterator[bytes]:
    """The ZIP file, piece by piece; the index comes last, when it is known what became of every file."""
    return zipped(_members(archive, store, index))


def _members(archive: Archive, store: Storage, index: Index) -> Iterator[Member]:
    remarks: dict[str, str] = {}
    for one in archive.items:
        if one.file is None or one.path in remarks:
            continue
        remarks[one.path] = ""
        try:
            content = opened(store, one.file)
        except NotServed as refusal:
            remarks[one.path] = f"Not in this archive. {refusal.short}"
            continue
        squeeze = one.media_type in SQUEEZED
        yield Member(one.path, content, one.file.size, one.added_at or archive.made_at, squeeze=squeeze)
    told = replace(archive, items=tuple(_told(one, remarks) for one in archive.items))
    for name, text in (("index.html", index(told)), ("index.csv", "\ufeff" + sheet(told.items))):
        data = text.encode()
        yield Member(name, io.BytesIO(data), len(data), archive.made_at, squeeze=True)


def _told(one: Item, remarks: dict[str, str]) -> Item:
    remark = remarks.get(one.path, "") or one.remark
    return replace(one, path="" if remark else one.path, remark=remark)


def sheet(items: Sequence[Item]) -> str:
    """The index for a spreadsheet."""
    rows = [
        dict(
            zip(
                COLUMNS,
                (
                    f"{one.number} {one.asked}".strip(),
                    one.title,
                    one.note,
                    KIND_WORDS[one.kind],
                    one.path,
                    one.target,
                    one.file.size if one.file else None,
                    one.file.sha256 if one.file else "",
                    one.added_by,
                    one.added_at.date() if one.added_at else None,
                    one.remark,
                ),
                strict=True,
            )
        )
        for one in items
    ]
    return write_csv(rows, COLUMNS)
