"""The sealed record: everything a submission said, as one text with one checksum.

It holds the words that were asked, not only their numbers, so that it can be read and
printed years later without the edition it was asked with.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

FORMAT = 1


@dataclass(frozen=True)
class SealedRating:
    """A level as it was printed on the day; `order` is highest for the best."""

    code: str
    label: str
    letter: str
    colour: str
    order: int


@dataclass(frozen=True)
class SealedEvidence:
    """What was shown: a file with its hash, a link, or where to look."""

    title: str
    kind: str
    target: str
    file_name: str
    size: int
    sha256: str
    note: str
    revision: str  # ref of the revision, to open it


@dataclass(frozen=True)
class SealedField:
    """What was entered in a field, in words: of a table its `columns` and `rows` too, of a file its proof."""

    code: str
    label: str
    kind: str
    words: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    file: SealedEvidence | None = None


@dataclass(frozen=True)
class SealedDoubt:
    """Something that gives rise to doubt, in the sentence printed, and why it is right all the same."""

    code: str
    sentence: str
    reason: str


@dataclass(frozen=True)
class SealedAction:
    """An improvement action recorded with the answer, as it stood on the day."""

    text: str
    owner: str
    due_on: str
    standing: str


@dataclass(frozen=True)
class SealedAnswer:
    """One criterion with its words, its rating and what was said."""

    number: str
    key: str
    text: str
    rating: SealedRating | None
    not_applicable: bool
    not_applicable_reason: str
    commentary: str
    evidence: tuple[SealedEvidence, ...]
    # What follows came later: a record sealed before has none of it.
    fields: tuple[SealedField, ...] = ()
    rated: bool = True
    group: str = ""
    strengths: str = ""
    shortfalls: str = ""
    doubts: tuple[SealedDoubt, ...] = ()
    actions: tuple[SealedAction, ...] = ()


@dataclass(frozen=True)
class SealedSignature:
    """Who signed, as what, when, and the words declared."""

    step: str
    label: str
    name: str
    role: str
    signed_at: str
    declaration: str
    approver_name: str
    approver_role: str


@dataclass(frozen=True)
class SealedStandard:
    """A standard with the answers given to it, and its own signature where it has one."""

    number: str
    key: str
    title: str
    answers: tuple[SealedAnswer, ...]
    fields: tuple[SealedField, ...] = ()
    signature: SealedSignature | None = None


@dataclass(frozen=True)
class SealedReturn:
    """A whole submission."""

    ref: str
    round: int
    organisation: str
    kind: str
    partnership: str
    cycle: str
    cycle_title: str
    edition: str
    edition_title: str
    standard_word: str
    criterion_word: str
    submitted_at: str
    signatures: tuple[SealedSignature, ...]
    standards: tuple[SealedStandard, ...]
    fields: tuple[SealedField, ...] = ()

    @property
    def evidence(self) -> Iterator[SealedEvidence]:
        """Everything shown, wherever it stands."""
        fields = [*self.fields]
        for standard in self.standards:
            fields += standard.fields
            for answer in standard.answers:
                yield from answer.evidence
                fields += answer.fields
        yield from (field.file for field in fields if field.file)

    def standard(self, number: str) -> SealedStandard | None:
        return next((standard for standard in self.standards if standard.number == number), None)

    @property
    def submitted(self) -> datetime:
        return datetime.fromisoformat(self.submitted_at)


def seal(record: SealedReturn) -> tuple[str, str]:
    """The canonical text of a record and its SHA-256 in hex."""
    text = json.dumps(
        {"format": FORMAT, **asdict(record)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return text, checksum(text)


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def unseal(text: str) -> SealedReturn:
    """The record of a sealed text."""
    data: dict[str, Any] = json.loads(text)
    data.pop("format")
    data["signatures"] = tuple(SealedSignature(**signature) for signature in data["signatures"])
    data["standards"] = tuple(_standard(standard) for standard in data["standards"])
    data["fields"] = _fields(data)
    return SealedReturn(**data)


def _standard(data: dict[str, Any]) -> SealedStandard:
    answers = tuple(_answer(answer) for answer in data["answers"])
    signature = SealedSignature(**data["signature"]) if data.get("signature") else None
    return SealedStandard(**{**data, "answers": answers, "fields": _fields(data), "signature": signature})


def _answer(data: dict[str, Any]) -> SealedAnswer:
    rating = SealedRating(**data["rating"]) if data["rating"] else None
    evidence = tuple(SealedEvidence(**item) for item in data["evidence"])
    told = {
        "rating": rating,
        "evidence": evidence,
        "fields": _fields(data),
        "doubts": tuple(SealedDoubt(**doubt) for doubt in data.get("doubts", ())),
        "actions": tuple(SealedAction(**action) for action in data.get("actions", ())),
    }
    return SealedAnswer(**{**data, **told})


def _fields(data: dict[str, Any]) -> tuple[SealedField, ...]:
    return tuple(_field(field) for field in data.get("fields", ()))


def _field(data: dict[str, Any]) -> SealedField:
    file = SealedEvidence(**data["file"]) if data["file"] else None
    rows = tuple(tuple(row) for row in data["rows"])
    return SealedField(**{**data, "columns": tuple(data["columns"]), "rows": rows, "file": file})
