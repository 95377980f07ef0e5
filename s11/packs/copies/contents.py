"""What a copy of a submission contains: values from the sealed record, which a writer only sets."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from s11.core import clock
from s11.questionnaires.changes.printed import prose
from s11.returns.differences import action_words, field_words
from s11.returns.receipts import VERIFIED_BY, grouped
from s11.returns.sealing import (
    SealedAnswer,
    SealedEvidence,
    SealedField,
    SealedRating,
    SealedReturn,
    SealedSignature,
    SealedStandard,
)
from s11.web.filters import moment, size

LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)")
DASH = re.compile(r"^[-*] ", re.MULTILINE)
KIND_WORDS = {"file": "File", "link": "Link", "reference": "Seen elsewhere"}


@dataclass(frozen=True)
class Rating:
    """A rating with its word: the colour never stands alone."""

    letter: str
    label: str
    colour: str
    count: int = 0


@dataclass(frozen=True)
class Part:
    """Words under a label, or a table where it has columns."""

    label: str
    words: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Answer:
    number: str
    heading: str  # its first paragraph
    more: str  # what follows it
    rating: Rating | None
    state: str  # "Not applicable", "Not rated", or nothing
    parts: tuple[Part, ...]
    evidence: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Standard:
    number: str
    title: str
    answers: tuple[Answer, ...]
    parts: tuple[Part, ...]
    signed: str


@dataclass(frozen=True)
class Signature:
    label: str
    name: str
    role: str
    at: str
    approved: str


@dataclass(frozen=True)
class Shown:
    """A line of the list of evidence."""

    numbers: str
    title: str
    what: str
    sha256: str


@dataclass(frozen=True)
class CopyContents:
    organisation: str
    kind: str
    partnership: str
    cycle: str
    edition: str
    standards_word: str
    submitted: str
    which: str  # "Second submission", nothing for the first
    receipt: str
    checksum: str
    checksum_grouped: str
    address: str  # where anybody can check it
    link: str  # the same with receipt and checksum, for a code to scan
    counts: tuple[Rating, ...]
    declaration: str
    signatures: tuple[Signature, ...]
    parts: tuple[Part, ...]
    standards: tuple[Standard, ...]
    evidence: tuple[Shown, ...]
    day: str

    @property
    def title(self) -> str:
        return f"{self.organisation}: {self.cycle}"

    @property
    def file_name(self) -> str:
        """northshire-police-section-11-2026-submitted-2026-11-27, without its ending."""
        words = f"{self.organisation} {self.cycle} submitted {self.day}".lower()
        plain = "".join(char if char.isascii() and char.isalnum() else " " for char in words)
        return "-".join(plain.split())[:120]


def gather(
    sealed: SealedReturn,
    *,
    receipt: str,
    checksum: str,
    nth: int,
    service: str,
    gone: Mapping[str, str] = MappingProxyType({}),
) -> CopyContents:
    """The copy of a sealed record. `nth`: which of the return's submissions it is; `service`: our address.

    `gone`: of the files shown, by the ref of the revision, that one is no longer kept, in words.
    """
    address = f"{service}{VERIFIED_BY}"
    return CopyContents(
        organisation=sealed.organisation,
        kind=sealed.kind,
        partnership=sealed.partnership,
        cycle=sealed.cycle_title,
        edition=sealed.edition_title,
        standards_word=sealed.standard_word,
        submitted=moment(sealed.submitted),
        which="" if nth == 1 else f"Submission number {nth}",
        receipt=receipt,
        checksum=checksum,
        checksum_grouped=grouped(checksum),
        address=address,
        link=f"{address}?receipt={receipt}&checksum={checksum[:16]}",
        counts=tuple(_counts(sealed)),
        declaration=plain_prose(next((one.declaration for one in sealed.signatures), "")),
        signatures=tuple(_signature(one) for one in sealed.signatures),
        parts=tuple(_fields(sealed.fields)),
        standards=tuple(_standard(one) for one in sealed.standards),
        evidence=tuple(_evidence(sealed, gone)),
        day=f"{clock.local(sealed.submitted):%Y-%m-%d}",
    )


def plain_prose(text: str) -> str:
    """Words of a questionnaire on paper: paragraphs unfolded, a link as its words and its address."""
    words = LINK.sub(r"\1 (\2)", prose(text)).replace("**", "").strip()
    return DASH.sub("\N{BULLET} ", words)


def _counts(sealed: SealedReturn) -> Iterator[Rating]:
    """How many answers stand at each rating that was given, best first; then what has none."""
    answers = [one for standard in sealed.standards for one in standard.answers if one.rated]
    given = Counter(one.rating for one in answers if one.rating)
    for rating in sorted(given, key=lambda one: (-one.order, one.code)):
        yield _rating(rating, given[rating])
    away = sum(one.not_applicable for one in answers)
    if away:
        yield Rating("N/A", "Not applicable", "grey", away)
    blank = len(answers) - sum(given.values()) - away
    if blank:
        yield Rating("–", "Not rated", "grey", blank)


def _rating(rating: SealedRating, count: int = 0) -> Rating:
    return Rating(rating.letter, rating.label, rating.colour, count)


def _standard(standard: SealedStandard) -> Standard:
    signed = standard.signature
    return Standard(
        number=standard.number,
        title=standard.title,
        answers=tuple(_answer(one) for one in standard.answers),
        parts=tuple(_fields(standard.fields)),
        signed=f"{signed.label}: signed by {signed.name}, {signed.role}, {_at(signed)}" if signed else "",
    )


def _answer(answer: SealedAnswer) -> Answer:
    heading, _, more = plain_prose(answer.text).partition("\n")
    state = "Not applicable" if answer.not_applicable else "" if answer.rating else "Not rated"
    return Answer(
        number=answer.number,
        heading=heading,
        more=more.strip(),
        rating=_rating(answer.rating) if answer.rating else None,
        state=state if answer.rated else "",
        parts=tuple(_parts(answer)),
        evidence=tuple(_in_a_line(one) for one in answer.evidence),
        actions=tuple(action_words(one) for one in answer.actions),
    )


def _parts(answer: SealedAnswer) -> Iterator[Part]:
    for label, words in (
        ("Why it does not apply", answer.not_applicable_reason),
        ("Commentary", answer.commentary),
        ("Strengths", answer.strengths),
        ("Gaps", answer.shortfalls),
    ):
        if words.strip():
            yield Part(label, words.strip())
    yield from _fields(answer.fields)
    for doubt in answer.doubts:
        yield Part("Doubt", f"{doubt.sentence}\n{doubt.reason}".strip())


def _fields(fields: Iterable[SealedField]) -> Iterator[Part]:
    for field in fields:
        if field.rows:
            yield Part(field.label, "", field.columns, field.rows)
        else:
            yield Part(field.label, field_words(field) or "Not answered")


def _in_a_line(shown: SealedEvidence) -> str:
    where = f": {shown.target}" if shown.target else ""
    note = f" ({shown.note})" if shown.note else ""
    return f"{shown.title}{where}{note}"


def _signature(signature: SealedSignature) -> Signature:
    approver = f"{signature.approver_name}, {signature.approver_role}" if signature.approver_name else ""
    return Signature(signature.label, signature.name, signature.role, _at(signature), approver)


def _at(signature: SealedSignature) -> str:
    return moment(datetime.fromisoformat(signature.signed_at))


def _evidence(sealed: SealedReturn, gone: Mapping[str, str]) -> Iterator[Shown]:
    """Everything shown, each once, with the answers it is shown for."""
    where: dict[tuple[str, str, str], list[str]] = {}
    found: dict[tuple[str, str, str], SealedEvidence] = {}
    for number, shown in _places(sealed):
        place = (shown.revision, shown.sha256, shown.target)
        found.setdefault(place, shown)
        numbers = where.setdefault(place, [])
        if number and number not in numbers:
            numbers.append(number)
    for place, shown in found.items():
        what = KIND_WORDS.get(shown.kind, shown.kind)
        if shown.kind == "file":
            named = f"{shown.file_name}, " if shown.file_name != shown.title else ""
            what = f"{named}{size(shown.size)}"
            if shown.revision in gone:
                what = f"{what}. {gone[shown.revision]}."
        elif shown.target:
            what = f"{what}: {shown.target}"
        yield Shown(", ".join(where[place]), shown.title, what, shown.sha256)


def _places(sealed: SealedReturn) -> Iterator[tuple[str, SealedEvidence]]:
    for standard in sealed.standards:
        for answer in standard.answers:
            yield from ((answer.number, one) for one in answer.evidence)
            yield from ((answer.number, field.file) for field in answer.fields if field.file)
        yield from ((standard.number, field.file) for field in standard.fields if field.file)
    yield from (("", field.file) for field in sealed.fields if field.file)
