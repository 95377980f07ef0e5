"""An edition goes into review, is spoken of, approved, and goes back: what is kept, told and refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, Stale
from s11.home.leaving import pseudonymise
from s11.notices.models import Notice
from s11.people import operations as people_operations
from s11.questionnaires import operations, personal, queries
from s11.questionnaires.format.shape import LineagePart
from s11.questionnaires.models import Edition, EditionComment
from s11.questionnaires.operations.writing import check_may_change
from s11.questionnaires.permissions import can_answer, can_approve, can_change, can_comment, can_take_back
from s11.questionnaires.stages import NotReady
from s11.trail import queries as trail
from tests.factories.world import (
    CHAIR,
    EDUCATION_ADVISER,
    INSPECTOR,
    MANAGER,
    MODERATOR,
    OFFICE,
    OUTSIDER,
    POLICE_LEAD,
    QUALITY,
    World,
)
from tests.questionnaires.drafts import DRAFT, a_draft, doing, person, reword

pytestmark = pytest.mark.database

UNCHANGED = LineagePart(change="unchanged")
APPROVAL = {"approved_by": "Quality sub-group", "meeting": "March meeting"}


@pytest.fixture
def draft(world: World) -> World:
    a_draft(world)
    return world


@pytest.fixture
def in_review(world: World) -> World:
    a_draft(world, stage="in_review")
    return world


def approve(edition: Edition, **more: object) -> None:
    given = {**APPROVAL, "on": clock.today(), "by": person(MANAGER), **more}
    operations.approve(edition, **given)  # type: ignore[arg-type]


def say(edition: Edition, text: str = "Is this enough?", key: str = "criterion-1-2") -> EditionComment:
    return operations.comment(edition, about="criterion", key=key, text=text, by=person(QUALITY))


def the_draft() -> Edition:
    edition = queries.edition_by_code(DRAFT)
    assert edition is not None
    return edition


# Into review


def test_reviewers_are_told_by_mail_without_a_word_of_the_questionnaire(draft: World) -> None:
    with draft.app.app_context():
        before = len(db.session.scalars(select(Notice)).all())
    until = clock.today() + timedelta(days=14)
    doing(draft, lambda e: operations.put_in_review(e, note="Look at 1.2.", until=until, by=person(MANAGER)))
    with draft.app.app_context():
        mails = db.session.scalars(select(Notice).order_by(Notice.id)).all()[before:]
        assert {mail.to_address for mail in mails} == {
            CHAIR, QUALITY, EDUCATION_ADVISER, "early-years@board.example",
        }  # fmt: skip
        assert all(f"{until.day} {until:%B %Y}" in mail.subject for mail in mails)
        assert all("/questionnaires/DRAFT-2027/review" in mail.body for mail in mails)
        assert not any("1.2" in mail.body or "fully met" in mail.body for mail in mails)
        entry = trail.of("questionnaire", the_draft().id)[0]
        assert entry.after is not None
        assert (entry.tag, entry.after["stage"], entry.after["note"]) == (
            "questionnaire:review:begun", "in_review", "Look at 1.2.",
        )  # fmt: skip


def test_a_second_click_tells_nobody_twice(in_review: World) -> None:
    with in_review.app.app_context():
        before = len(db.session.scalars(select(Notice)).all())
    doing(in_review, lambda e: operations.put_in_review(e, by=person(MANAGER)))
    with in_review.app.app_context():
        assert len(db.session.scalars(select(Notice)).all()) == before


def test_an_edition_from_a_file_has_its_stage_elsewhere(world: World) -> None:
    with world.app.app_context():
        edition = queries.edition_by_code("SCHOOL-2026")
        assert edition is not None
        edition.stage = "draft"
        with pytest.raises(DomainError, match="came from a file"):
            operations.put_in_review(edition, by=person(MANAGER))


def test_a_draft_in_review_can_still_be_changed_and_an_approved_one_cannot(in_review: World) -> None:
    doing(in_review, lambda e: reword(e, "1.1", "Better."))
    doing(in_review, approve)
    with in_review.app.app_context(), pytest.raises(DomainError, match="Take it back to draft first"):
        check_may_change(the_draft())


# Comments


def test_a_comment_is_kept_answered_and_resolved(in_review: World) -> None:
    doing(in_review, say)
    doing(
        in_review,
        lambda e: operations.answer(
            queries.comments(e.id)[0], text="It is.", resolve=True, by=person(MANAGER)
        ),
    )
    with in_review.app.app_context():
        (comment,) = queries.comments(the_draft().id)
        assert (comment.text, comment.name, comment.answer) == ("Is this enough?", "Quinn Quality", "It is.")
        assert comment.resolved_by_name == "Mary Manager" and comment.resolved_at is not None
        tags = [entry.tag for entry in trail.of("questionnaire", the_draft().id)]
        assert tags[:2] == ["questionnaire:comment:resolved", "questionnaire:comment:made"]


def test_a_double_click_makes_one_comment(in_review: World) -> None:
    doing(in_review, say)
    doing(in_review, say)
    with in_review.app.app_context():
        assert len(queries.comments(the_draft().id)) == 1


def test_a_comment_survives_when_the_draft_is_written_anew(in_review: World) -> None:
    doing(in_review, say)
    doing(in_review, lambda e: reword(e, "1.2", "Now quite different."))
    with in_review.app.app_context():
        (comment,) = queries.comments(the_draft().id)
        assert comment.key == "criterion-1-2"


@pytest.mark.parametrize(
    ("about", "key", "text"),
    [
        ("criterion", "criterion-1-2", "  \n "),
        ("criterion", "criterion-1-2", "x" * 5_001),
        ("criterion", "nobody-asks-this", "Hm."),
        ("standard", "criterion-1-2", "Hm."),
        ("edition", "criterion-1-2", "Hm."),
        ("weather", "", "Hm."),
    ],
)
def test_a_comment_that_says_nothing_or_is_about_nothing_is_refused(
    in_review: World, about: str, key: str, text: str
) -> None:
    with in_review.app.app_context(), pytest.raises(Invalid) as refusal:
        operations.comment(the_draft(), about=about, key=key, text=text, by=person(QUALITY))
    assert refusal.value.field == "text"


def test_comments_are_made_in_review_only(draft: World) -> None:
    with draft.app.app_context(), pytest.raises(DomainError, match="not in review"):
        say(the_draft())


def test_ones_own_comment_is_taken_back_until_it_is_answered(in_review: World) -> None:
    doing(in_review, say)
    doing(in_review, lambda e: operations.take_back(queries.comments(e.id)[0], by=person(QUALITY)))
    with in_review.app.app_context():
        assert queries.comments(the_draft().id) == []
    doing(in_review, say)
    with in_review.app.app_context():
        (comment,) = queries.comments(the_draft().id)
        operations.answer(comment, text="Thank you.", resolve=False, by=person(MANAGER))
        db.session.flush()
        with pytest.raises(DomainError, match="answered already"):
            operations.take_back(comment, by=person(QUALITY))


def test_an_answer_stays_as_it_was_once_the_comment_is_resolved(in_review: World) -> None:
    doing(in_review, say)
    with in_review.app.app_context():
        (comment,) = queries.comments(the_draft().id)
        with pytest.raises(Invalid, match="Write an answer"):
            operations.answer(comment, text=" ", resolve=False, by=person(MANAGER))
        operations.answer(comment, text="Yes.", resolve=True, by=person(MANAGER))
        db.session.flush()
        operations.answer(comment, text="Yes.", resolve=True, by=person(MANAGER))
        with pytest.raises(DomainError, match="resolved already"):
            operations.answer(comment, text="No.", resolve=True, by=person(MANAGER))


# Approval


def test_an_approval_keeps_who_where_and_when(in_review: World) -> None:
    doing(in_review, approve)
    with in_review.app.app_context():
        edition = the_draft()
        assert (edition.stage, edition.approved_by, edition.approved_at_meeting, edition.approved_on) == (
            "approved", "Quality sub-group", "March meeting", clock.today(),
        )  # fmt: skip
    doing(in_review, approve)  # a second click


def test_an_edition_with_something_to_mend_is_not_approved(in_review: World) -> None:
    doing(in_review, lambda e: reword(e, "1.1", "Other words.", lineage=None))
    doing(in_review, lambda e: reword(e, "2.1", "Other words.", lineage=UNCHANGED))
    with in_review.app.app_context(), pytest.raises(NotReady) as refusal:
        approve(the_draft())
    assert len(refusal.value.sentences) == 1
    assert "Mark 2.1 as reworded" in refusal.value.sentence


def test_open_comments_hold_it_up_unless_it_was_approved_all_the_same(in_review: World) -> None:
    doing(in_review, say)
    with in_review.app.app_context(), pytest.raises(Invalid, match="1 comment is not resolved") as refusal:
        approve(the_draft())
    assert refusal.value.field == "despite"
    doing(in_review, lambda e: approve(e, despite=True))
    with in_review.app.app_context():
        entry = trail.of("questionnaire", the_draft().id)[0]
        assert entry.after is not None and entry.after["unresolved"] == 1


def test_what_was_changed_since_it_was_read_is_not_approved(in_review: World) -> None:
    with in_review.app.app_context():
        seen = the_draft().version
    doing(in_review, lambda e: reword(e, "1.1", "Changed meanwhile."))
    with in_review.app.app_context(), pytest.raises(Stale, match="was changed since"):
        approve(the_draft(), version=seen)


def test_a_draft_is_not_approved_without_a_review(draft: World) -> None:
    with draft.app.app_context(), pytest.raises(DomainError, match="in review before you record"):
        approve(the_draft())


def test_an_approved_edition_goes_back_to_draft_with_a_reason(in_review: World) -> None:
    doing(in_review, approve)
    with in_review.app.app_context(), pytest.raises(Invalid) as refusal:
        operations.back_to_draft(the_draft(), reason=" ", by=person(MANAGER))
    assert refusal.value.field == "reason"
    doing(in_review, lambda e: operations.back_to_draft(e, reason="A new Act.", by=person(MANAGER)))
    with in_review.app.app_context():
        edition = the_draft()
        assert (edition.stage, edition.approved_by, edition.approved_on) == ("draft", "", None)
        check_may_change(edition)
        entry = trail.of("questionnaire", edition.id)[0]
        assert entry.after is not None and entry.after["reason"] == "A new Act."


def test_an_issued_edition_never_goes_back_and_is_archived(in_review: World) -> None:
    doing(in_review, approve)
    doing(in_review, lambda e: operations.freeze(e, person(MANAGER)))
    with in_review.app.app_context(), pytest.raises(DomainError, match="an issued one never"):
        operations.back_to_draft(the_draft(), reason="A new Act.", by=person(MANAGER))
    doing(in_review, lambda e: operations.archive(e, by=person(MANAGER)))
    with in_review.app.app_context():
        edition = the_draft()
        assert edition.stage == "archived" and edition.approved_by == "Quality sub-group"
        operations.freeze(edition, None)  # of a cycle that was planned before: nothing to fix any more
        assert edition.stage == "archived"


def test_an_edition_nobody_approved_is_not_issued(in_review: World) -> None:
    with in_review.app.app_context(), pytest.raises(DomainError, match="has not been approved"):
        operations.freeze(the_draft(), None)


# Who may, and who is forgotten


@pytest.mark.parametrize(
    ("email", "comments", "changes", "approves"),
    [
        (MANAGER, True, True, True),
        (OFFICE, True, True, False),
        (CHAIR, True, False, False),
        (QUALITY, True, False, False),
        (MODERATOR, True, False, False),
        (EDUCATION_ADVISER, True, False, False),
        (INSPECTOR, False, False, False),
        (POLICE_LEAD, False, False, False),
        (OUTSIDER, False, False, False),
    ],
)
def test_who_comments_changes_and_approves(
    in_review: World, email: str, comments: bool, changes: bool, approves: bool
) -> None:
    doing(in_review, say)
    with in_review.app.app_context():
        edition, who = the_draft(), person(email)
        (comment,) = queries.comments(edition.id)
        assert can_comment(who, edition) is comments
        assert can_change(who, edition) is can_answer(who, comment) is changes
        assert can_approve(who, edition) is approves
        assert can_take_back(who, comment) is (email == QUALITY)


def test_a_leaver_who_commented_goes_under_a_name_that_says_nothing(in_review: World) -> None:
    doing(in_review, say)

    def leave(_: Edition) -> None:
        who = person(QUALITY)
        people_operations.end_role(who.memberships[0], by=None)
        db.session.flush()
        pseudonymise(who, by=None)

    doing(in_review, leave)
    with in_review.app.app_context():
        (comment,) = queries.comments(the_draft().id)
        assert comment.name.startswith("Former member ") and comment.text == "Is this enough?"


def test_what_somebody_said_and_resolved_is_told_to_them(in_review: World) -> None:
    doing(in_review, say)
    doing(
        in_review,
        lambda e: operations.answer(queries.comments(e.id)[0], text="", resolve=True, by=person(MANAGER)),
    )
    with in_review.app.app_context():
        said = personal.held(person(QUALITY))["comments on questionnaires you wrote"]
        resolved = personal.held(person(MANAGER))["comments on questionnaires you resolved"]
    assert [(one["questionnaire"], one["about"], one["text"]) for one in said] == [  # type: ignore[attr-defined]
        (DRAFT, "criterion-1-2", "Is this enough?")
    ]
    assert [one["questionnaire"] for one in resolved] == [DRAFT]  # type: ignore[attr-defined]
