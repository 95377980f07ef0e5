"""The facts for the rules of enquiry, read with as many queries for 500 organisations as for two.

The ratings of everybody come packed, so that a group of 500 is compared without their answers; what was
written is read only of the organisations in hand.
"""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from s11.actions.models import Action
from s11.actions.queries import soonest
from s11.actions.rules import Source, is_open
from s11.challenge.enquiries.facts import (
    BLANK,
    EVERYBODY,
    NAMES,
    About,
    Doubted,
    Line,
    Part,
    Peers,
    Promise,
    Proof,
    Rated,
    Standing,
    Whole,
    Year,
    in_words,
)
from s11.challenge.models import ChallengeDay
from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.cycles.queries import content_of, due_day
from s11.cycles.rules import AskedAs
from s11.evidence.models import Document, Revision
from s11.moderation import queries as moderation
from s11.moderation.models import Moderation
from s11.organisations.models import Organisation
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import Edition
from s11.questionnaires.rules import CriterionContent, EditionContent, ScaleContent, StandardContent
from s11.returns import packing
from s11.returns import queries as returns
from s11.returns.carrying import same_scale
from s11.returns.doubts import EVIDENCE_YEARS
from s11.returns.models import AnswerEvidence, Return, Submission
from s11.returns.queries import Submitted
from s11.returns.rules import RETURNED, Stage
from s11.returns.sealing import unseal

YEARS_BEFORE = 2
KEPT_AT_MOST = 256
AWAY = Rated("Not applicable", not_applicable=True)
OTHERS = ("other organisation", "other organisations")


def gather(day: ChallengeDay, organisations: Sequence[Organisation]) -> tuple[list[About], Whole]:
    """What is known of these organisations, in their order, and of the whole cycle of a day."""
    return Gathering(day.cycle, [one.id for one in organisations]).told()


class Gathering:
    """What was read, while it is put together."""

    def __init__(self, cycle: Cycle, organisation_ids: Sequence[int]) -> None:
        self.cycle, self.ids = cycle, organisation_ids
        self.today = clock.today()
        self.edition = content_of(cycle)
        self.marks = Marks(self.edition)
        self.everybody = returns.submitted(cycle.id)
        self.submitted = {one.organisation_id: one for one in self.everybody}
        mine = [self.submitted[one] for one in self.ids if one in self.submitted]
        self.return_ids = [one.return_id for one in mine]
        self.asked = _asked(cycle.id, self.ids)
        self.moderated = _moderated(self.return_ids)
        self.replies = moderation.replies_of(self.return_ids)
        self.shown = _shown(self.return_ids, self.today)
        self.actions: dict[int, list[Action]] = defaultdict(list)
        for action in _actions(cycle.partnership_id, self.ids):
            self.actions[action.organisation_id].append(action)
        self.earlier = _earlier(cycle, [one.organisation_id for one in mine])
        sealed = _standing_seals(self.return_ids)
        wanted = [*sealed.values(), *(one.seal for years in self.earlier.values() for one in years)]
        read = _said(wanted)
        self.said = {return_id: read[seal] for return_id, seal in sealed.items()}
        self.earlier_said = read
        self.comparable: dict[int, dict[str, CriterionContent]] = {}
        self.earlier_marks: dict[int, Marks] = {}

    def told(self) -> tuple[list[About], Whole]:
        groups = self._groups()
        small_group = self.cycle.partnership.small_group
        whole = Whole(
            today=self.today,
            small_group=small_group,
            everybody=self._peers(EVERYBODY, self.everybody),
            criteria={
                criterion.key: Line(_part(standard), criterion.key, criterion.number, criterion.must)
                for standard in self.edition.asked_standards
                for criterion in standard.criteria
            },
            standards=tuple(self._standings()),
            small=tuple((peers.name[1], peers.size) for peers in groups.values() if peers.size < small_group),
        )
        return [self._about(one, groups) for one in self.ids if one in self.asked], whole

    def _groups(self) -> dict[tuple[str, str], Peers]:
        found: dict[tuple[str, str], list[Submitted]] = defaultdict(list)
        for one in self.everybody:
            found[_group(one.kind)].append(one)
        return {name: self._peers(name, some) for name, some in sorted(found.items())}

    def _peers(self, name: tuple[str, str], some: Sequence[Submitted]) -> Peers:
        places: dict[str, Counter[int]] = {}
        away: dict[str, int] = {}
        columns = zip(*(one.ratings for one in some), strict=True)
        for criterion, column in zip(self.edition.criteria, columns, strict=False):
            given, known = Counter(column), self.marks.of(criterion)
            away[criterion.key] = given.get(packing.NOT_APPLICABLE, 0)
            counted: Counter[int] = Counter()
            for byte, count in given.items():
                rated = known.get(byte, BLANK)
                if rated.place is not None:
                    counted[rated.place] += count
            places[criterion.key] = counted
        return Peers(name, len(some), places, away)

    def _standings(self) -> Iterable[Standing]:
        for standard in self.edition.asked_standards:
            known = [(one.position, self.marks.of(one)) for one in standard.criteria]
            counts = []
            for one in self.everybody:
                rated = [marks.get(one.ratings[position], BLANK) for position, marks in known]
                counted = sum(rating.place is not None for rating in rated)
                if counted:
                    counts.append((sum(rating.is_best for rating in rated), counted, one.organisation_id))
            if not counts:
                continue
            best, of, whose = max(counts, key=lambda count: count[0] / count[1])
            yield Standing(
                part=_part(standard),
                best=sum(count[0] for count in counts),
                counted=sum(count[1] for count in counts),
                organisations=len(counts),
                below=sum(2 * count[0] < count[1] for count in counts),
                ahead_id=whose,
                ahead_best=best,
                ahead_counted=of,
            )

    def _about(self, organisation_id: int, groups: Mapping[tuple[str, str], Peers]) -> About:
        asked = self.asked[organisation_id]
        is_in = self.submitted.get(organisation_id)
        name = _group(asked.kind)
        return About(
            organisation_id=organisation_id,
            ref=asked.ref,
            name=asked.name,
            kind=asked.kind,
            grade=asked.grade,
            return_ref=is_in.ref if is_in else "",
            lines=tuple(self._lines(is_in)) if is_in else (),
            promises=tuple(self._promises(organisation_id)),
            days_late=_days_late(asked, self.today),
            is_in=is_in is not None,
            times_sent_back=max(asked.round - 1, 0),
            peers=groups.get(name, Peers(name)),
        )

    def _lines(self, one: Submitted) -> Iterable[Line]:
        said = self.said.get(one.return_id, {})
        acted = self._acted(one.organisation_id)
        years = self._years(one.organisation_id)
        for standard in self.edition.asked_standards:
            part = _part(standard)
            for criterion in standard.criteria:
                byte = one.ratings[criterion.position]
                if byte == packing.NOT_ASKED:
                    continue
                told, place = said.get(criterion.key, NOTHING), (one.return_id, criterion.id)
                second, mark = self.moderated.get(place, (None, ""))
                reply = self.replies.get(place)
                yield Line(
                    standard=part,
                    key=criterion.key,
                    number=criterion.number,
                    must=criterion.must,
                    own=self.marks.of(criterion).get(byte, BLANK),
                    moderated=self._second(second) if place in self.moderated else None,
                    mark=mark,
                    refused=reply.text if reply is not None and not reply.accepts else None,
                    words=told.words,
                    proof=self.shown.get(place, ()),
                    has_action=criterion.key in acted or standard.key in acted,
                    doubts=told.doubts,
                    before=tuple(year for found in years if (year := found(criterion)) is not None),
                )

    def _second(self, level_id: int | None) -> Rated:
        return self.marks.by_level.get(level_id, BLANK) if level_id is not None else AWAY

    def _acted(self, organisation_id: int) -> set[str]:
        """Keys of the criteria, and of the standards as a whole, for which an action was promised in this
        return or is still open."""
        return {
            one.criterion_key or one.standard_key
            for one in self.actions[organisation_id]
            if one.cycle_id == self.cycle.id or is_open(one.status)
        }

    def _promises(self, organisation_id: int) -> Iterable[Promise]:
        for one in self.actions[organisation_id]:
            agreed_on = clock.local(one.created_at).date()
            if not is_open(one.status) or agreed_on >= self.cycle.opens_on:
                continue
            if one.due_on is None or one.first_due_on is None:  # brought in without one: not a promise yet
                continue
            yield Promise(
                ref=one.ref,
                text=one.text,
                due_on=one.due_on,
                first_due_on=one.first_due_on,
                standard_key=one.standard_key,
                criterion_key=one.criterion_key,
                of_inspection=one.source == Source.INSPECTION,
                source_title=one.plan_source.title if one.plan_source else one.source_title,
            )

    def _years(self, organisation_id: int) -> "list[_YearOf]":
        found = []
        for before in self.earlier.get(organisation_id, ()):
            if before.edition.id not in self.earlier_marks:
                self.earlier_marks[before.edition.id] = Marks(before.edition)
            if before.edition.id not in self.comparable:
                self.comparable[before.edition.id] = _comparable(before.edition, self.edition)
            found.append(
                _YearOf(
                    before,
                    self.earlier_said[before.seal],
                    self.earlier_marks[before.edition.id],
                    self.comparable[before.edition.id],
                    str(before.edition.year)
                    if before.edition.year != self.edition.year
                    else f"“{before.title}”",
                )
            )
        return found


class Marks:
    """What each packed byte of an edition means: how far from the best, and in which words."""

    def __init__(self, edition: EditionContent) -> None:
        self.by_scale: dict[int, dict[int, Rated]] = {}
        self.by_level: dict[int, Rated] = {}
        for scale in edition.scales:
            known = _rated(scale)
            self.by_scale[id(scale)] = known
            self.by_level |= {level.id: known[byte] for byte, level in enumerate(scale.levels)}

    def of(self, criterion: CriterionContent) -> dict[int, Rated]:
        scale = criterion.scale
        if id(scale) not in self.by_scale:
            self.by_scale[id(scale)] = _rated(scale)
        return self.by_scale[id(scale)]


def _rated(scale: ScaleContent) -> dict[int, Rated]:
    counting = [level.code for level in scale.counted if level.counts]
    places = {code: place for place, code in enumerate(counting)}
    found = {packing.NOT_APPLICABLE: AWAY}
    for byte, level in enumerate(scale.levels):
        counted = scale.counted_as(level)
        found[byte] = Rated(level.label, places.get(counted.code), len(counting))
    return found


def _part(standard: StandardContent) -> Part:
    return Part(standard.key, standard.number, standard.title)


def _group(kind: str) -> tuple[str, str]:
    return NAMES.get(kind, OTHERS)


@dataclass(frozen=True)
class _Asked:
    """An organisation that was asked, and how its return came in."""

    ref: str
    name: str
    kind: str
    grade: str
    due_on: date
    let_off: bool
    stage: str
    round: int
    first_in: datetime | None


def _asked(cycle_id: int, organisation_ids: Collection[int]) -> dict[int, _Asked]:
    first_in = (
        select(func.min(Submission.submitted_at))
        .where(Submission.return_id == Return.id)
        .correlate(Return)
        .scalar_subquery()
    )
    query = (
        select(
            Organisation.id,
            Organisation.ref,
            Organisation.name,
            Organisation.kind,
            Organisation.ofsted_grade,
            due_day(),
            Invitation.exempted_at.is_not(None),
            func.coalesce(Return.stage, Stage.NOT_STARTED),
            func.coalesce(Return.round, 1),
            first_in,
        )
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .join(Cycle, Cycle.id == Invitation.cycle_id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == Invitation.group_id)
        .outerjoin(Return, Return.invitation_id == Invitation.id)
        .where(Invitation.cycle_id == cycle_id, Organisation.id.in_(organisation_ids))
        .order_by(Organisation.id)
    )
    # Ten columns: more than the types of a row can follow.
    return {row[0]: _Asked(*row[1:]) for row in db.session.execute(query)}  # type: ignore[call-arg]


def _days_late(asked: _Asked, today: date) -> int:
    """By how many days a return came in after its own day, or is missing since; 0 where it is not late."""
    if asked.let_off:
        return 0
    came = clock.local(asked.first_in).date() if asked.first_in else today
    return max((came - asked.due_on).days, 0)


def _actions(partnership_id: int, organisation_ids: Collection[int]) -> list[Action]:
    """What these organisations ever promised one partnership, complete or not, soonest due first."""
    query = select(Action).where(
        Action.partnership_id == partnership_id, Action.organisation_id.in_(organisation_ids)
    )
    query = query.options(joinedload(Action.plan_source))
    return list(db.session.scalars(query.order_by(*soonest())))


def _moderated(return_ids: Collection[int]) -> dict[tuple[int, int], tuple[int | None, str]]:
    """The moderated level (None: not applicable) and what is pointed at, by return id and criterion id."""
    query = (
        select(Moderation.return_id, Moderation.criterion_id, Moderation.level_id, Moderation.mark)
        .join(Return, (Return.id == Moderation.return_id) & (Return.round == Moderation.round))
        .where(Moderation.return_id.in_(return_ids))
        .order_by(Moderation.return_id, Moderation.criterion_id)
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in db.session.execute(query)}


def _shown(return_ids: Collection[int], today: date) -> dict[tuple[int, int], tuple[Proof, ...]]:
    """What is shown for each answer, by return id and criterion id."""
    query = (
        select(
            AnswerEvidence.return_id,
            AnswerEvidence.criterion_id,
            Document.ref,
            Document.title,
            Document.kind,
            Document.current_until,
            Document.confirmed_at,
            Revision.added_at,
        )
        .join(Revision, Revision.id == AnswerEvidence.revision_id)
        .join(Document, Document.id == Revision.document_id)
        .where(AnswerEvidence.return_id.in_(return_ids))
        .order_by(AnswerEvidence.id)
    )
    found: dict[tuple[int, int], list[Proof]] = defaultdict(list)
    for return_id, criterion_id, ref, title, kind, until, confirmed, added in db.session.execute(query):
        old = past_its_time(kind, until, confirmed, added, today=today)
        found[return_id, criterion_id].append(Proof(ref, title, old))
    return {place: tuple(shown) for place, shown in found.items()}


def past_its_time(
    kind: str, until: date | None, confirmed: datetime | None, added: datetime, *, today: date
) -> str:
    """Why a piece of evidence is old, as a sentence goes on after its title; empty where it is not."""
    said = clock.local(confirmed).date() if confirmed else None
    if until is not None:
        ended = until < today and (said is None or said <= until)
        return f"was current until {in_words(until)}" if ended else ""
    day = clock.local(added).date()
    old = (day.year + EVIDENCE_YEARS, day.month, day.day) < (today.year, today.month, today.day)
    return f"was added in {day:%B %Y}" if old and kind == "file" and said is None else ""


Seal = tuple[int, str]  # id and checksum of a submission


@dataclass(frozen=True)
class _Before:
    """What an organisation submitted in an earlier year."""

    title: str
    edition: EditionContent
    ratings: bytes
    seal: Seal


def _earlier(cycle: Cycle, organisation_ids: Collection[int]) -> dict[int, list[_Before]]:
    """The last returns of each organisation before this cycle, of the same framework; the latest first."""
    query = (
        select(
            Return.organisation_id,
            Cycle.title,
            Edition,
            Submission.ratings,
            Submission.id,
            Submission.checksum,
        )
        .select_from(Submission)
        .join(Return, (Return.id == Submission.return_id) & (Return.round == Submission.round))
        .join(Cycle, Cycle.id == Return.cycle_id)
        .join(Edition, Edition.id == Cycle.edition_id)
        .where(
            Return.organisation_id.in_(organisation_ids),
            Return.stage.in_(RETURNED),
            Edition.framework_id == cycle.edition.framework_id,
            Cycle.partnership_id == cycle.partnership_id,
            Cycle.due_on < cycle.due_on,
        )
        .order_by(Return.organisation_id, Cycle.due_on.desc(), Cycle.id.desc())
    )
    if AskedAs(cycle.asked_as) is AskedAs.FULL:
        query = query.where(Cycle.asked_as == AskedAs.FULL)
    found: dict[int, list[_Before]] = defaultdict(list)
    for whose, title, edition, ratings, submission_id, checksum in db.session.execute(query):
        if len(found[whose]) < YEARS_BEFORE:
            content = questionnaires.content(edition)
            found[whose].append(_Before(title, content, ratings, (submission_id, checksum)))
    return found


def _comparable(then: EditionContent, now: EditionContent) -> dict[str, CriterionContent]:
    """The criteria of an earlier edition that were asked in the same words and on the same scale, by key."""
    told = bool(now.scale_change or then.scale_change)
    found = {}
    for criterion in now.criteria:
        before = then.by_key.get(criterion.key)
        if before is None or not (before.rated and criterion.rated):
            continue
        same_words = before.text.split() == criterion.text.split()
        if same_words and same_scale(before.scale, criterion.scale, told=told):
            found[criterion.key] = before
    return found


@dataclass(frozen=True)
class Told:
    """What was said to one criterion, and what gave rise to doubt when it was signed."""

    words: str = ""
    doubts: tuple[Doubted, ...] = ()


NOTHING = Told()
Answers = Mapping[str, Told]


@dataclass(frozen=True)
class _YearOf:
    """An earlier year, asked for what was said to a criterion."""

    before: _Before
    said: Answers
    marks: Marks
    comparable: Mapping[str, CriterionContent]
    name: str

    def __call__(self, criterion: CriterionContent) -> Year | None:
        then = self.before.edition.by_key.get(criterion.key)
        if then is None or self.before.ratings[then.position] == packing.NOT_ASKED:
            return None
        rated = self.marks.of(then).get(self.before.ratings[then.position], BLANK)
        told = self.said.get(criterion.key, NOTHING)
        return Year(self.name, rated, told.words, criterion.key in self.comparable)


def _standing_seals(return_ids: Collection[int]) -> dict[int, Seal]:
    query = (
        select(Return.id, Submission.id, Submission.checksum)
        .join(Submission, (Submission.return_id == Return.id) & (Submission.round == Return.round))
        .where(Return.id.in_(return_ids))
        .order_by(Return.id)
    )
    return {return_id: (id_, checksum) for return_id, id_, checksum in db.session.execute(query)}


# What sealed records say, which never change; a page of many organisations would read them anew each time.
_kept: "OrderedDict[tuple[str, Seal], Answers]" = OrderedDict()
_lock = Lock()


def _said(seals: Iterable[Seal]) -> dict[Seal, Answers]:
    """The answers of sealed records by criterion key: those not kept in memory are read in one query."""
    database, wanted = str(db.engine.url), list(seals)
    with _lock:
        found = {seal: _kept[database, seal] for seal in wanted if (database, seal) in _kept}
    missing = {seal[0]: seal for seal in wanted if seal not in found}
    if missing:
        query = select(Submission.id, Submission.sealed).where(Submission.id.in_(missing))
        read = {
            missing[id_]: _answers(text) for id_, text in db.session.execute(query.order_by(Submission.id))
        }
        found |= read
        with _lock:
            for seal, answers in read.items():
                _kept[database, seal] = answers
            while len(_kept) > KEPT_AT_MOST:
                _kept.popitem(last=False)
    return found


def _answers(text: str) -> Answers:
    return {
        answer.key: Told(
            "\n".join(part for part in (answer.commentary, answer.strengths, answer.shortfalls) if part),
            tuple(Doubted(doubt.code, doubt.sentence, doubt.reason) for doubt in answer.doubts),
        )
        for standard in unseal(text).standards
        for answer in standard.answers
    }
