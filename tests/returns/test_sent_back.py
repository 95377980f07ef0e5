"""Sending back chosen standards, and what a second submission changed of the first."""

from dataclasses import replace

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.people import queries as people
from s11.returns import queries
from s11.returns.differences import between
from s11.returns.operations import AnswerChange, save_answers
from s11.returns.sealing import SealedAction, SealedEvidence, unseal
from tests.factories.audit import an_audit
from tests.factories.world import MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


def as_(app: Flask, email: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(email)
    return browser


def shown(browser: Browser) -> str:
    return browser.response.get_data(as_text=True)


def sent_back(app: Flask, ref: str, *keys: str) -> Browser:
    manager = as_(app, MANAGER)
    manager.open(f"/returns/{ref}/submitted")
    manager.submit("/send-back", reason="Please say more about training.", standards=list(keys))
    return manager


def test_only_what_came_back_can_be_changed_and_the_task_list_says_which(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    sent_back(app, world.police, "standard-2")
    lead = as_(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}")
    assert "Mary Manager sent it back" in page.text and "Please say more about training." in page.text
    assert "Only this came back and can be changed" in page.text
    page = lead.open(f"/returns/{world.police}/standards/1")
    assert "What lies behind your rating" not in page.text and "did not come back" in page.text
    lead.open(f"/returns/{world.police}/standards/2")
    assert "govuk-textarea" in shown(lead)


def change(ref: str, place: int, words: str) -> None:
    return_ = queries.by_ref(ref)
    criterion = queries.edition_of(return_).criteria[place]
    known = queries.answer_of(return_.id, criterion.id)
    changed = AnswerChange(criterion.id, known.version, level_id=known.level_id, commentary=words)
    save_answers(return_, [changed], by=people.by_address(POLICE_LEAD))


def test_a_change_to_the_rest_is_refused_with_a_sentence_and_an_unchanged_one_is_not(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    sent_back(app, world.police, "standard-2")
    with app.app_context():
        with (
            unit_of_work(),
            pytest.raises(DomainError, match=r"1\.1 is not in it: it stays"),
        ):
            change(world.police, 0, "Something else.")
        with unit_of_work():
            change(world.police, 0, "Why 1.1 is G.")
            change(world.police, 2, "More about training.")
        words = [one.commentary for one in queries.answers(queries.by_ref(world.police).id).values()]
        assert words == ["Why 1.1 is G.", "Why 1.2 is A.", "More about training.", ""]


def test_every_standard_ticked_is_the_whole_return(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    sent_back(app, world.police, "standard-1", "standard-2")
    with app.app_context():
        assert queries.by_ref(world.police).sent_back_standards == []


def test_a_question_opened_elsewhere_by_what_was_put_right_can_be_answered(app: Flask, world: World) -> None:
    audit = an_audit(world, 2, 1, extra={"2.1": "only_if: \"rating('1.1') == 'red'\""})
    a_return(app, audit, "G", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(audit)
        assert [one.number for one in queries.standards_of(return_)] == ["1"]
        return_.sent_back_standards, return_.stage, return_.round = ["standard-1"], "sent_back", 2
    a_return(app, audit, "R", by=POLICE_LEAD)
    a_return(app, audit, "R G", by=POLICE_LEAD, submit=True)
    with app.app_context():
        assert queries.by_ref(audit).stage == "submitted"


def test_the_office_reads_word_by_word_what_the_second_submission_changed(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    manager = sent_back(app, world.police)
    a_return(app, world.police, "A A R N", by=POLICE_LEAD, submit=True)
    page = manager.open(f"/returns/{world.police}/submitted")
    page = manager.open(page.href("see what changed"))
    assert "1 of 4 answers changed, 1 rating among them" in page.text
    assert "Mary Manager had sent it back" in page.text and "Please say more about training." in page.text
    assert "taken out: G" in page.text and "put in: A" in page.text
    assert "Criterion 1.1 is met." in page.text and "Criterion 1.2 is met." not in page.text
    first = manager.open(f"/returns/{world.police}/difference?round=1")
    assert "This is the first submission" in first.text
    manager.open(f"/returns/{world.police}/difference?round=7", status=404)


def test_the_receipt_of_a_second_submission_says_what_it_takes_the_place_of(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    lead = as_(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/receipt")
    assert "takes the place" not in page.text and "The Board can now read your return." in page.text
    sent_back(app, world.police)
    a_return(app, world.police, "A A R N", by=POLICE_LEAD, submit=True)
    page = lead.open(f"/returns/{world.police}/receipt")
    assert "This takes the place of what you submitted on" in page.text
    assert "1 of 4 answers changed" in lead.open(page.href("See what changed")).text
    assert "takes the place" not in lead.open(f"/returns/{world.police}/receipt?round=1").text


def test_evidence_and_what_is_gone_are_told_too(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    with app.app_context():
        before = unseal(queries.submission(queries.by_ref(world.police).id).sealed)
    shown = SealedEvidence("Policy", "file", "", "policy.pdf", 1, "ab" * 32, "page 4", "revision")
    action = SealedAction("Train sergeants.", "Asha Rahman", "2027-03-01", "On track")
    first, second = before.standards
    one = replace(first.answers[0], evidence=(shown,), actions=(action,), strengths="Clear lines.")
    after = replace(before, standards=(replace(first, answers=(one,)), second))
    told = between(before, after).standards[0].answers
    assert [(d.number, d.kind) for d in told] == [("1.1", "changed"), ("1.2", "gone")]
    assert told[0].evidence_added == ("Policy (page 4)",) and told[0].parts[0].what == "Strengths"
    assert told[0].actions_added == ("Train sergeants. Asha Rahman, by 1 March 2027. On track",)
    back = between(after, before).standards[0].answers[0]
    assert back.evidence_removed == ("Policy (page 4)",)
    assert between(before, before).standards == ()
