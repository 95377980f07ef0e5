"""The lines of the desk: one for each organisation asked, with what it needs and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from s11.core import clock
from s11.cycles.models import Cycle
from s11.desk import queries
from s11.desk.narrowing import Listed
from s11.desk.needs import WORDS, Facts, Need, NeedWords, because, need_of
from s11.desk.queries import CallMade, MailOf, Reach
from s11.returns.queries import progress
from s11.returns.rules import RETURNED, Progress, Stage

NO_MAIL, NO_REACH = MailOf(), Reach()


class Line(NamedTuple):
    """One organisation in a cycle, as the desk knows it."""

    progress: Progress
    facts: Facts
    need: Need
    because: str
    signed_in_at: datetime | None
    written_at: datetime | None
    reminded_at: datetime | None
    call: CallMade | None
    escalated_to: str
    listed: Listed

    @property
    def words(self) -> NeedWords:
        return WORDS[self.need]

    @property
    def is_in(self) -> bool:
        return self.progress.stage in RETURNED

    @property
    def days_late(self) -> int:
        return (clock.today() - self.progress.due_on).days if self.progress.late else 0


def lines_of(cycle: Cycle) -> list[Line]:
    """A line for each organisation asked, by name; the same number of queries for thirty and for 600."""
    rows = progress(cycle)
    mail, (own, trusts) = queries.mail_of(cycle.ref), queries.reach_of(cycle.id)
    reminded, calls = queries.reminders_of(cycle.id), queries.calls_of(cycle)
    escalated, signers = queries.escalations_open(cycle.id), signers_of(rows)
    today, found = clock.today(), []
    for row in rows:
        id_ = row.organisation_id
        reach = own.get(id_, NO_REACH)
        if row.parent_id in trusts:
            reach = reach.with_(trusts[row.parent_id])
        is_over = cycle.closed_at is not None and row.due_on < today and row.submitted_at is None
        facts = facts_of(row, mail.get(id_, NO_MAIL), reach, signers, reminded.get(id_), is_over)
        need = need_of(facts, today)
        call = calls.get(id_)
        found.append(
            Line(
                progress=row,
                facts=facts,
                need=need,
                because=because(facts, need, today),
                signed_in_at=reach.signed_in_at if facts.has_opened else None,
                written_at=mail.get(id_, NO_MAIL).written_at,
                reminded_at=reminded.get(id_),
                call=call,
                escalated_to=escalated.get(id_, ""),
                listed=listed_of(row, facts, need, reach, call),
            )
        )
    return found


Signers = dict[tuple[int, str], list[str]]


def signers_of(rows: Sequence[Progress]) -> Signers:
    """Who can give the signatures that are waited for."""
    waiting = [row for row in rows if row.open_steps]
    steps = {step for row in waiting for step in row.open_steps}
    return queries.signatories_of([row.organisation_id for row in waiting], steps) if waiting else {}


def facts_of(
    row: Progress,
    mail: MailOf,
    reach: Reach,
    signers: Signers,
    reminded_at: datetime | None,
    is_over: bool,
) -> Facts:
    """What the rules ask about one organisation."""
    nobody = tuple(step for step in row.open_steps if not signers.get((row.organisation_id, step)))
    return Facts(
        stage=row.stage,
        answered=row.answered,
        asked=row.asked,
        asked_on=day_of(row.asked_at) or row.opens_on,
        opens_on=row.opens_on,
        due_on=row.due_on,
        let_off=row.let_off,
        closed_on=row.closed_on,
        saved_on=day_of(row.last_saved_at),
        signed_in_on=day_of(reach.signed_in_at),
        people=reach.people,
        written_on=day_of(latest(mail.written_at, reminded_at)),
        undelivered_on=day_of(mail.undelivered_at),
        unreached=is_unreached(mail, reach, row),
        waits_for=row.open_steps,
        nobody_signs=nobody,
        is_over=is_over,
    )


def is_unreached(mail: MailOf, reach: Reach, row: Progress) -> bool:
    """Whether mail did not arrive, and nothing since shows that anybody there was reached."""
    if mail.undelivered_at is None:
        return False
    signs = (mail.arrived_at, reach.signed_in_at, row.last_saved_at)
    return not any(at is not None and at > mail.undelivered_at for at in signs)


def listed_of(row: Progress, facts: Facts, need: Need, reach: Reach, call: CallMade | None) -> Listed:
    seen = reach.signed_in_at if facts.has_opened else None
    return Listed(
        organisation=row.organisation,
        kind=row.kind,
        phase=row.phase,
        trust=row.trust,
        district=row.district,
        group=row.group,
        need=need,
        late=row.late,
        due_on=row.due_on,
        share=facts.share,
        last_activity_at=latest(seen, row.last_saved_at, row.submitted_at, call.at if call else None),
    )


def latest(*moments: datetime | None) -> datetime | None:
    return max((at for at in moments if at is not None), default=None)


def day_of(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment is not None else None


@dataclass(frozen=True)
class Named:
    """The names beside the lines that are shown, looked up for these only."""

    leads: dict[int, list[tuple[str, str]]]
    savers: dict[int, str]
    seen: dict[int, str]
    signers: Signers

    @classmethod
    def of(cls, lines: Collection[Line]) -> "Named":
        ids = [line.progress.organisation_id for line in lines]
        saved = [line.progress.return_id for line in lines if line.progress.last_saved_at]
        return cls(
            leads=queries.leads_of(ids),
            savers=queries.savers_of(saved),
            seen=queries.seen_last(ids),
            signers=signers_of([line.progress for line in lines]),
        )


def waits_for(line: Line, signers: Signers, labels: Mapping[str, str]) -> list[str]:
    """Whose signature is waited for: "Headteacher: Hetty Head", or that nobody can give it."""
    id_ = line.progress.organisation_id
    return [
        f"{labels.get(step, step)}: {', '.join(signers.get((id_, step), [])) or 'nobody can'}"
        for step in line.progress.open_steps
        if line.progress.stage is Stage.AWAITING_SIGN_OFF
    ]
