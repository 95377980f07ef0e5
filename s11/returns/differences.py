"""What changed from one sealed submission to the next: ratings, words, evidence, actions. Plain Python."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from s11.questionnaires.changes import Run, marked
from s11.returns.sealing import (
    SealedAction,
    SealedAnswer,
    SealedEvidence,
    SealedField,
    SealedRating,
    SealedReturn,
    SealedStandard,
)

NEW, GONE, CHANGED = "new", "gone", "changed"


@dataclass(frozen=True)
class Part:
    """Words that changed, with their marks."""

    what: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Rated:
    """A rating as the two submissions have it."""

    before: SealedRating | None
    after: SealedRating | None
    not_applicable_before: bool
    not_applicable_after: bool


@dataclass(frozen=True)
class Difference:
    """What changed in one answer, or beside the answers. `kind`: it may also be new or gone as a whole."""

    number: str
    text: str
    kind: str = CHANGED
    rating: Rated | None = None
    parts: tuple[Part, ...] = ()
    evidence_added: tuple[str, ...] = ()
    evidence_removed: tuple[str, ...] = ()
    actions_added: tuple[str, ...] = ()
    actions_removed: tuple[str, ...] = ()

    @property
    def tells_anything(self) -> bool:
        return self.kind != CHANGED or any(
            (
                self.rating,
                self.parts,
                self.evidence_added,
                self.evidence_removed,
                self.actions_added,
                self.actions_removed,
            )
        )


@dataclass(frozen=True)
class StandardDifference:
    number: str
    title: str
    answers: tuple[Difference, ...]


@dataclass(frozen=True)
class ReturnDifference:
    """Everything that changed; `whole`: in what is said about the whole return."""

    whole: Difference | None
    standards: tuple[StandardDifference, ...]
    answers: int  # in the later submission

    @property
    def changed(self) -> tuple[Difference, ...]:
        return tuple(one for standard in self.standards for one in standard.answers if one.number)

    @property
    def ratings(self) -> int:
        return sum(one.rating is not None for one in self.changed)


def between(before: SealedReturn, after: SealedReturn) -> ReturnDifference:
    """What changed, standard by standard, in the order of the later submission; what is gone comes last."""
    earlier = {one.key: one for one in before.standards}
    kept = {one.key for one in after.standards}
    pairs: list[tuple[SealedStandard | None, SealedStandard | None]] = [
        (earlier.get(one.key), one) for one in after.standards
    ]
    pairs += [(one, None) for one in before.standards if one.key not in kept]
    standards = [_standard(old, new) for old, new in pairs]
    whole = Difference("", "About the whole return", parts=tuple(_fields(before.fields, after.fields)))
    return ReturnDifference(
        whole=whole if whole.tells_anything else None,
        standards=tuple(one for one in standards if one.answers),
        answers=sum(len(one.answers) for one in after.standards),
    )


def _standard(before: SealedStandard | None, after: SealedStandard | None) -> StandardDifference:
    named = after or before
    assert named is not None
    old = {one.key: one for one in before.answers} if before else {}
    new = {one.key: one for one in after.answers} if after else {}
    found = [_answer(old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old])]
    fields = _fields(before.fields if before else (), after.fields if after else ())
    found.append(Difference("", f"About {named.number} as a whole", parts=tuple(fields)))
    return StandardDifference(named.number, named.title, tuple(one for one in found if one.tells_anything))


EMPTY = SealedAnswer("", "", "", None, False, "", "", ())


def _answer(before: SealedAnswer | None, after: SealedAnswer | None) -> Difference:
    named = after or before
    assert named is not None
    old, new = before or EMPTY, after or EMPTY
    added, removed = _evidence(old.evidence, new.evidence)
    promised, dropped = _actions(old.actions, new.actions)
    return Difference(
        number=named.number,
        text=named.text,
        kind=GONE if after is None else NEW if before is None else CHANGED,
        rating=_rating(old, new),
        parts=tuple(_words(old, new)),
        evidence_added=added,
        evidence_removed=removed,
        actions_added=promised,
        actions_removed=dropped,
    )


def _rating(old: SealedAnswer, new: SealedAnswer) -> Rated | None:
    was = (old.rating.code if old.rating else "", old.not_applicable)
    now = (new.rating.code if new.rating else "", new.not_applicable)
    return None if was == now else Rated(old.rating, new.rating, old.not_applicable, new.not_applicable)


def _words(old: SealedAnswer, new: SealedAnswer) -> Iterator[Part]:
    for what, was, now in (
        ("Commentary", old.commentary, new.commentary),
        ("Why it does not apply", old.not_applicable_reason, new.not_applicable_reason),
        ("Strengths", old.strengths, new.strengths),
        ("Gaps", old.shortfalls, new.shortfalls),
    ):
        if was != now:
            yield Part(what, marked(was, now))
    yield from _fields(old.fields, new.fields)
    was_said = {one.code: f"{one.sentence} {one.reason}".strip() for one in old.doubts}
    now_said = {one.code: f"{one.sentence} {one.reason}".strip() for one in new.doubts}
    for code in dict.fromkeys([*now_said, *was_said]):
        if was_said.get(code, "") != now_said.get(code, ""):
            yield Part("Doubt", marked(was_said.get(code, ""), now_said.get(code, "")))


def _fields(before: Sequence[SealedField], after: Sequence[SealedField]) -> Iterator[Part]:
    was, now = {one.code: one for one in before}, {one.code: one for one in after}
    for code in dict.fromkeys([*now, *was]):
        old, new = field_words(was.get(code)), field_words(now.get(code))
        if old != new:
            yield Part((now.get(code) or was[code]).label, marked(old, new))


def field_words(field: SealedField | None) -> str:
    """What a field holds as lines of text; a file with its hash, so that another of the same name shows."""
    if field is None:
        return ""
    if field.file:
        return (
            f"{field.file.title} (SHA-256 {field.file.sha256[:16]})"
            if field.file.sha256
            else field.file.title
        )
    if field.rows:
        return "\n".join(" | ".join(row) for row in field.rows)
    return field.words


def _evidence(
    before: Iterable[SealedEvidence], after: Iterable[SealedEvidence]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    was = {(one.revision, one.note): one for one in before}
    now = {(one.revision, one.note): one for one in after}
    return (
        tuple(_shown(one) for place, one in now.items() if place not in was),
        tuple(_shown(one) for place, one in was.items() if place not in now),
    )


def _shown(one: SealedEvidence) -> str:
    return f"{one.title} ({one.note})" if one.note else one.title


def _actions(
    before: Iterable[SealedAction], after: Iterable[SealedAction]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    was, now = [action_words(one) for one in before], [action_words(one) for one in after]
    return tuple(one for one in now if one not in was), tuple(one for one in was if one not in now)


def action_words(one: SealedAction) -> str:
    """An action in one line: what, who, by when, and how it stood."""
    due = date.fromisoformat(one.due_on)
    owner = f" {one.owner}," if one.owner else ""
    return f"{one.text.rstrip('.')}.{owner} by {due.day} {due:%B %Y}. {one.standing}"
