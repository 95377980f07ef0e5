"""Requests about cycles, the deadline desk and evidence that was asked for."""

import io
from collections.abc import Callable
from datetime import timedelta

from s11.core import clock
from s11.cycles import operations as cycles
from s11.cycles import queries as cycle_queries
from s11.cycles.audience import Audience
from s11.cycles.days import Dates
from s11.cycles.operations.issuing import ToAsk
from s11.evidence import queries as documents
from s11.evidence.requests import queries as evidence_requests
from s11.evidence.requests.models import EvidenceRequest
from s11.organisations import queries as organisation_queries
from s11.returns import queries as returns
from s11.returns.operations.closing import close_cycle
from tests.security.matrix import chasing
from tests.security.matrix.requests.asking import Ask, Request, day_in, form, nothing, to
from tests.security.matrix.requests.shared import CYCLE, a_waiting_file, to_add
from tests.security.matrix.world import Place


def let_off(place: Place) -> None:
    return_ = returns.by_ref(place.return_)
    if return_ is not None:
        cycles.exempt(return_.invitation, reason="A small team this year.")


def closed_cycle(place: Place) -> None:
    cycle = cycle_queries.by_ref(place.cycle)
    if cycle is not None:
        close_cycle(cycle, with_returns=False, by=None)


def a_cycle(place: Place, actor: str) -> Ask:
    return Ask(
        form={
            "edition": place.edition,
            "title": "Another year",
            "code": "S11-2030",
            "opens_on": day_in(10),
            "due_on": day_in(90),
            "takes_files": "yes",
            "asked_as": "full",
            "every_years": "1",
        }
    )


def names_one_more(place: Place) -> None:
    """Let the audience of the cycle name an organisation that is not asked yet."""
    cycle = cycle_queries.by_ref(place.cycle)
    if cycle is not None:
        cycles.address(cycle, Audience(also=(place.more["unasked"],)))


def one_more(place: Place) -> dict[str, object]:
    return {"wave": "own", "digest": place.more["digest"]}


def a_group(place: Place) -> None:
    cycle = cycle_queries.by_ref(place.cycle)
    if cycle is not None:
        day = clock.today() + timedelta(days=20)
        group = cycles.add_group(cycle, "Autumn", Dates(day, day + timedelta(days=20)))
        group.ref = "group2222222"


def a_new_group(place: Place) -> dict[str, object]:
    return {"name": "Spring", "opens_on": day_in(30), "due_on": day_in(60)}


def an_issue(place: Place) -> None:
    """Begin to ask one more organisation."""
    cycle = cycle_queries.by_ref(place.cycle)
    more = organisation_queries.by_ref(place.more["unasked"])
    if cycle is not None and more is not None:
        cycles.begin_issue(cycle, [ToAsk(more)]).ref = "issue2222222"


def an_issue_for_later(place: Place) -> None:
    """Begin to ask one more organisation, on the day its group opens."""
    cycle = cycle_queries.by_ref(place.cycle)
    more = organisation_queries.by_ref(place.more["unasked"])
    if cycle is not None and more is not None:
        opens = clock.today() + timedelta(days=30)
        later = cycles.add_group(cycle, "Later", Dates(opens, opens + timedelta(days=30)))
        cycles.begin_issue(cycle, [ToAsk(more, later)])


def not_issued(place: Place) -> None:
    """Let the cycle be a plan of which the standards can still be chosen."""
    cycle = cycle_queries.by_ref(place.cycle)
    if cycle is not None:
        cycle.issued_at, cycle.asked_as = None, "mini"


def no_form(place: Place) -> None:
    """A page that is only opened."""


def another_plan(place: Place) -> dict[str, object]:
    return {
        "title": "Another title",
        "opens_on": day_in(-60),
        "due_on": day_in(40),
        "every_years": "2",
        "guidance": "Be brief.",
    }


def longer(place: Place) -> dict[str, object]:
    return {"until": day_in(60), "reason": "A new lead began this month."}


def and_returns(place: Place) -> dict[str, object]:
    return {"returns": "close"}


def by_mistake(place: Place) -> dict[str, object]:
    return {"reason": "It was the wrong cycle."}


def off(place: Place) -> dict[str, object]:
    return {"as": "exempt", "reason": "A small team this year.", "sure": "y"}


def without_link(place: Place, actor: str) -> Ask:
    """What the pages behind a personal link answer to whoever has none."""
    return Ask(form={}, changes=False)


def a_waiting_file_for_a_request(place: Place) -> None:
    """The same, sent for an answer to a request for evidence."""
    a_waiting_file(place)
    upload = documents.upload_by_ref("waiting22222")
    assert upload is not None
    upload.ref, upload.purpose = "waiting44444", {"request": place.more["request"]}


def a_request_for_evidence(place: Place) -> dict[str, object]:
    return {
        "title": "Another record",
        "reason": "review",
        "why": "A review asked for it.",
        "what": "The register.",
        "of": "",
        "due_on": day_in(20),
    }


def a_request_of(place: Place) -> EvidenceRequest:
    found = evidence_requests.by_ref(place.more["request"])
    assert found is not None
    return found


def answered(place: Place) -> None:
    """The request was answered, so that it is the office's turn."""
    request_ = a_request_of(place)
    answer = evidence_requests.draft(request_.id)
    assert answer is not None
    answer.sent_at = clock.now()


def unanswered(place: Place) -> None:
    """Nobody has answered yet, so its words can be put right."""
    for answer in evidence_requests.responses(a_request_of(place).id):
        answer.sent_at = None


def concluded(place: Place) -> None:
    request_ = a_request_of(place)
    request_.outcome, request_.outcome_at = "shown", clock.now()


def an_answer(place: Place) -> dict[str, object]:
    return {"text": "Here it is, newly written.", "go": "keep"}


def corrected(place: Place) -> dict[str, object]:
    return {"title": "Another title", "why": "Another reason.", "what": "Something else."}


def what_is_missing(place: Place) -> dict[str, object]:
    return {"text": "The names of the sessions.", "due_on": day_in(30)}


def what_it_showed(place: Place) -> dict[str, object]:
    return {"outcome": "shown", "outcome_said": "All of it."}


def a_file_for_a_request(place: Place) -> dict[str, object]:
    return {"what": "file", "personal_data": "no", "file": (io.BytesIO(b"A third file.\n"), "third.txt")}


def rules_for_evidence(place: Place) -> dict[str, object]:
    return {"takes_files": "yes", "files_at_most": "7", "megabytes_at_most": ""}


REQUEST = {"ref": "more.request"}


def of_chasing(made: Callable[[Place], chasing.Told]) -> Request:
    """A request that is told apart: see `chasing`."""

    def ask(place: Place, actor: str) -> Ask:
        return Ask(*made(place))

    return ask


ASKED = {"ref": "cycle", "organisation": "organisation"}


REQUESTS: dict[str, Request] = {
    "GET asked.arrive": to(token="=nobody-knows-this"),
    "GET asked.page": to(),
    "POST asked.begin": without_link,
    "POST asked.save": without_link,
    "POST asked.finish": without_link,
    "GET evidence_requests.every": to(),
    "GET evidence_requests.choose": to(),
    "GET evidence_requests.of_organisation": to(ref="organisation"),
    "GET evidence_requests.new": to(ref="organisation"),
    "POST evidence_requests.ask": form(ref="organisation")(a_request_for_evidence),
    "GET evidence_requests.one": to(**REQUEST),
    "GET evidence_requests.file": to(revision="more.sent_file", **REQUEST),
    "GET evidence_requests.preview": to(revision="more.sent_file", **REQUEST),
    "POST evidence_requests.answer": form(**REQUEST)(an_answer),
    "POST evidence_requests.add": form(**REQUEST)(a_file_for_a_request),
    "POST evidence_requests.take_off": form(revision="library_file", **REQUEST)(nothing),
    "POST evidence_requests.decide": form(a_waiting_file_for_a_request, upload="=waiting44444", **REQUEST)(
        to_add
    ),
    "POST evidence_requests.remind": form(**REQUEST)(nothing),
    "GET evidence_requests.correct": to(**REQUEST),
    "POST evidence_requests.correct": form(unanswered, **REQUEST)(corrected),
    "POST evidence_requests.more": form(answered, **REQUEST)(what_is_missing),
    "POST evidence_requests.conclude": form(answered, **REQUEST)(what_it_showed),
    "POST evidence_requests.open_again": form(concluded, **REQUEST)(nothing),
    "GET cycles.new": to(),
    "POST cycles.new": a_cycle,
    "GET desk.year": to(),
    "GET desk.cycle": to(**CYCLE),
    "GET desk.today": to(),
    "GET desk.list_csv": to(**CYCLE),
    "GET desk.list_xlsx": to(**CYCLE),
    "GET cycles.evidence": to(**CYCLE),
    "POST cycles.evidence": form(**CYCLE)(rules_for_evidence),
    "GET cycles.calendar": to(),
    "GET cycles.calendar_ics": to(),
    "GET cycles.standards": to(**CYCLE),
    "GET desk.change_plan": to(**CYCLE),
    "POST desk.change_plan": form(**CYCLE)(another_plan),
    "POST cycles.standards": form(not_issued, **CYCLE)(lambda place: {"standards": "standard-1"}),
    "GET desk.audience": to(**CYCLE),
    "POST desk.change_audience": form(**CYCLE)(
        lambda place: {"organisation": place.more["unasked"], "what": "ask"}
    ),
    "GET desk.clause": to(**CYCLE),
    "POST desk.clause": form(**CYCLE)(lambda place: {"kinds": "probation"}),
    "GET desk.groups": to(**CYCLE),
    "POST desk.add_group": form(**CYCLE)(a_new_group),
    "GET desk.group": form(a_group, group="=group2222222", **CYCLE)(no_form),
    "POST desk.group": form(a_group, group="=group2222222", **CYCLE)(a_new_group),
    "POST desk.remove_group": form(a_group, group="=group2222222", **CYCLE)(nothing),
    "GET desk.preview": to(**CYCLE),
    "GET desk.preview_one": to(**ASKED),
    "GET desk.confirm_issue": form(names_one_more, **CYCLE)(no_form),
    "POST desk.issue_cycle": form(names_one_more, **CYCLE)(one_more),
    "GET desk.issuing": form(an_issue, issue="=issue2222222", **CYCLE)(no_form),
    "POST desk.stop_asking": form(an_issue_for_later, **CYCLE)(nothing),
    "POST desk.go_on": form(an_issue, issue="=issue2222222", **CYCLE)(nothing),
    "GET desk.organisation": to(**ASKED),
    "POST desk.extend": form(**ASKED)(longer),
    "GET desk.chase": to(**CYCLE),
    "POST desk.send_reminders": of_chasing(chasing.reminders),
    "GET desk.reminders": to(**CYCLE),
    "POST desk.add_rule": form(**CYCLE)(chasing.rule),
    "POST desk.add_usual": form(**CYCLE)(nothing),
    "GET desk.rule": of_chasing(chasing.on_a_rule),
    "POST desk.stop_rule": of_chasing(chasing.stop),
    "POST desk.note_call": form(**ASKED)(chasing.call),
    "GET desk.escalate": to(**ASKED),
    "POST desk.send_escalation": form(**ASKED)(chasing.letter),
    "GET desk.escalation": of_chasing(chasing.on_an_escalation),
    "POST desk.answer_escalation": of_chasing(chasing.answer),
    "GET desk.letter": of_chasing(chasing.on_an_escalation),
    "POST desk.exempt": form(**ASKED)(off),
    "POST desk.ask_again": form(let_off, **ASKED)(nothing),
    "GET desk.closing": to(**CYCLE),
    "POST desk.close": form(**CYCLE)(and_returns),
    "POST desk.open_again": form(closed_cycle, **CYCLE)(by_mistake),
}
