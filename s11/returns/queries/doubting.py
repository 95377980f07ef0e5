"""What gives rise to doubt in a return, and what was replied: a constant number of queries."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from s11.core import clock
from s11.core.database import db
from s11.questionnaires.rules import CriterionContent
from s11.returns.doubts import YEARS_UNCHANGED, doubts
from s11.returns.models import Answer, AnswerEvidence, DoubtReply, Return, Submission
from s11.returns.queries.counting import counted
from s11.returns.queries.later import ActionLine, actions_beside
from s11.returns.queries.sealed import years_before
from s11.returns.queries.working_copy import answers, edition_of, evidence, standards_of
from s11.returns.sealing import SealedAnswer, unseal
from s11.returns.stated import Doubt, Earlier, Shown, Stated


def doubts_of(return_: Return) -> list[Doubt]:
    """Everything odd about what a return says at this moment."""
    return doubts(_stated(return_), facts=return_.organisation.facts, today=clock.today())


def doubt_replies(return_id: int) -> dict[tuple[int, str], DoubtReply]:
    """What was replied, by the criterion's id and the code of the doubt, whether it is still there or not."""
    query = select(DoubtReply).where(DoubtReply.return_id == return_id).order_by(DoubtReply.id)
    return {(reply.criterion_id, reply.code): reply for reply in db.session.scalars(query)}


def _stated(return_: Return) -> list[Stated]:
    said, shown = answers(return_.id), evidence(return_.id)
    earlier, levels = _earlier(return_, YEARS_UNCHANGED - 1), edition_of(return_).levels
    recorded, lines = counted("action", return_.id), actions_beside(return_)
    found = []
    for standard in standards_of(return_):
        for criterion in standard.criteria:
            answer = said.get(criterion.id)
            if answer is None:
                continue
            beside = lines.get(criterion.key, ())
            found.append(
                Stated(
                    standard,
                    criterion,
                    levels.get(answer.level_id or 0),
                    answer.not_applicable,
                    _words(answer),
                    tuple(_shown(one) for one in shown.get(criterion.id, ())),
                    bool(recorded.get(criterion.id)) or any(line.is_open for line in beside),
                    _recorded_here(beside),
                    tuple(line.text for line in beside if line.is_overdue),
                    tuple(_of(criterion, year) for year in earlier if _key(criterion, year[1])),
                )
            )
    return found


def _words(answer: Answer) -> str:
    return "\n".join(part for part in (answer.commentary, answer.strengths, answer.shortfalls) if part)


def _recorded_here(lines: Sequence[ActionLine]) -> tuple[str, ...]:
    return tuple(line.text for line in lines if line.is_open and not line.earlier)


def _shown(one: AnswerEvidence) -> Shown:
    revision, document = one.revision, one.revision.document
    confirmed = document.confirmed_at
    return Shown(
        title=document.title,
        is_file=document.kind == "file",
        added_on=clock.local(revision.added_at).date(),
        current_until=document.current_until,
        confirmed_on=clock.local(confirmed).date() if confirmed else None,
        ref=revision.ref,
    )


Year = tuple[str, Mapping[str, SealedAnswer]]  # as its cycle is called, and its answers by key


def _earlier(return_: Return, years: int) -> list[Year]:
    """What the organisation submitted to the same framework in the years before this, the latest first."""
    texts = db.session.scalars(years_before(return_, select(Submission.sealed)).limit(years))
    sealed = [unseal(text) for text in texts]
    return [(one.cycle_title, {a.key: a for s in one.standards for a in s.answers}) for one in sealed]


def _key(criterion: CriterionContent, answers_: Mapping[str, SealedAnswer]) -> str:
    """Under which key a criterion was asked that year; empty where it was not."""
    return next((key for key in (criterion.key, *criterion.change_from) if key in answers_), "")


def _of(criterion: CriterionContent, year: Year) -> Earlier:
    title, answers_ = year
    answer = answers_[_key(criterion, answers_)]
    parts = (answer.commentary, answer.strengths, answer.shortfalls)
    return Earlier(
        year=title,
        level_code=answer.rating.code if answer.rating else "",
        level_label=answer.rating.label if answer.rating else "",
        not_applicable=answer.not_applicable,
        commentary="\n".join(part for part in parts if part),
        evidence=frozenset(item.revision for item in answer.evidence),
    )
