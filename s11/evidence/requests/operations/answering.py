"""The organisation answers: words, documents of its library, files; and sends them together."""

from collections.abc import Iterable, Sequence

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.evidence import operations as library
from s11.evidence.models import Revision, Upload
from s11.evidence.operations import Arrived, Turned
from s11.evidence.requests import queries
from s11.evidence.requests.models import EvidenceRequest, EvidenceResponse, ShownInResponse
from s11.evidence.requests.operations.asking import hold, note
from s11.evidence.requests.rules import WORDS_LONGEST
from s11.evidence.rules import check_no_virus
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.people.models import Person

ENDED = "This request has ended, so nothing can be added. Write to the partnership office."


def keep_text(request_: EvidenceRequest, text: str, *, by: Person) -> EvidenceResponse:
    """Keep the words of an answer that is not sent yet."""
    answer = working_at(request_, by=by)
    if len(text) > WORDS_LONGEST:
        raise Invalid(f"Use at most {WORDS_LONGEST} characters. This has {len(text)}.", field="text")
    answer.text = text.strip()
    return answer


def add_revisions(request_: EvidenceRequest, revisions: Iterable[Revision], *, by: Person) -> int:
    """Show documents of the library with the answer; gives how many were not shown yet."""
    answer = working_at(request_, by=by)
    there = {one.revision_id for one in answer.shown}
    added = 0
    for revision in revisions:
        check_no_virus(revision, revision.file_name)
        if revision.id not in there:
            answer.shown.append(ShownInResponse(revision=revision))
            there.add(revision.id)
            added += 1
    db.session.flush()
    return added


def add_files(
    request_: EvidenceRequest, arrived: Sequence[Arrived | Turned], *, personal_data: str, by: Person
) -> tuple[list[Revision], list[Upload], list[Turned]]:
    """Show files that arrived with the answer: those added, those to decide about, those turned away."""
    working_at(request_, by=by)
    added: list[Revision] = []
    asked: list[Upload] = []
    turned = [one for one in arrived if isinstance(one, Turned)]
    for one in arrived:
        if isinstance(one, Turned):
            continue
        kept = library.settle(
            request_.organisation, one, by=by, purpose={"request": request_.ref}, personal_data=personal_data
        )
        if isinstance(kept, Revision):
            added.append(kept)
        elif isinstance(kept, Upload):
            asked.append(kept)
        else:
            turned.append(kept)
    add_revisions(request_, added, by=by)
    library.warn_of_viruses(request_.organisation, turned, by=by)
    return added, asked, turned


def accept_file(request_: EvidenceRequest, upload: Upload, *, by: Person) -> Revision:
    """Show a file although something hides in it."""
    revision = library.accept(request_.organisation, upload, by=by)
    add_revisions(request_, [revision], by=by)
    return revision


def take_off(request_: EvidenceRequest, revision_ref: str, *, by: Person) -> str:
    """No longer show a document with the answer; it stays in the library. Gives its title."""
    answer = working_at(request_, by=by)
    for one in list(answer.shown):
        if one.revision.ref == revision_ref:
            title = one.revision.document.title
            answer.shown.remove(one)
            db.session.delete(one)
            return title
    return ""


def send_answer(request_: EvidenceRequest, text: str, *, by: Person) -> EvidenceResponse:
    """Send the answer with what it shows, and tell the office."""
    answer = keep_text(request_, text, by=by)
    if not answer.text and not answer.shown:
        raise Invalid("Write something, or add what shows it, before you send.", field="text")
    if queries.waiting(request_):
        raise Invalid("Decide first about the files in which something hides.", field="file")
    answer.sent_at, answer.by_id, answer.by_name = clock.now(), by.id, by.name
    note(request_, "evidence_request:response:sent", by=by, documents=len(answer.shown))
    office = request_.partnership
    if office.office_email:
        queue(
            to_address=office.office_email,
            to_name=office.name,
            subject=f"Evidence has come: {request_.organisation.short_name}, {request_.title}",
            body=f"{request_.organisation.name} has answered your request for evidence: {request_.title}.\n\n"
            "Sign in to read it and to say what it showed.",
            kind=Kind.TASK,
            organisation_id=request_.organisation_id,
            partnership_id=request_.partnership_id,
            about=request_.ref,
        )
    return answer


def working_at(request_: EvidenceRequest, *, by: Person) -> EvidenceResponse:
    """The answer that is not sent yet, begun where there is none."""
    hold(request_)
    if request_.outcome:
        raise DomainError(ENDED)
    answer = queries.draft(request_.id)
    if answer is None:
        answer = EvidenceResponse(
            request_id=request_.id, begun_at=clock.now(), by_id=by.id, by_name=by.name, text=""
        )
        db.session.add(answer)
        db.session.flush()
    return answer
