"""Where one feature meets another: single criteria, standards sent back, doubts, files that wait, copies."""

import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.storage import files
from s11.evidence import queries as documents
from s11.evidence.models import Upload
from s11.evidence.operations import sweep
from s11.evidence.rules import ScanState
from s11.people import queries as people
from s11.returns import operations, queries
from s11.returns.models import Answer, AnswerEvidence, DoubtReply, FieldAnswer, Presence, Remark
from s11.returns.operations import FieldChange
from s11.returns.sealing import unseal
from tests.factories.audit import an_audit
from tests.factories.proof import a_document, a_newer_one
from tests.factories.world import DSL, POLICE_LEAD, World, a_return
from tests.factories.years import THIS_YEAR, last_year, this_year
from tests.pages import Browser
from tests.returns.test_adding_evidence import HIDING, rows, send
from tests.returns.test_asked import ask, opened
from tests.returns.test_colleagues import another_contributor, ids, signed_in
from tests.returns.test_copying import a_second_school
from tests.returns.test_doubting import BARE
from tests.returns.test_shown_documents import box, shown
from tests.returns.test_single_criteria import TOM, give_to

pytestmark = pytest.mark.database


def back_with(world: World, ref: str, *keys: str) -> None:
    """The office sent only these standards back."""
    with world.app.app_context(), unit_of_work():
        return_ = queries.by_ref(ref)
        return_.stage, return_.round, return_.sent_back_standards = "sent_back", 2, list(keys)


def test_a_doubt_is_for_whoever_was_given_its_criterion_and_not_the_one_beside_it(
    app: Flask, world: World
) -> None:
    another_contributor(world)
    give_to(world, TOM, "2.1")
    a_return(app, world.police, "A A G G", by=POLICE_LEAD)
    tom = signed_in(app, TOM)
    page = tom.open(f"/returns/{world.police}/check")
    links = [href for href, words in page.links if "Say why it is right" in words]
    assert links and all("/doubts/2.1/" in href for href in links)
    assert "Say the same of" not in tom.open(f"/returns/{world.police}/doubts/2.1/{BARE}").text, (
        "2.2 is somebody else's"
    )
    tom.submit(BARE, reason="Seen on a visit.", others="y")
    with app.app_context():
        assert [one.criterion_id for one in db.session.query(DoubtReply)] == [ids(world)["2.1"]]


def test_in_a_standard_that_did_not_come_back_only_what_lacks_something_is_offered(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G G - G", by=POLICE_LEAD)
    back_with(world, world.police, "standard-1")
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/standards/2")
    names = {name for name, _ in page.form("/standards/2").fields}
    lacking, stays = ids(world)["2.1"], ids(world)["2.2"]
    assert f"v{lacking}" in names and f"v{stays}" not in names
    assert "only what still lacks something can be answered" in page.text
    page = lead.open(f"/returns/{world.police}/standards/1")
    assert "did not come back" not in page.text and "govuk-textarea" in lead.response.text


def test_the_library_offers_no_criterion_that_did_not_come_back(browser: Browser, world: World) -> None:
    kept = a_document(world)
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD)
    back_with(world, world.police, "standard-1")
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/show/{kept.document}")
    shown = browser.response.text
    assert box(world, "1.1") in shown and box(world, "2.1") not in shown
    page = browser.submit(f"/show/{kept.document}", show=[box(world, "2.1")], status=409)
    assert "2.1 is not in it: it stays as it was submitted" in page.text


def test_no_file_waits_at_a_criterion_that_did_not_come_back(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    form = browser.open(f"/returns/{world.police}/evidence/2.1").form("/evidence/2.1")
    back_with(world, world.police, "standard-1")
    data = form.data(file=(BytesIO(HIDING), "a.docx"), personal_data="no", asks="personal_data")
    browser.post(form.action, data, status=409)
    assert rows(world.app, Upload) == []
    with world.app.app_context():
        assert files().files == {}
    send(browser, world, ("a.docx", HIDING))
    assert len(rows(world.app, Upload)) == 1, "what came back takes files as before"


def test_last_year_is_not_taken_over_into_what_did_not_come_back(app: Flask, world: World) -> None:
    """A question that may stay empty lacks nothing, and a copy of last year's words would."""
    last_year(world)
    may_stay_empty = {"2.3": "rated: false\nfields: [{code: figure, label: The figure}]"}
    ref = this_year(world, extra={**THIS_YEAR["extra"], **may_stay_empty})
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(ref)
        criteria = queries.edition_of(return_).criteria
        plan = operations.plan_taking_over(return_, queries.last_return(return_), criteria)
        assert "2.3" in {one.number for one, _ in plan.offers}
    back_with(world, ref, "standard-1")
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(ref)
        plan = operations.carry(return_, criteria, by=people.by_address(POLICE_LEAD))
        assert {one.number for one, _ in plan.offers} == {"1.1", "1.2", "2.1", "2.2"}, (
            "2.1 and 2.2 lack answers"
        )


def test_a_school_whose_standard_did_not_come_back_is_not_offered_a_copy(
    browser: Browser, world: World
) -> None:
    vale = a_second_school(world)
    a_return(world.app, world.school, "G A", by=DSL)
    a_return(world.app, vale, "G A", by=DSL)
    browser.sign_in(DSL)
    assert "Vale Primary School" in browser.open(f"/returns/{world.school}/copy/1.1").text
    back_with(world, vale, "another-standard")
    assert "Vale Primary School" not in browser.open(f"/returns/{world.school}/copy/1.1").text


def taken_off(world: World, colleague: Browser) -> None:
    colleague.open(f"/returns/{world.police}/evidence/1.1")
    colleague.submit(next(one.action for one in colleague.page.forms if "/remove/" in one.action))


def doubt_replied_to(world: World, colleague: Browser) -> None:
    colleague.open(f"/returns/{world.police}/doubts/1.2/{BARE}")
    colleague.submit(BARE, reason="Seen on a visit.")


def action_recorded(world: World, colleague: Browser) -> None:
    place = f"/actions/new?return={world.police}&criterion=1.2"
    colleague.open(place)
    due = clock.today() + timedelta(days=30)
    who = {"owner_name": "Asha Rahman", "owner_role": "Head of service"}
    day = f"{due.day} {due.month} {due.year}"
    form = next(one for one in colleague.page.forms if any(name == "owner_name" for name, _ in one.fields))
    colleague.post(form.action or place, form.data(text="Do it.", due_on=day, **who))


@pytest.mark.parametrize("meanwhile", [taken_off, doubt_replied_to, action_recorded])
def test_nobody_signs_over_what_was_sealed_with_it_and_changed_meanwhile(
    app: Flask, world: World, meanwhile: Callable[[World, Browser], None]
) -> None:
    a_document(world, shown="1.1")
    a_return(app, world.police, "G G R N", by=POLICE_LEAD)
    lead, colleague = signed_in(app, POLICE_LEAD), signed_in(app, "deputy@police.example")
    lead.open(f"/returns/{world.police}/check")
    meanwhile(world, colleague)
    page = lead.submit("/sign/lead", status=412)
    assert "changed after you opened the page" in page.text


def test_whoever_signs_reads_which_files_are_no_part_of_it_yet(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    assert "for a decision" not in browser.open(f"/returns/{world.police}/check").text
    send(browser, world, ("minutes.docx", HIDING))
    page = browser.open(f"/returns/{world.police}/check")
    assert "1 file waits for a decision" in page.text
    assert page.href("“minutes.docx”, for 1.1").endswith("/evidence/1.1")


def test_a_file_that_waits_for_the_scanner_is_sealed_said_to_wait_and_named_in_the_archive(
    app: Flask, world: World
) -> None:
    kept = a_document(world, shown="1.1")
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    with app.app_context(), unit_of_work():
        documents.revision_by_ref(kept.revision).scan_state = ScanState.WAITING
    app.config["S11"].clamav = "127.0.0.1:9"
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/check")
    assert "1 document that nobody can open now" in page.text
    assert "policy.txt: being checked for viruses" in page.text
    lead.submit("/sign/lead")
    with app.app_context():
        sealed = unseal(queries.submission(queries.by_ref(world.police).id).sealed)
        assert [one.revision for one in sealed.evidence] == [kept.revision]
    answer = lead.client.get(f"/returns/{world.police}/submitted/evidence.zip")
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        names = archive.namelist()
        index = archive.read(next(name for name in names if name.endswith(".html"))).decode()
    assert not any(name.endswith(".txt") for name in names)
    assert "being checked for viruses and is locked until that is done" in index


def test_a_workbook_that_was_sent_is_no_file_that_waits(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G G G", by=POLICE_LEAD)
    lead = signed_in(app, POLICE_LEAD)
    book = lead.client.get(f"/returns/{world.police}/workbook.xlsx").data
    form = lead.open(f"/returns/{world.police}/workbook").form("/workbook")
    lead.post(form.action, form.data(file=(BytesIO(book), "return.xlsx")))
    assert [one.purpose.get("kind") for one in rows(app, Upload)] == ["workbook"]
    with app.app_context():
        return_ = queries.by_ref(world.police)
        assert queries.waiting_in(return_) == [] and queries.held_in(return_).files == 0
    assert "for a decision" not in lead.open(f"/returns/{world.police}/check").text
    token = dict(lead.page.forms[-1].fields)["csrf_token"]
    sent = rows(app, Upload)[0].ref
    lead.post(f"/returns/{world.police}/waiting/{sent}", {"csrf_token": token, "go": "add"}, status=404)
    with clock.pretend(clock.now() + timedelta(hours=25)), app.app_context():
        assert sweep()[0] == 1
        assert files().files == {}


ANOTHERS = (
    ("standards/1", {"go": "carry:1.2"}),
    ("standards/1", {"go": "confirm:1.2"}),
    ("standards/1", {"go": "copy:1.2"}),
    ("standards/2/last-year", {}),
    ("last-year", {}),
    ("review/1.2", {"do": "confirm"}),
    ("review/1.2", {"do": "clear"}),
    ("review/1.2", {"do": "newest:{revision}"}),
    ("review/1.2", {"do": "save", "v{1.2}": "1", "c{1.2}": "Not mine."}),
    ("evidence/1.2/newest/{revision}", {}),
    ("evidence/1.2/note/{revision}", {"note": "page 9"}),
    ("evidence/1.2/remove/{revision}", {}),
    ("history/1.2", {"version": "1", "seen": "2"}),
    ("doubts/1.2/best-without-evidence", {"reason": "Not mine to say.", "others": "y"}),
    ("copy/1.2", {"to": "{return}"}),
    ("presence", {"criterion": "{1.2}"}),
    ("about", {}),
)


def test_nothing_that_is_sent_for_a_criterion_of_somebody_else_changes_anything(
    app: Flask, world: World
) -> None:
    """Tom was given 1.1 of a return in which everything is carried over from last year."""
    last_year(world)
    ref = this_year(world)
    another_contributor(world)
    with app.app_context(), unit_of_work():
        return_, lead = queries.by_ref(ref), people.by_address(POLICE_LEAD)
        by_number = queries.edition_of(return_).by_number
        operations.carry(return_, queries.edition_of(return_).criteria, by=lead)
        held = queries.evidence(return_.id)[by_number["1.1"].id][0].revision
        operations.attach(return_, by_number["1.2"], held, by=lead)
        operations.give(return_, [], people.by_address(TOM), criteria=[by_number["1.1"]], by=lead, tell=False)
        told = {number: str(one.id) for number, one in by_number.items()}
        told |= {"revision": held.ref, "return": ref}
    tom = signed_in(app, TOM)
    token = dict(tom.open(f"/returns/{ref}/standards/1").forms[0].fields)["csrf_token"]
    before = everything(app, ref)
    for path, sent in ANOTHERS:
        data = {filled(name, told): filled(value, told) for name, value in sent.items()}
        answer = tom.client.post(
            f"/returns/{ref}/{filled(path, told)}",
            data={"csrf_token": token, **data},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status_code < 500, (path, sent)
        assert everything(app, ref) == before, (path, sent)
    tom.client.post(
        f"/returns/{ref}/standards/1/last-year",
        data={"csrf_token": token},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert everything(app, ref) == before, "all of it is taken over already"


def filled(text: str, told: dict[str, str]) -> str:
    for name, value in told.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def everything(app: Flask, ref: str) -> list[object]:
    """Every row that belongs to the answers of a return."""
    with app.app_context():
        return_ = queries.by_ref(ref)
        found: list[object] = [return_.stage, return_.answered, return_.last_saved_at]
        for table in (Answer, AnswerEvidence, FieldAnswer, DoubtReply, Presence, Remark):
            columns = [column for column in table.__table__.columns]
            query = select(*columns).where(table.return_id == return_.id).order_by(*columns[:3])
            found += [tuple(row) for row in db.session.execute(query)]
        return found


STAYS = (
    ("standards/2", {"go": "carry:2.1"}),
    ("standards/2", {"go": "confirm:2.1"}),
    ("standards/2", {"v{2.1}": "1", "r{2.1}": "red", "c{2.1}": "Changed."}),
    ("standards/2/last-year", {}),
    ("review/2.1", {"do": "confirm"}),
    ("review/2.1", {"do": "clear"}),
    ("review/2.1", {"do": "newest:{revision}"}),
    ("review/2.1", {"do": "save", "v{2.1}": "1", "r{2.1}": "red", "c{2.1}": "Changed."}),
    ("evidence/2.1", {"what": "link", "target": "https://a.example", "title": "A policy"}),
    ("evidence/2.1/newest/{revision}", {}),
    ("evidence/2.1/note/{revision}", {"note": "page 9"}),
    ("evidence/2.1/remove/{revision}", {}),
    ("history/2.1", {"version": "1", "seen": "2"}),
    ("about", {"fv{name}-0": "1", "f{name}-0": "Somebody else"}),
    ("fields/{policy}/0/file", {"what": "none"}),
)
TOP = "fields: [{code: name, label: Who filled it in}, {code: policy, label: The policy, kind: file}]"


def test_nothing_that_is_sent_for_what_did_not_come_back_changes_anything(app: Flask, world: World) -> None:
    kept = a_document(world)
    a_newer_one(world, kept.document, b"newer")
    ref = an_audit(world, 2, 1, top=TOP)
    a_return(app, ref, "G A", by=POLICE_LEAD)
    a_return(app, ref, "G G", by=POLICE_LEAD)
    with app.app_context(), unit_of_work():
        return_, lead = queries.by_ref(ref), people.by_address(POLICE_LEAD)
        by_number = queries.edition_of(return_).by_number
        about = {field.code: field.id for field in queries.fields_of(return_)}
        shown = documents.revision_by_ref(kept.revision)
        operations.attach(return_, by_number["2.1"], shown, by=lead)
        entries = [FieldChange(about["name"], 0, 0, "Pat"), FieldChange(about["policy"], 0, 0, kept.revision)]
        operations.save_fields(return_, entries, by=lead)
        told = {number: str(one.id) for number, one in by_number.items()}
        told |= {"revision": kept.revision, **{code: str(id_) for code, id_ in about.items()}}
    back_with(world, ref, "standard-1")
    browser = signed_in(app, POLICE_LEAD)
    token = dict(browser.open(f"/returns/{ref}/standards/1").forms[0].fields)["csrf_token"]
    before = everything(app, ref)
    for path, sent in STAYS:
        data = {filled(name, told): filled(value, told) for name, value in sent.items()}
        answer = browser.client.post(
            f"/returns/{ref}/{filled(path, told)}",
            data={"csrf_token": token, **data},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status_code < 500, (path, sent)
        assert everything(app, ref) == before, (path, sent)
    for path in ("about", f"fields/{about['policy']}/0/file", "evidence/2.1", "history/2.1", "standards/2"):
        page = browser.open(f"/returns/{ref}/{path}")
        assert not any(
            form.action.startswith(f"/returns/{ref}/{path.split('/')[0]}") for form in page.forms
        ), path


def saved_by_script(browser: Browser, world: World, **typed: str) -> int:
    """What a page that saves itself is answered."""
    form = browser.open(f"/returns/{world.police}/standards/2").form("/standards/2")
    sent = {name: value for name, value in form.data(**typed).items() if name != "go"}
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    return browser.client.post(form.action, data=sent, headers=headers).status_code


def test_an_answer_that_lacked_something_is_written_to_its_end_though_it_saves_itself_before(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    one, stays = ids(world)["2.1"], ids(world)["2.2"]
    with app.app_context(), unit_of_work():
        answer = queries.answer_of(queries.by_ref(world.police).id, one)
        answer.level_id = None  # what is put right elsewhere can open it again
    back_with(world, world.police, "standard-1")
    lead = signed_in(app, POLICE_LEAD)
    for rating, words in (("green", "Half a"), ("amber", "Half a sentence, and its end.")):
        assert saved_by_script(lead, world, **{f"r{one}": rating, f"c{one}": words}) == 200, words
    with app.app_context():
        return_ = queries.by_ref(world.police)
        assert queries.answer_of(return_.id, one).commentary == "Half a sentence, and its end."
        assert queries.gaps_of(return_) == []
    form = lead.open(f"/returns/{world.police}/standards/2").form("/standards/2")
    assert f"v{stays}" not in dict(form.fields)


def test_a_personal_link_rests_where_its_standard_did_not_come_back(app: Flask, world: World) -> None:
    holder = opened(app, ask(world, standard="2"))
    a_return(app, world.police, "G G G G", by=POLICE_LEAD)
    back_with(world, world.police, "standard-1")
    assert "not open for answers now" in holder.open("/asked", status=409).text
    back_with(world, world.police, "standard-2")
    assert "Criterion 2.1 is met." in holder.open("/asked").text


def test_what_holds_a_virus_is_shown_nowhere_anew(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1", note="page 4")
    newer = a_newer_one(world, kept.document, b"newer")
    with world.app.app_context(), unit_of_work():
        documents.revision_by_ref(newer).scan_state = ScanState.INFECTED
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/evidence/1.1")
    page = browser.submit(f"/evidence/1.1/newest/{kept.revision}", status=422)
    assert "holds a virus and cannot be opened. Add a clean copy of it." in page.text
    page = browser.open(f"/returns/{world.police}/evidence/1.2")
    sent = page.form("/evidence/1.2").data(what="library", revision=newer)
    assert "holds a virus" in browser.post(page.form("/evidence/1.2").action, sent, status=422).text
    browser.open(f"/returns/show/{kept.document}")
    page = browser.submit(f"/show/{kept.document}", show=[box(world, "1.1"), box(world, "2.1")], status=422)
    assert "holds a virus" in page.text
    assert shown(world, "1.1") == [(1, "page 4")] and shown(world, "1.2") == shown(world, "2.1") == []
