"""The pages of a review: what each person sees and sends, and what comes back when it is refused."""

import pytest

from s11.core import clock
from s11.questionnaires import operations, queries
from s11.questionnaires.format.shape import LineagePart
from tests.factories.world import (
    HOUSING_LEAD,
    INSPECTOR,
    MANAGER,
    OFFICE,
    OUTSIDER,
    POLICE_LEAD,
    QUALITY,
    World,
    a_return,
)
from tests.pages import Browser
from tests.questionnaires.drafts import DRAFT, a_draft, doing, person, reword

pytestmark = pytest.mark.database

REVIEW, STAGE, CHANGES = (f"/questionnaires/{DRAFT}/{page}" for page in ("review", "stage", "changes"))
TODAY = f"{clock.today().day} {clock.today().month} {clock.today().year}"
APPROVAL = {"approved_by": "Quality sub-group", "meeting": "March meeting", "approved_on": TODAY}


@pytest.fixture
def in_review(world: World) -> World:
    a_draft(world, stage="in_review")
    return world


def signed_in(world: World, email: str) -> Browser:
    browser = Browser(world.app)
    browser.sign_in(email)
    return browser


def say(browser: Browser, text: str, key: str = "criterion-1-2", status: int = 302) -> None:
    """Send the form that stands beside a criterion."""
    forms = [
        form for form in browser.page.forms
        if form.action.endswith("/comments") and ("key", key) in form.fields
    ]  # fmt: skip
    browser.post(forms[0].action, forms[0].data(text=text), status=status)


def test_the_manager_puts_a_draft_in_review_and_the_note_stands_at_its_head(world: World) -> None:
    a_draft(world)
    browser = signed_in(world, MANAGER)
    browser.open(f"/questionnaires/{DRAFT}")
    browser.open(browser.page.href("Review, comments and approval"))
    browser.open(browser.page.href("Put in review"))
    page = browser.submit("/stage/review", note="Look <hard>.", until="31 2 2027", status=422)
    assert "Enter a date that exists" in page.text and "Look <hard>." in str(
        page.form("/stage/review").fields
    )
    page = browser.submit("/stage/review", note="Look <hard>.", until="1 1 2020", status=422)
    assert "Enter a day that has not passed" in page.text
    page = browser.submit("/stage/review", note="Look <hard>.", until=f"1 1 {clock.today().year + 1}")
    assert "DRAFT-2027 is in review" in page.text and "Look <hard>." in page.text
    assert f"1 January {clock.today().year + 1}" in page.text
    assert "1 reworded" in page.text and "taken out" in page.text


def test_a_member_comments_beside_the_words_and_the_office_answers(in_review: World) -> None:
    member = signed_in(in_review, QUALITY)
    member.open(REVIEW)
    say(member, "   ", status=422)
    assert "Write your comment." in member.page.text
    member.open(REVIEW)
    say(member, "Is <this> enough?")
    assert "Your comment has been added." in member.page.text and "Is <this> enough?" in member.page.text
    assert "1 change, 1 comment, 1 open" in member.page.text
    assert not [form for form in member.page.forms if form.action.endswith("/answer")]
    office = signed_in(in_review, OFFICE)
    office.open(REVIEW)
    page = office.submit("/answer", text="", go="answer", status=422)
    assert "Write an answer, or resolve the comment." in page.text
    page = office.submit("/answer", text="It is.", go="resolve")
    assert "Resolved by Olive Office" in page.text and "1 change, 1 comment" in page.text
    page = member.open(REVIEW)
    assert "It is." in page.text and "Take back" not in page.text


def test_a_member_takes_back_what_nobody_answered(in_review: World) -> None:
    member = signed_in(in_review, QUALITY)
    member.open(REVIEW)
    say(member, "Wrong place.")
    page = member.submit("/take-back")
    assert "Your comment has been taken back." in page.text and "Wrong place." not in page.text


def test_a_comment_on_what_is_no_longer_there_is_still_read(in_review: World) -> None:
    doing(
        in_review,
        lambda e: operations.comment(
            e, about="criterion", key="criterion-1-2", text="Keep it.", by=person(QUALITY)
        ),
    )
    doing(in_review, lambda e: setattr(queries.comments(e.id)[0], "key", "was-here-once"))
    page = signed_in(in_review, MANAGER).open(REVIEW)
    assert "About something no longer asked" in page.text and "Keep it." in page.text


def test_the_manager_records_the_approval_and_takes_it_back(in_review: World) -> None:
    browser = signed_in(in_review, MANAGER)
    browser.open(STAGE)
    page = browser.submit("/stage/approve", approved_by="", meeting="", approved_on="", status=422)
    for sentence in ("Enter who approved it", "Enter the meeting", "Enter the day"):
        assert sentence in page.text
    page = browser.submit(
        "/stage/approve", **{**APPROVAL, "approved_on": f"1 1 {clock.today().year + 1}"}, status=422
    )
    assert "cannot be in the future" in page.text
    page = browser.submit("/stage/approve", **APPROVAL)
    assert "Approved by Quality sub-group on" in page.text and "“March meeting”" in page.text
    browser.open(STAGE)
    page = browser.submit("/stage/reopen", reason=" ", status=422)
    assert "Say why it goes back to draft" in page.text
    page = browser.submit("/stage/reopen", reason="A new Act.")
    assert "has to be approved anew" in page.text and "A new Act." in page.text


def test_open_comments_have_to_be_ticked_off(in_review: World) -> None:
    doing(
        in_review,
        lambda e: operations.comment(e, about="edition", text="Too long.", by=person(QUALITY)),
    )
    browser = signed_in(in_review, MANAGER)
    browser.open(STAGE)
    page = browser.submit("/stage/approve", **APPROVAL, status=422)
    assert "1 comment is not resolved" in page.text
    page = browser.submit("/stage/approve", **APPROVAL, despite="y")
    assert "The approval of DRAFT-2027 is recorded" in page.text


def test_what_changed_meanwhile_has_to_be_read_first(in_review: World) -> None:
    browser = signed_in(in_review, MANAGER)
    browser.open(STAGE)
    doing(in_review, lambda e: reword(e, "1.1", "Changed meanwhile."))
    page = browser.submit("/stage/approve", **APPROVAL, status=412)
    assert "was changed since you opened this page" in page.text
    browser.submit("/stage/approve", **APPROVAL)


def test_what_is_to_be_mended_stands_in_place_of_the_form(in_review: World) -> None:
    doing(in_review, lambda e: reword(e, "2.1", "Other words.", lineage=LineagePart(change="unchanged")))
    page = signed_in(in_review, MANAGER).open(STAGE)
    assert "Mark 2.1 as reworded" in page.text
    assert not [form for form in page.forms if form.action.endswith("/approve")]


def test_the_office_does_not_record_an_approval(in_review: World) -> None:
    browser = signed_in(in_review, OFFICE)
    page = browser.open(STAGE)
    assert "The business manager records the approval." in page.text
    token = page.form("/stage/withdraw").data()["csrf_token"]
    browser.post(f"/questionnaires/{DRAFT}/stage/approve", {**APPROVAL, "csrf_token": token}, status=403)


def test_an_inspector_reads_the_review_and_says_nothing(in_review: World) -> None:
    page = signed_in(in_review, INSPECTOR).open(REVIEW)
    assert "Criterion 1.2 is" in page.text
    assert not [form for form in page.forms if form.action.endswith("/comments")]


@pytest.mark.parametrize("email", [OUTSIDER, POLICE_LEAD])
def test_for_others_these_pages_do_not_exist(in_review: World, email: str) -> None:
    browser = signed_in(in_review, email)
    for page in (REVIEW, STAGE, CHANGES, f"{CHANGES}.pdf", f"{CHANGES}.docx"):
        browser.open(page, status=404)


def test_an_edition_from_a_file_says_where_it_came_from(world: World) -> None:
    page = signed_in(world, MANAGER).open("/questionnaires/TINY-2026/review")
    assert "came from a file" in page.text and not [f for f in page.forms if "comments" in f.action]


def test_the_page_of_changes_says_how_many_organisations_each_concerns(in_review: World) -> None:
    a_return(in_review.app, in_review.police, "G A R N", by=POLICE_LEAD, submit=True)
    a_return(in_review.app, in_review.housing, "G A R G", by=HOUSING_LEAD)
    page = signed_in(in_review, QUALITY).open(CHANGES)
    assert "1 organisation has submitted answers to TINY-2026" in page.text
    assert "1 organisation carried answers to this." in page.text
    assert "A case review" in page.text and "Too vague." in page.text


def test_a_comment_is_followed_while_the_others_still_read(world: World, browser: Browser) -> None:
    a_draft(world, stage="in_review")
    browser.sign_in(MANAGER)
    page = browser.open(f"/questionnaires/{DRAFT}/review")
    page = browser.open(page.href("Change its words"))
    assert "Comments and approval" in page.text
    browser.open(f"/questionnaires/{DRAFT}/build/criteria/criterion-1-1")
    why = {"reason": "The chair asked for it.", "why_source": "feedback"}
    browser.submit("/criteria/criterion-1-1", text="Criterion 1.1 is well met.", **why)
    review = browser.open(f"/questionnaires/{DRAFT}/review")
    assert "In review" in review.text and "well met" in review.text
    browser.open(f"/questionnaires/{DRAFT}/delete", status=409)
    assert "Take it out of review before you delete it." in browser.page.text
