"""Last year beside this year: what the pages print of what was said, shown and agreed then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from s11.core import clock
from s11.evidence import queries as documents
from s11.evidence.models import Revision
from s11.questionnaires.changes import Mark, Run, marked
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import queries
from s11.returns.carrying import Earlier, is_answered, left_because, offer_of
from s11.returns.models import Answer, AnswerEvidence, Return
from s11.returns.operations import said_by
from s11.returns.queries import LastReturn, SecondView, of_standard
from s11.returns.sealing import SealedEvidence, SealedField, SealedRating


@dataclass(frozen=True)
class EvidenceThen:
    """Something shown last year, and what to know before it is shown again."""

    item: SealedEvidence
    state: str


@dataclass(frozen=True)
class EarlierPage:
    """One question of last year with its answer. Where its wording was another: `runs`, with what has changed
    since marked word by word, or `wording` where the two have too little in common to be read like that."""

    number: str
    runs: tuple[Run, ...]
    wording: str
    rated: bool
    rating: SealedRating | None
    not_applicable: bool
    words: str
    strengths: str
    shortfalls: str
    evidence: tuple[EvidenceThen, ...]
    fields: tuple[SealedField, ...]
    second: SecondView | None

    @property
    def rated_otherwise(self) -> bool:
        """Whether the Board's rating is another than the organisation's own."""
        if self.second is None:
            return False
        own = self.rating.code if self.rating else ""
        theirs = self.second.rating.code if self.second.rating else ""
        return (own, self.not_applicable) != (theirs, self.second.not_applicable)


@dataclass(frozen=True)
class Beside:
    """Everything said last year to what one criterion asks now. `takes`: one click takes it over.

    `rating_left`: why its rating would not be taken over, or was not.
    """

    ref: str
    title: str
    answers: tuple[EarlierPage, ...]
    takes: bool
    rating_left: str

    @property
    def is_reworded(self) -> bool:
        return any(one.runs or one.wording for one in self.answers)


class LastYear:
    """What is read once for the criteria of a page. A guest sees words and ratings, and nothing else."""

    def __init__(self, return_: Return, criteria: Iterable[CriterionContent], *, guest: bool = False) -> None:
        self.last = None if return_.invitation.exempted_at else queries.last_return(return_)
        self.edition = queries.edition_of(return_)
        self.guest = guest
        self.today = clock.today()
        self.seconds: dict[str, SecondView] = {}
        self.revisions: dict[str, Revision] = {}
        self.newest: dict[int, Revision] = {}
        if self.last is not None and not guest:
            self._read(self.last, criteria)

    def _read(self, last: LastReturn, criteria: Iterable[CriterionContent]) -> None:
        self.seconds = queries.second_views_of(last.return_id, last.round)
        refs = {
            item.revision
            for criterion in criteria
            for one in last.earlier(criterion)
            for item in one.answer.evidence
        }
        if refs:
            self.revisions = documents.revisions_by_ref(refs)
            self.newest = documents.newest_of(one.document_id for one in self.revisions.values())

    def of(self, criterion: CriterionContent, answer: Answer | None) -> Beside | None:
        """What stands beside a criterion; None where nothing was said to it."""
        earlier = self.last.earlier(criterion) if self.last else ()
        if not earlier or self.last is None:
            return None
        answered = answer is not None and (answer.carried or is_answered(said_by(answer)))
        told, away = bool(self.edition.scale_change), self.edition.not_applicable_allowed
        offer = offer_of(criterion, earlier, told=told, away_allowed=away)
        left = left_because(criterion, earlier, answered=answered)
        return Beside(
            ref=self.last.ref,
            title=self.last.title,
            answers=tuple(self._page(criterion, one) for one in earlier),
            takes=left is None and not self.guest,
            rating_left=offer.rating_left if offer else "",
        )

    def of_standard(self, standard: StandardContent) -> tuple[str, ...]:
        """What was said and agreed at last year's challenge day about a standard as a whole."""
        found = self.seconds.get(of_standard(standard.key))
        return found.words if found else ()

    def _page(self, criterion: CriterionContent, earlier: Earlier) -> EarlierPage:
        said = earlier.answer
        same = said.text.split() == criterion.text.split()
        runs = () if same else marked(said.text, criterion.text)
        alike = any(run.mark is Mark.KEPT for run in runs)
        return EarlierPage(
            number=said.number,
            runs=runs if alike else (),
            wording="" if same or alike else said.text,
            rated=said.rated,
            rating=said.rating,
            not_applicable=said.not_applicable,
            words=earlier.words,
            strengths=said.strengths,
            shortfalls=said.shortfalls,
            evidence=()
            if self.guest
            else tuple(EvidenceThen(item, self._state(item)) for item in said.evidence),
            fields=()
            if self.guest
            else tuple(field for field in said.fields if field.words or field.rows or field.file),
            second=self.seconds.get(said.key),
        )

    def _state(self, item: SealedEvidence) -> str:
        revision = self.revisions.get(item.revision)
        if revision is None or revision.document.removed_at:
            return "no longer in your library"
        return state_of(revision, self.newest.get(revision.document_id), self.today)


def state_of(revision: Revision, newest: Revision | None, today: date) -> str:
    """What is to be known of a revision before it is relied on; empty where there is nothing."""
    until = revision.document.current_until
    said = []
    if until is not None and until < today:
        said.append(f"out of date since {until.day} {until:%B %Y}")
    if newest is not None and newest.number > revision.number:
        said.append("there is a newer revision")
    return ", ".join(said)


@dataclass(frozen=True)
class ShownAgain:
    """A piece of evidence as the review prints it. `newest`: the revision offered in its place."""

    shown: AnswerEvidence
    state: str
    newest: Revision | None


def shown_again(shown: Iterable[AnswerEvidence], today: date) -> list[ShownAgain]:
    """The evidence of one answer, with what has become of it since."""
    listed = list(shown)
    newest = documents.newest_of(one.revision.document_id for one in listed) if listed else {}
    found = []
    for one in listed:
        latest = newest.get(one.revision.document_id)
        newer = latest if latest is not None and latest.number > one.revision.number else None
        found.append(ShownAgain(one, state_of(one.revision, latest, today), newer))
    return found
