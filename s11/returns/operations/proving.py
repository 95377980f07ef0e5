"""Showing files for an answer: each that was sent is added, asked about, or turned away by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from s11.core.errors import DomainError, Invalid
from s11.evidence import operations as library
from s11.evidence import queries as documents
from s11.evidence.models import Revision, Upload
from s11.evidence.operations import Arrived, Turned
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns.evidence_rules import NO_FILES, Limits
from s11.returns.models import Return
from s11.returns.operations.answering import attach
from s11.returns.operations.entering import put_file
from s11.returns.operations.staging import check_came_back, check_open, hold
from s11.returns.queries import proving as queries
from s11.returns.rules import Act, Stage, next_stage


@dataclass
class Taken:
    """What became of files that were sent."""

    added: list[Revision] = field(default_factory=list)
    asked: list[Upload] = field(default_factory=list)
    turned: list[Turned] = field(default_factory=list)

    def take(self, settled: Revision | Upload | Turned) -> None:
        if isinstance(settled, Revision):
            self.added.append(settled)
        elif isinstance(settled, Upload):
            self.asked.append(settled)
        else:
            self.turned.append(settled)


def show_files(
    return_: Return,
    criterion: CriterionContent,
    received: Sequence[Arrived | Turned],
    *,
    note: str,
    personal_data: str,
    by: Person,
) -> Taken:
    """Show the files that arrived for a criterion; those in which something hides wait for a decision."""
    purpose = {"return": return_.ref, "criterion": criterion.number, "note": note}
    limits = queries.limits_of(return_)
    taken = settle_files(
        return_, received, limits, purpose=purpose, personal_data=personal_data, by=by, shown_for=[criterion]
    )
    for revision in taken.added:
        attach(return_, criterion, revision, note=note, by=by)
    return taken


def put_file_sent(
    return_: Return,
    place: tuple[int, int],
    received: Sequence[Arrived | Turned],
    *,
    personal_data: str,
    by: Person,
) -> Taken:
    """Let a field hold the file that arrived for it, or ask about it first."""
    purpose = {"return": return_.ref, "field": place[0], "subject": place[1]}
    # The questionnaire asks for this very file, so it is taken whatever the cycle says of evidence.
    limits = replace(queries.limits_of(return_), takes_files=True)
    taken = settle_files(return_, received, limits, purpose=purpose, personal_data=personal_data, by=by)
    for revision in taken.added[:1]:
        put_file(return_, place, revision, by=by)
    return taken


def settle_files(
    return_: Return,
    received: Sequence[Arrived | Turned],
    limits: Limits,
    *,
    purpose: Mapping[str, object],
    personal_data: str,
    by: Person,
    shown_for: Sequence[CriterionContent] = (),
) -> Taken:
    """Keep files within the limits of a return, in its turn: two sent at once do not pass one limit."""
    try:
        hold(return_)
        check_open(return_)
        next_stage(Stage(return_.stage), Act.SAVE)
        check_came_back(return_, shown_for)
    except DomainError:
        library.put_away(received)
        raise
    taken = Taken()
    for one in received:
        one = within_limits(return_, limits, one, taken)
        if isinstance(one, Arrived):
            taken.take(
                library.settle(return_.organisation, one, by=by, purpose=purpose, personal_data=personal_data)
            )
        else:
            taken.take(one)
    library.warn_of_viruses(return_.organisation, taken.turned, by=by)
    return taken


def within_limits(return_: Return, limits: Limits, one: Arrived | Turned, taken: Taken) -> Arrived | Turned:
    """The same file; turned away where the return may not show one more like it."""
    if isinstance(one, Turned):
        return one
    known = documents.same_content(return_.organisation_id, one.stored.sha256)
    if limits.takes_files and known is not None and queries.is_shown(return_, known):
        return one
    held = queries.held_in(return_)  # knows those that were asked about meanwhile
    for revision in taken.added:
        if not queries.is_shown(return_, revision):
            held = held.with_one(revision.size)
    refusal = limits.refusal(held, one.stored.size)
    if not refusal:
        return one
    library.put_away([one])
    return Turned(one.checked.file_name, f"“{one.checked.file_name}” was not added. {refusal}")


def check_shown_again(return_: Return, revisions: Sequence[Revision]) -> None:
    """Refuse documents of the library that would take a return beyond the limits of its cycle."""
    limits, held = queries.limits_of(return_), queries.held_in(return_)
    for revision in revisions:
        if not revision.storage_key or queries.is_shown(return_, revision):
            continue
        refusal = limits.refusal(held, revision.size)
        if refusal:
            raise Invalid(refusal)
        held = held.with_one(revision.size)


def check_takes_files(return_: Return) -> None:
    """Refuse files before they are looked at, where a cycle takes none."""
    if not queries.limits_of(return_).takes_files:
        raise Invalid(NO_FILES)


def decide(
    return_: Return, upload: Upload, criterion: CriterionContent | None, *, add: bool, by: Person
) -> None:
    """Add a file that waited for a decision where it was meant for, or leave it out."""
    hold(return_)
    check_open(return_)
    next_stage(Stage(return_.stage), Act.SAVE)
    purpose = upload.purpose
    if not add:
        library.leave_out(upload)
        return
    revision = library.accept(return_.organisation, upload, by=by)
    if criterion is not None:
        attach(return_, criterion, revision, note=str(purpose.get("note", "")), by=by)
    else:
        put_file(return_, (int(purpose["field"]), int(purpose["subject"])), revision, by=by)
