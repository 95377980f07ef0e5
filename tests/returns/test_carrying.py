"""Last year beside this year: shown, taken over, reviewed, and asked about."""

from datetime import timedelta

import pytest
from flask import Flask

from s11.actions import operations as plan
from s11.actions import queries as actions
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError
from s11.evidence.models import Revision
from s11.people import queries as people
from s11.returns import operations, queries
from s11.returns.carrying import Plan
from s11.returns.models import Answer, Return
from s11.returns.operations import AnswerChange, FieldChange, save_answers, save_fields
from s11.returns.rules import Stage
from s11.trail import queries as trail
from tests.factories.questionnaires import tiny
from tests.factories.world import MANAGER, POLICE_DEPUTY, POLICE_HELPER, POLICE_LEAD, POLICE_VIEWER, World
from tests.factories.years import a_challenge_then, an_action_then, last_year, this_year
from tests.pages import Browser

pytestmark = pytest.mark.database


def asked(ref: str) -> tuple[Return, dict[str, int]]:
    """A return, and its criterion ids by number."""
    return_ = queries.by_ref(ref)
    assert return_ is not None
    return return_, {c.number: c.id for c in queries.edition_of(return_).criteria}


def carry(ref: str, *numbers: str, by: str = POLICE_LEAD) -> Plan:
    return_, _ = asked(ref)
    criteria = [c for c in queries.edition_of(return_).criteria if not numbers or c.number in numbers]
    person = people.by_address(by)
    assert person is not None
    return operations.carry(return_, criteria, by=person)


def answer(ref: str, number: str) -> Answer:
    return_, ids = asked(ref)
    found = queries.answer_of(return_.id, ids[number])
    assert found is not None
    return found


def test_one_answer_is_taken_over_with_its_rating_words_and_evidence(app: Flask, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        carry(ref, "1.1")
    with app.app_context():
        taken = answer(ref, "1.1")
        assert taken.level is not None and taken.level.label == "Green" and taken.carried
        assert taken.commentary == "Why 1.1 is G." and taken.strengths == "A lead in every team."
        assert taken.shortfalls == "None at night." and taken.updated_by_name == "Pat Lead"
        return_, ids = asked(ref)
        (shown,) = queries.evidence(return_.id)[ids["1.1"]]
        assert shown.revision.document.title == "policy.pdf" and shown.note == "page 4"
        assert return_.stage == Stage.IN_PROGRESS and return_.last_saved_at is not None


def test_taking_over_all_of_it_leaves_what_is_new_and_what_somebody_answered(
    app: Flask, world: World
) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        return_, ids = asked(ref)
        save_answers(
            return_, [AnswerChange(ids["1.2"], 0, commentary="Ours.")], by=people.by_address(POLICE_LEAD)
        )
        plan = carry(ref)
        assert [c.number for c, _ in plan.offers] == ["1.1", "2.1", "2.2", "2.3"]
        assert {c.number: str(why) for c, why in plan.left} == {"1.2": "answered", "1.3": "new"}
        assert [c.number for c, _ in plan.without_rating] == ["2.1", "2.2"]
    with app.app_context():
        assert answer(ref, "1.2").commentary == "Ours." and not answer(ref, "1.2").carried
        assert answer(ref, "2.1").level_id is None and answer(ref, "2.1").commentary == "Why 2.1 is R."
        assert answer(ref, "2.3").not_applicable_reason == "We do not do this."


def test_what_was_taken_over_counts_as_done_only_when_it_is_confirmed(app: Flask, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        carry(ref, "1.1", "1.2")
        assert asked(ref)[0].answered == 0
        assert (
            "Confirm what was taken over"
            in {gap.number: gap.sentence for gap in queries.gaps_of(asked(ref)[0])}["1.1"]
        )
    with app.app_context(), unit_of_work():
        return_, _ = asked(ref)
        first = queries.edition_of(return_).by_number["1.1"]
        assert operations.confirm(return_, first, by=people.by_address(POLICE_DEPUTY))
        assert not operations.confirm(return_, first, by=people.by_address(POLICE_LEAD)), "once is enough"
    with app.app_context():
        assert asked(ref)[0].answered == 1
        confirmed = answer(ref, "1.1")
        assert not confirmed.carried and confirmed.version == 2 and confirmed.updated_by_name == "Des Deputy"
        assert "1.1" not in {gap.number for gap in queries.gaps_of(asked(ref)[0])}


def test_taking_over_twice_changes_nothing_the_second_time(app: Flask, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        carry(ref)
        assert carry(ref).offers == ()
    with app.app_context():
        assert answer(ref, "1.1").version == 1
        return_, ids = asked(ref)
        assert len(queries.evidence(return_.id)[ids["1.1"]]) == 1


def test_changing_what_was_taken_over_confirms_it_and_saving_it_unread_does_not(
    app: Flask, world: World
) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        carry(ref, "1.1")
        return_, ids = asked(ref)
        now, lead = answer(ref, "1.1"), people.by_address(POLICE_LEAD)
        same = AnswerChange(ids["1.1"], 1, level_id=now.level_id, commentary=now.commentary)
        save_answers(return_, [same], by=lead)
        assert answer(ref, "1.1").carried
        save_answers(return_, [AnswerChange(ids["1.1"], 1, now.level_id, commentary="Still so.")], by=lead)
        assert not answer(ref, "1.1").carried and answer(ref, "1.1").strengths == "A lead in every team."


def test_a_mark_to_come_back_survives_the_taking_over(app: Flask, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        return_, ids = asked(ref)
        marked = AnswerChange(ids["1.1"], 0, come_back=True)
        save_answers(return_, [marked], by=people.by_address(POLICE_LEAD))
        carry(ref, "1.1")
        assert answer(ref, "1.1").come_back and answer(ref, "1.1").commentary == "Why 1.1 is G."


def test_marking_to_come_back_confirms_nothing(app: Flask, world: World) -> None:
    """Ticking and unticking says nothing of an answer nobody has looked at: it stays to be reviewed."""
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        carry(ref, "1.1")
    for mark in (True, False):
        with app.app_context(), unit_of_work():
            return_, ids = asked(ref)
            there = answer(ref, "1.1")
            change = AnswerChange(
                ids["1.1"],
                there.version,
                level_id=there.level_id,
                commentary=there.commentary,
                come_back=mark,
            )
            assert save_answers(return_, [change], by=people.by_address(POLICE_LEAD)).kept
        with app.app_context():
            assert answer(ref, "1.1").carried and answer(ref, "1.1").come_back is mark
            assert queries.by_ref(ref).answered == 0


def test_clearing_undoes_the_taking_over_but_not_what_somebody_stands_for(app: Flask, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        carry(ref, "1.1", "1.2")
        return_, ids = asked(ref)
        edition, lead = queries.edition_of(return_), people.by_address(POLICE_LEAD)
        assert operations.clear(return_, edition.by_number["1.1"], by=lead)
        operations.confirm(return_, edition.by_number["1.2"], by=lead)
        assert not operations.clear(return_, edition.by_number["1.2"], by=lead)
    with app.app_context():
        return_, ids = asked(ref)
        cleared = answer(ref, "1.1")
        assert (cleared.level_id, cleared.commentary, cleared.strengths, cleared.carried) == (
            None, "", "", False,
        )  # fmt: skip
        assert not queries.evidence(return_.id)[ids["1.1"]]
        assert answer(ref, "1.2").commentary == "Why 1.2 is A."
        kept = [queries.version_of(cleared.id, number) for number in (1, 2)]
        assert [version.carried for version in kept if version] == [True, False]


def test_what_was_cleared_can_be_taken_over_again(app: Flask, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        carry(ref, "1.1")
        return_, _ = asked(ref)
        first = queries.edition_of(return_).by_number["1.1"]
        operations.clear(return_, first, by=people.by_address(POLICE_LEAD))
        assert carry(ref, "1.1").offers
        assert answer(ref, "1.1").carried and answer(ref, "1.1").version == 3


def test_a_document_taken_out_of_the_library_is_not_shown_again(app: Flask, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        revision = db.session.query(Revision).one()
        revision.document.removed_at = clock.now()
        carry(ref, "1.1")
        assert not queries.evidence(asked(ref)[0].id)


def test_where_the_board_takes_no_files_only_links_and_references_come_along(
    app: Flask, world: World
) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        asked(ref)[0].cycle.takes_files = False
        assert carry(ref, "1.1").files_left == 1
        assert not queries.evidence(asked(ref)[0].id) and answer(ref, "1.1").carried


def a_newer_revision() -> Revision:
    old = db.session.query(Revision).one()
    newer = Revision(
        document=old.document, number=2, file_name="policy.pdf", sha256="f" * 64, storage_key="k",
        added_by_name="Pat Lead", added_at=clock.now(),
    )  # fmt: skip
    db.session.add(newer)
    db.session.flush()
    return newer


def test_last_years_revision_is_pinned_and_the_newest_is_offered(
    app: Flask, browser: Browser, world: World
) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        carry(ref, "1.1")
        a_newer_revision().document.current_until = clock.today() - timedelta(days=1)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{ref}/review/1.1")
    assert "Out of date since" in page.text and "there is a newer revision" in page.text
    with app.app_context():
        old = queries.evidence(asked(ref)[0].id)[asked(ref)[1]["1.1"]][0].revision
        assert old.number == 1
    browser.submit("/review/1.1", do=f"newest:{old.ref}")
    assert "Revision 2 is shown now" in browser.page.text
    assert "there is a newer revision" not in browser.page.text
    with app.app_context():
        (shown,) = queries.evidence(asked(ref)[0].id)[asked(ref)[1]["1.1"]]
        assert shown.revision.number == 2 and shown.note == "page 4"


FIELDS = """
each_criterion:
- {code: when, label: Last checked}
- {code: who, label: By whom, kind: choice, options: [Lead, Deputy]}
"""


def test_what_was_entered_beside_a_criterion_is_taken_over_too(app: Flask, world: World) -> None:
    board_text = tiny(1, 2, code="F-2026", framework="FIELDS", top=FIELDS)
    first = this_year(world, board_text)
    with app.app_context(), unit_of_work():
        return_, ids = asked(first)
        return_.cycle.due_on = clock.today() + timedelta(days=20)
        edition, lead = queries.edition_of(return_), people.by_address(POLICE_LEAD)
        when, who = edition.criteria[0].fields
        green = edition.criteria[0].scale.levels[0].id
        save_answers(return_, [AnswerChange(i, 0, green, commentary="Yes.") for i in ids.values()], by=lead)
        save_fields(
            return_,
            [FieldChange(when.id, ids["1.1"], 0, "In May"), FieldChange(who.id, ids["1.1"], 0, "Deputy")],
            by=lead,
        )
        operations.sign(return_, "lead", by=lead)
    text = tiny(1, 2, code="F-2027", year=2027, framework="FIELDS", top=FIELDS, predecessor="F-2026")
    ref = this_year(world, text)
    with app.app_context(), unit_of_work():
        carry(ref, "1.1")
        return_, ids = asked(ref)
        held = {field: row.value for (field, _), row in queries.field_answers(return_.id).items()}
        when, who = queries.edition_of(return_).criteria[0].fields
        assert held == {when.id: "In May", who.id: "Deputy"}
        save_fields(
            return_, [FieldChange(when.id, ids["1.1"], 1, "In June")], by=people.by_address(POLICE_LEAD)
        )
        assert not answer(ref, "1.1").carried, "who changes a field has reviewed the answer"


def test_there_is_nothing_to_take_over_in_a_first_return(app: Flask, world: World) -> None:
    with app.app_context(), pytest.raises(DomainError, match="no earlier return"), unit_of_work():
        carry(world.police)


def test_a_signed_return_takes_nothing_over(app: Flask, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        asked(ref)[0].stage = Stage.AWAITING_SIGN_OFF
    with app.app_context(), pytest.raises(DomainError, match="can no longer be changed"), unit_of_work():
        carry(ref)


def test_the_trail_says_what_was_taken_over_confirmed_and_cleared(app: Flask, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with app.app_context(), unit_of_work():
        carry(ref, "1.1", "1.2")
        return_, _ = asked(ref)
        edition, lead = queries.edition_of(return_), people.by_address(POLICE_LEAD)
        operations.confirm(return_, edition.by_number["1.1"], by=lead)
        operations.clear(return_, edition.by_number["1.2"], by=lead)
    with app.app_context():
        told = {e.tag: e.after for e in trail.of("return", asked(ref)[0].id) if "answers" in e.tag}
        assert told == {
            "return:answers:carried": {"criteria": ["1.1", "1.2"]},
            "return:answers:confirmed": {"criteria": ["1.1"]},
            "return:answers:cleared": {"criteria": ["1.2"]},
        }


# What people see


def test_last_year_stands_beside_each_question(browser: Browser, world: World) -> None:
    last_year(world)
    a_challenge_then(world)
    ref = this_year(world)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{ref}/standards/1")
    assert "Last year: Green, moderated Amber" in page.text
    assert "Why 1.1 is G." in page.text and "A lead in every team." in page.text
    assert "Two teams have no lead." in page.text
    assert "policy.pdf" in page.text and "(page 4)" in page.text
    assert "Last year: Amber – the wording has changed" in page.text
    assert "Criterion 1.2 is met put in: every year" in page.text
    assert "New this year. The law changed." in page.text
    assert "Asked: How do you know at night?" in page.text and "You answered: We do not yet." in page.text
    page = browser.open(f"/returns/{ref}/standards/2")
    assert "Last year’s question (2.1)" in page.text and "Criterion 2.1 is met." in page.text


def test_the_boards_view_is_not_shown_before_moderation_is_finished(browser: Browser, world: World) -> None:
    last_year(world, moderated=False)
    ref = this_year(world)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{ref}/standards/1")
    assert "Last year: Green" in page.text and "moderated" not in page.text


def test_one_click_takes_over_one_answer_and_loses_nothing_typed(browser: Browser, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with world.app.app_context():
        _, ids = asked(ref)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{ref}/standards/1")
    page = browser.submit("/standards/1", **{f"c{ids['1.3']}": "Half a thought"}, go="carry:1.1")
    assert "Taken over for 1.1." in page.text and "Taken over, not reviewed" in page.text
    form = page.form("/standards/1").data()
    assert form[f"c{ids['1.1']}"] == "Why 1.1 is G." and form[f"c{ids['1.3']}"] == "Half a thought"
    page = browser.submit("/standards/1", go="confirm:1.1")
    assert "1.1 is confirmed." in page.text and "Taken over, not reviewed" not in page.text


def test_an_answer_typed_with_the_same_click_is_kept_and_not_written_over(
    browser: Browser, world: World
) -> None:
    last_year(world)
    ref = this_year(world)
    with world.app.app_context():
        _, ids = asked(ref)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{ref}/standards/1")
    page = browser.submit("/standards/1", **{f"c{ids['1.1']}": "Mine."}, go="carry:1.1")
    assert "1.1 has an answer already, which was kept." in page.text
    assert page.form("/standards/1").data()[f"c{ids['1.1']}"] == "Mine."


def test_everything_is_taken_over_after_being_told_what_cannot_be(browser: Browser, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{ref}")
    page = browser.open(browser.page.href("Take over last year’s answers for everything"))
    assert "5 answers of “Cycle TINY-2026” can be taken over." in page.text
    assert "2.1, 2.2 come without their rating" in page.text and "1.3 is new this year." in page.text
    page = browser.submit("/last-year")
    assert "5 answers were taken over." in page.text and "1 of 5" in page.text
    assert "5 answers taken over from last year are not reviewed yet." in browser.open(f"/returns/{ref}").text


def test_the_review_walks_from_one_to_the_next(browser: Browser, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with world.app.app_context(), unit_of_work():
        carry(ref)
        _, ids = asked(ref)
    browser.sign_in(POLICE_LEAD)
    assert browser.client.get(f"/returns/{ref}/review").headers["Location"] == f"/returns/{ref}/review/1.1"
    page = browser.open(f"/returns/{ref}/review/1.1")
    assert "1 of 5" in page.text and "Moderated: A Amber otherwise than you rated" in page.text
    page = browser.submit("/review/1.1", do="confirm")
    assert "2 of 5" in page.text and "1 of 5" in page.text  # the second, with one reviewed
    assert "What has changed in the question since" in page.text
    browser.open(page.href("Change it"))
    page = browser.submit("/review/1.2", **{f"c{ids['1.2']}": "Reviewed in June."}, do="save")
    assert "3 of 5" in page.text and "wider question" in page.text
    page = browser.submit("/review/2.1", do="clear")
    assert "2.1 is empty again." in page.text and "4 of 5" in page.text
    page = browser.submit("/review/2.2", **{f"r{ids['2.2']}": "amber"}, do="save")
    page = browser.submit("/review/2.3", do="confirm")
    assert "Everything that was taken over from last year has been reviewed." in page.text
    with world.app.app_context():
        assert answer(ref, "1.2").commentary == "Reviewed in June." and not answer(ref, "1.2").carried
        assert answer(ref, "2.2").level.label == "Amber"
        assert asked(ref)[0].answered == 4


def test_an_answer_can_be_left_for_later_and_comes_round_again(browser: Browser, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with world.app.app_context(), unit_of_work():
        carry(ref, "1.1", "1.2")
    browser.sign_in(POLICE_LEAD)
    left = browser.open(f"/returns/{ref}/review/1.1").href("Leave it for now")
    assert browser.client.get(left).headers["Location"].endswith("/review/1.2")
    left = browser.open(f"/returns/{ref}/review/1.2").href("Leave it for now")
    assert browser.client.get(left).headers["Location"].endswith("/review/1.1")


def test_saving_a_review_unchanged_confirms_it(browser: Browser, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with world.app.app_context(), unit_of_work():
        carry(ref, "1.2")
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{ref}/review/1.2?change=1")
    browser.submit("/review/1.2", do="save")
    with world.app.app_context():
        assert not answer(ref, "1.2").carried


def test_a_newer_answer_met_in_the_review_shows_both(browser: Browser, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with world.app.app_context(), unit_of_work():
        carry(ref, "1.2")
        _, ids = asked(ref)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{ref}/review/1.2?change=1")
    with world.app.app_context(), unit_of_work():
        return_, _ = asked(ref)
        change = AnswerChange(ids["1.2"], 1, answer(ref, "1.2").level_id, commentary="Helen's words.")
        save_answers(return_, [change], by=people.by_address(POLICE_HELPER))
    page = browser.submit("/review/1.2", **{f"c{ids['1.2']}": "Pat's words."}, do="save", status=412)
    assert "Helen's words." in page.text and "Pat's words." in page.text
    assert "Helen Helper saved a newer answer" in page.text


def test_too_much_text_in_the_review_is_refused_and_kept(browser: Browser, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    with world.app.app_context(), unit_of_work():
        carry(ref, "1.2")
        _, ids = asked(ref)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{ref}/review/1.2?change=1")
    page = browser.submit("/review/1.2", **{f"c{ids['1.2']}": "word " * 2_500}, do="save", status=422)
    assert "Shorten it to 10,000" in page.text
    assert len(page.form("/review/1.2").data()[f"c{ids['1.2']}"]) == 12_499


def test_a_contributor_takes_over_and_reviews_only_what_was_given_to_them(
    browser: Browser, world: World
) -> None:
    last_year(world)
    ref = this_year(world)
    with world.app.app_context(), unit_of_work():
        carry(ref, "2.3")
    browser.sign_in(POLICE_HELPER)
    assert "Take over last year’s answers" not in browser.open(f"/returns/{ref}").text
    browser.open(f"/returns/{ref}/last-year", status=403)
    browser.open(f"/returns/{ref}/review/2.3", status=403)
    browser.open(f"/returns/{ref}/standards/1/last-year")
    page = browser.submit("/last-year")
    assert "2 answers were taken over." in page.text and "1 of 2" in page.text
    browser.open(f"/returns/{ref}/standards/2/last-year", status=403)


def test_a_viewer_reads_last_year_and_is_offered_nothing(browser: Browser, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    browser.sign_in(POLICE_VIEWER)
    page = browser.open(f"/returns/{ref}/standards/1")
    assert "Why 1.1 is G." in page.text and "Use last year’s answer" not in page.text


def test_the_board_never_sees_what_is_taken_over(browser: Browser, world: World) -> None:
    last_year(world)
    ref = this_year(world)
    browser.sign_in(MANAGER)
    for path in ("last-year", "review", "review/1.1", "standards/1/last-year"):
        browser.open(f"/returns/{ref}/{path}", status=404)


# Last year's actions


def test_an_open_action_of_last_year_is_asked_about_at_its_question(browser: Browser, world: World) -> None:
    last_year(world)
    action = an_action_then(world)
    ref = this_year(world)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{ref}/standards/1")
    assert "An action from last year is still open Name a lead for nights." in page.text
    assert "Asha Rahman, Head of service" in page.text and "What became of it?" in page.text
    page = browser.submit("/standards/1", go=f"became:{action}:1.1")
    assert "Say how it goes" in page.text and page.href("Your return").endswith("#q1.1")
    browser.page = page
    update = next(form for form in page.forms if f"/actions/{action}" in form.action)
    said = update.data(
        status="complete",
        text="A lead is named for every night of the week.",
        seen_at="In the rota, ask the duty inspector.",
    )
    page = browser.post(update.action, said)
    assert "Your update has been saved." in page.text and "1. Standard 1" in page.text
    assert "still open" not in page.text


def test_an_action_follows_its_question_when_it_is_divided(app: Flask, world: World) -> None:
    last_year(world)
    an_action_then(world, criterion_key="criterion-2-1", standard_key="standard-2")
    ref = this_year(world)
    with app.app_context():
        found = {
            key: [line.text for line in lines] for key, lines in queries.actions_beside(asked(ref)[0]).items()
        }
        assert found == {"planned": ["Name a lead for nights."]}


def test_an_action_about_a_whole_standard_is_asked_about_at_its_head(browser: Browser, world: World) -> None:
    last_year(world)
    an_action_then(world, criterion_key="")
    ref = this_year(world)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{ref}/standards/1")
    text = page.text
    assert text.index("Name a lead for nights.") < text.index("Criterion 1.1 is met.")


def test_a_finished_action_of_last_year_is_not_asked_about(app: Flask, world: World) -> None:
    last_year(world)
    ref_of_action = an_action_then(world)
    with app.app_context(), unit_of_work():
        actions.by_ref(ref_of_action).status = "complete"
    ref = this_year(world)
    with app.app_context():
        assert not queries.actions_beside(asked(ref)[0]).get("criterion-1-1")


def test_recording_an_action_completes_the_answer_that_waited_for_it(app: Flask, world: World) -> None:
    text = tiny(1, 1, code="N-2026", framework="NEEDS").replace(
        "colour: red, meaning: Not in place.", "colour: red, meaning: Not in place., needs: [action]"
    )
    ref = this_year(world, text)
    with app.app_context(), unit_of_work():
        return_, ids = asked(ref)
        red = queries.edition_of(return_).criteria[0].scale.levels[-1].id
        save_answers(
            return_, [AnswerChange(ids["1.1"], 0, red, commentary="No.")], by=people.by_address(POLICE_LEAD)
        )
        assert return_.answered == 0
    with app.app_context(), unit_of_work():
        return_, _ = asked(ref)
        an_action_of(return_)
    with app.app_context():
        assert asked(ref)[0].answered == 1


def an_action_of(return_: Return) -> None:
    """An action recorded for 1.1 of a return."""
    plan.add(
        return_.cycle.partnership,
        return_.organisation,
        source="self_assessment",
        text="Write it.",
        owner_name="Asha Rahman",
        owner_role="Head of service",
        due_on=clock.today() + timedelta(days=30),
        cycle=return_.cycle,
        standard_key="standard-1",
        criterion_key="criterion-1-1",
    )
