"""Requests about returns, what shows them and their papers."""

import io
from datetime import timedelta

from s11.core import clock
from s11.core.database import db
from s11.cycles.operations import plan as planned
from s11.evidence import operations as evidence
from s11.evidence import queries as documents
from s11.organisations import operations as organisations
from s11.people import queries as people
from s11.returns import queries as returns
from s11.returns.models import Assignment, Submission
from s11.returns.operations import AnswerChange, issue, save_answers, sign_section
from s11.returns.operations.composing import record_of
from s11.returns.operations.workbooks import keep_workbook
from s11.returns.rules import Stage
from s11.returns.sealing import seal
from s11.returns.workbook import Scope, write_return
from s11.returns.workbook.gathering import contents_of
from tests.security.matrix.requests.asking import Ask, Request, day_in, form, nothing, to
from tests.security.matrix.requests.shared import DRAFT, RETURN, STANDARD, a_waiting_file, reason, to_add
from tests.security.matrix.world import MANAGER, Place


def answers(place: Place) -> dict[str, object]:
    """Another word for the first criterion of the standard, as the page would send it."""
    first = place.criteria[0]
    return {f"v{first}": "1", f"r{first}": "green", f"c{first}": "Newly written.", "go": "stay"}


def a_contact(place: Place) -> dict[str, object]:
    name = f"{place.more['contact']}-0"
    return {f"fv{name}": "1", f"f{name}": "Somebody else"}


def a_file(place: Place) -> dict[str, object]:
    return {"what": "file", "note": "page 4", "file": (io.BytesIO(b"Another file.\n"), "another.txt")}


def its_workbook(place: Place) -> bytes:
    """The return as a workbook to fill in."""
    return_, lead = returns.by_ref(place.return_), people.by_address(MANAGER)
    if return_ is None or lead is None:
        return b""
    nothing_theirs = Scope(frozenset(), frozenset(), whole=False)
    return write_return(contents_of(return_, nothing_theirs, by=lead, is_open=True))


def a_workbook(place: Place, actor: str) -> Ask:
    """The return sent back as a workbook, which is made when everything else is there."""
    file = io.BytesIO()

    def filled(_: Place) -> None:
        file.write(its_workbook(place))
        file.seek(0)

    return Ask({"ref": place.return_}, {"file": (file, "return.xlsx")}, filled)


def on_a_workbook(fields: dict[str, object] | None = None) -> Request:
    """A page or a form about a workbook that whoever asks has sent before."""

    def ask(place: Place, actor: str) -> Ask:
        def sent(_: Place) -> None:
            return_, person = returns.by_ref(place.return_), people.by_address(actor)
            if return_ is not None and person is not None:
                upload = keep_workbook(return_, its_workbook(place), "return.xlsx", by=person)
                upload.ref = "workbook2222"

        return Ask({"ref": place.return_, "upload": "workbook2222"}, fields, sent)

    return ask


def sign(place: Place) -> dict[str, object]:
    return {"role": "Head of service", "approver_name": "Dana Director", "approver_role": "Director"}


def to_give(place: Place) -> dict[str, object]:
    return {"person": place.more["helper"], "standards": "2", "note": "Please."}


def another_day(place: Place) -> dict[str, object]:
    return {"s1-due_on": day_in(3), "s1-note": "The figures."}


def unfinished(place: Place) -> None:
    """Leave something to be reminded of."""
    return_ = returns.by_ref(place.return_)
    for answer in returns.answers(return_.id).values() if return_ else ():
        answer.commentary = ""


def late(place: Place) -> None:
    """Let the day of everything given be over, with answers missing."""
    unfinished(place)
    for one in given_in(place):
        one.due_on = clock.today() - timedelta(days=1)


def all_finished(place: Place) -> None:
    """Let everybody have said that their part is finished."""
    for one in given_in(place):
        one.finished_at = clock.now()


def given_in(place: Place) -> list[Assignment]:
    return_ = returns.by_ref(place.return_)
    return returns.assignments(return_.id) if return_ else []


def written_again(place: Place) -> None:
    """Give the first criterion a second version, while it can still be written."""
    return_ = returns.by_ref(place.return_)
    if return_ is not None and return_.stage == Stage.IN_PROGRESS:
        save_answers(return_, [AnswerChange(place.criteria[0], 1, commentary="Written again.")], by=None)


def first_version(place: Place) -> dict[str, object]:
    return {"version": "1", "seen": "2"}


def a_remark(place: Place) -> dict[str, object]:
    first = place.criteria[0]
    return {f"remark{first}": "Is this still so?", "go": f"question:{place.criterion}"}


def at_work(place: Place) -> dict[str, object]:
    return {"criterion": str(place.criteria[0])}


def a_year_before(place: Place) -> None:
    """What the return says was submitted the year before too, and its first answer is still to be given."""
    return_ = returns.by_ref(place.return_)
    if return_ is None:
        return
    cycle = return_.cycle
    earlier = planned(
        cycle.partnership,
        cycle.edition,
        code=f"{cycle.code}-BEFORE",
        title="The year before",
        opens_on=cycle.opens_on - timedelta(days=300),
        due_on=cycle.due_on - timedelta(days=300),
    )
    (before,) = issue(earlier, [return_.organisation])
    before.stage, before.submitted_at = Stage.CLOSED, clock.now()
    text, digest = seal(record_of(return_, returns.edition_of(return_)))
    db.session.add(
        Submission(
            return_id=before.id,
            round=1,
            sealed=text,
            checksum=digest,
            ratings=b"",
            not_applicable_reasons={},
            evidence_counts={},
            submitted_at=clock.now(),
            submitted_by_name="Pat Lead",
        )
    )
    answer = returns.answers(return_.id)[place.criteria[0]]
    answer.level_id, answer.not_applicable, answer.commentary = None, False, ""


def taken_over(place: Place) -> None:
    """Let the first answer be one that was taken over and waits to be reviewed."""
    return_ = returns.by_ref(place.return_)
    if return_ is not None:
        returns.answers(return_.id)[place.criteria[0]].carried = True


SISTER = "s2s2s2s2s2s2"


def a_sister_school(place: Place) -> None:
    """Another school of the school's trust, asked the same: nobody but the trust's lead has both."""
    return_ = returns.by_ref(place.return_)
    if return_ is None or return_.organisation.parent is None:
        return
    sister = organisations.add(
        return_.cycle.partnership,
        name="Sister School",
        kind="school",
        phase="primary",
        parent=return_.organisation.parent,
    )
    (asked,) = issue(return_.cycle, [sister])
    asked.ref = SISTER


def to_the_sister(place: Place) -> dict[str, object]:
    return {"to": SISTER, f"v-{SISTER}": "0"}


def sections_signed(place: Place) -> None:
    """Give the signatures of standards that are signed by themselves: they come before the lead's."""
    return_ = returns.by_ref(place.return_)
    if return_ is None or return_.stage != Stage.IN_PROGRESS:
        return
    for standard in returns.standards_of(return_):
        if standard.sign_off:
            _, person = people.signatories([return_.organisation_id], standard.sign_off.step)[0]
            sign_section(return_, standard, by=person)


def a_receipt(place: Place) -> dict[str, object]:
    return {"receipt": "abcdefghjkmn", "checksum": "0123456789abcdef"}


def a_newcomer(place: Place) -> dict[str, object]:
    return {"name": "Nell New", "email": "nell@new.example", "standards": place.standard}


def a_colleague(place: Place) -> dict[str, object]:
    return {
        "name": "Al Other",
        "email": "al@hr.example",
        "standard": place.standard,
        "until": day_in(5),
        "note": "",
    }


def renewed(place: Place) -> None:
    """Let there be a newer revision of what is shown."""
    shown, lead = documents.revision_by_ref(place.shown_file), people.by_address(MANAGER)
    if shown is not None and lead is not None:
        evidence.add_revision(
            shown.document, io.BytesIO(b"As it is now.\n"), "now.txt", by=lead, most=1_000_000
        )


def a_waiting_revision(place: Place) -> None:
    """The same, sent as a newer revision of a document of the library."""
    a_waiting_file(place)
    upload = documents.upload_by_ref("waiting22222")
    assert upload is not None
    upload.ref, upload.purpose = "waiting33333", {"document": place.more["document"]}


LINK = {"ref": "return_", "link": "more.link"}


SHARE = {"ref": "return_", "person": "more.helper"}


CRITERION = {"ref": "return_", "number": "criterion"}


REQUESTS: dict[str, Request] = {
    "GET returns.tasks": to(**RETURN),
    "GET returns.standard": to(**STANDARD),
    "GET returns.next_unanswered": to(**RETURN),
    "GET returns.find": to(**RETURN),
    "GET returns.check": to(**RETURN),
    "GET returns.show_evidence": to(**CRITERION),
    "GET returns.receipt": to(**RETURN),
    "POST returns.save_standard": form(**STANDARD)(answers),
    "GET returns.workbook": to(**RETURN),
    "GET returns.workbook_file": to(**RETURN),
    "POST returns.send_workbook": a_workbook,
    "GET returns.preview_workbook": on_a_workbook(),
    "POST returns.apply_workbook": on_a_workbook({"shown": ""}),
    "GET returns.last_year": to(**RETURN),
    "POST returns.take_over": form(a_year_before, **RETURN)(nothing),
    "GET returns.last_year_of": to(**STANDARD),
    "POST returns.take_over_of": form(a_year_before, **STANDARD)(nothing),
    "GET returns.review": to(**RETURN),
    "GET returns.review_one": to(**CRITERION),
    "POST returns.reviewed": form(taken_over, **CRITERION)(lambda place: {"do": "confirm"}),
    "GET returns.doubt": to(code="=best-in-few-words", **CRITERION),
    "POST returns.reply": form(code="=best-in-few-words", **CRITERION)(reason),
    "GET returns.copy_form": to(**CRITERION),
    "POST returns.copy": form(a_sister_school, **CRITERION)(to_the_sister),
    "GET returns.about": to(**RETURN),
    "POST returns.save_about": form(**RETURN)(a_contact),
    "GET returns.field_file": to(subject="=0", field="more.policy", **RETURN),
    "POST returns.put_field_file": form(subject="=0", field="more.policy", **RETURN)(a_file),
    "POST returns.sign_standard": form(number="=2", **RETURN)(nothing),
    "POST returns.add_evidence": form(**CRITERION)(a_file),
    "POST returns.show_newest": form(renewed, revision="shown_file", **CRITERION)(nothing),
    "POST returns.note_where": form(revision="shown_file", **CRITERION)(lambda place: {"note": "page 12"}),
    "POST returns.remove_evidence": form(revision="shown_file", **CRITERION)(nothing),
    "POST returns.decide_upload": form(a_waiting_file, upload="=waiting22222", **RETURN)(to_add),
    "GET returns.colleagues": to(**RETURN),
    "GET returns.share": to(**SHARE),
    "GET returns.choose_standards": to(**RETURN),
    "POST returns.give_standards": form(**RETURN)(to_give),
    "GET returns.invite_form": to(**RETURN),
    "POST returns.invite_contributor": form(**RETURN)(a_newcomer),
    "POST returns.change_share": form(number="=1", **SHARE)(another_day),
    "POST returns.take_back_share": form(number="=1", **SHARE)(nothing),
    "POST returns.remind": form(unfinished, **SHARE)(nothing),
    "POST returns.remind_late": form(late, **RETURN)(nothing),
    "POST returns.ask_again": form(all_finished, number="=1", **SHARE)(nothing),
    "POST returns.finish_part": form(**RETURN)(nothing),
    "POST returns.take_up_part": form(all_finished, **RETURN)(nothing),
    "GET returns.history": to(**CRITERION),
    "POST returns.put_back": form(written_again, **CRITERION)(first_version),
    "POST returns.add_remark": form(**CRITERION)(a_remark),
    "POST returns.presence": form(**RETURN)(at_work),
    "GET returns.personal_link": to(**LINK),
    "POST returns.withdraw_link": form(**LINK)(nothing),
    "GET returns.ask_form": to(**RETURN),
    "POST returns.ask": form(**RETURN)(a_colleague),
    "POST returns.send_link_anew": form(**LINK)(lambda place: {"until": day_in(6)}),
    "POST returns.give_signature": form(sections_signed, step="=lead", **RETURN)(sign),
    "POST returns.give_signature last": form(step="last_step", **RETURN)(sign),
    "POST returns.decline_signature": form(**RETURN)(reason),
    "GET returns.read": to(**RETURN),
    "GET returns.difference": to(**RETURN),
    "GET copies.pdf": to(**RETURN),
    "GET copies.word": to(**RETURN),
    "GET verify.page": to(),
    "POST verify.check": form(_changes=False)(a_receipt),
    "GET returns.trail": to(**RETURN),
    "GET returns.file": to(ref="return_", revision="submitted_file"),
    "GET returns.preview_file": to(ref="return_", revision="submitted_file"),
    "GET returns.file later": to(ref="return_", revision="library_file"),
    "POST returns.send_back_return": form(**RETURN)(reason),
    "GET evidence.library": to(ref="organisation"),
    "GET evidence.download": to(ref="library_file"),
    "GET evidence.show": to(ref="library_file"),
    "GET evidence.document": to(ref="more.document"),
    "POST evidence.change": form(ref="more.document")(
        lambda place: {"title": "Another title", "current_until": day_in(90), "personal_data": "no"}
    ),
    "POST evidence.confirm": form(ref="more.document")(nothing),
    "POST evidence.add_revision": form(ref="more.document")(
        lambda place: {"file": (io.BytesIO(b"As it is now.\n"), "now.txt")}
    ),
    "POST evidence.decide_revision": form(a_waiting_revision, ref="more.document", upload="=waiting33333")(
        to_add
    ),
    "GET evidence.ask_remove": to(ref="more.document"),
    "POST evidence.remove": form(ref="more.document")(nothing),
    "GET returns.choose_criteria": to(ref="more.document"),
    "POST returns.show_for": form(ref="more.document")(
        lambda place: {"show": f"{place.return_}-{place.criteria[0]}"}
    ),
    "GET returns.take_evidence": to(**RETURN),
    "GET returns.take_submitted_evidence": to(**RETURN),
    "GET changes.edition": to(**DRAFT),
    "GET papers.changes_pdf": to(**DRAFT),
    "GET papers.changes_word": to(**DRAFT),
}
