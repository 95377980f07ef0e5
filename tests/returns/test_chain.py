"""The chain of signatures: in sequence or in any order, by deputies, declined, and with nobody to sign."""

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Stale
from s11.notices.models import Notice
from s11.people import operations as people
from s11.people import queries as people_queries
from s11.questionnaires.rules import SignOffStep
from s11.questionnaires.signing import chain_words, open_steps
from s11.returns import queries
from s11.returns.operations import sign
from s11.returns.receipts import on_behalf
from tests.factories.audit import an_audit
from tests.factories.world import (
    DSL,
    GOVERNOR,
    HEAD,
    MANAGER,
    POLICE_DEPUTY,
    POLICE_LEAD,
    POLICE_SIGNATORY,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database
LEAD = SignOffStep("lead", "Safeguarding lead")
HEADTEACHER = SignOffStep("headteacher", "Headteacher")
CHAIR = SignOffStep("chair", "Chair of governors")
CHAIR_LAST = SignOffStep("chair", "Chair of governors", after="headteacher")


def names(steps: list[SignOffStep]) -> list[str]:
    return [step.step for step in steps]


def test_head_and_chair_sign_in_any_order_once_the_lead_has() -> None:
    chain = [LEAD, HEADTEACHER, CHAIR]
    assert names(open_steps(chain, [])) == ["lead"]
    assert names(open_steps(chain, ["lead"])) == ["headteacher", "chair"]
    assert names(open_steps(chain, ["lead", "chair"])) == ["headteacher"]
    assert chain_words(chain) == "Safeguarding lead, then in any order Headteacher and Chair of governors"


def test_in_sequence_the_chair_waits_for_the_head() -> None:
    chain = [LEAD, CHAIR_LAST, HEADTEACHER]
    assert names(open_steps(chain, ["lead"])) == ["headteacher"]
    assert names(open_steps(chain, ["lead", "headteacher"])) == ["chair"]
    assert chain_words(chain) == "Safeguarding lead, then Headteacher, then Chair of governors"


def test_the_role_of_a_deputy_says_for_whom_and_fits_its_column() -> None:
    assert on_behalf("Deputy head", ["Pat Lead"]) == "Deputy head, on behalf of Pat Lead"
    assert on_behalf("D" * 90, ["P" * 90]).endswith("on behalf of the safeguarding lead")
    assert len(on_behalf("D" * 120, ["Pat Lead"])) == 120
    assert on_behalf("Head", []) == "Head, on behalf of the safeguarding lead"


def in_sequence(world: World) -> str:
    """The school's own chain in sequence: the chair of governors only after the head."""
    with world.app.app_context(), unit_of_work():
        edition = queries.by_ref(world.school).cycle.edition
        edition.sign_off = [
            dict(step) | ({"after": "headteacher"} if step["step"] == "chair_of_governors" else {})
            for step in edition.sign_off
        ]
    return world.school


def mails(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(m.to_address, m.subject) for m in db.session.scalars(select(Notice).order_by(Notice.id))]


def as_(app: Flask, email: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(email)
    return browser


def test_who_signs_after_another_is_asked_when_it_is_their_turn(app: Flask, world: World) -> None:
    ref = in_sequence(world)
    a_return(app, ref, "G A", by=DSL, submit=True)
    asked = [to for to, subject in mails(app) if "signature is needed" in subject]
    assert asked == [HEAD]
    governor = as_(app, GOVERNOR)
    page = governor.open(f"/returns/{ref}/check")
    assert "after the headteacher" in page.text and "Declaration" not in page.text
    with app.app_context(), unit_of_work(), pytest.raises(DomainError, match="headteacher has to sign"):
        sign(queries.by_ref(ref), "chair_of_governors", by=people_queries.by_address(GOVERNOR))
    head = as_(app, HEAD)
    head.open(f"/returns/{ref}/check")
    head.submit("/sign/headteacher")
    asked = [to for to, subject in mails(app) if "signature is needed" in subject]
    assert asked == [HEAD, GOVERNOR]
    governor.open(f"/returns/{ref}/check")
    assert "Submitted" in governor.submit("/sign/chair_of_governors").text


def test_the_chair_can_decline_before_the_head_has_signed(app: Flask, world: World) -> None:
    ref = in_sequence(world)
    a_return(app, ref, "G A", by=DSL, submit=True)
    governor = as_(app, GOVERNOR)
    governor.open(f"/returns/{ref}/check")
    governor.submit("/decline", reason="1.2 is not what I saw on my visit.")
    page = as_(app, DSL).open(f"/returns/{ref}")
    # As what somebody signs is said, and not that they are a signatory.
    assert "Gus Governor did not sign (Chair_of_governors)," in page.text
    assert "not what I saw on my visit" in page.text
    today = clock.today()
    assert f"{today.day} {today:%B %Y} at" in page.text


def test_a_deputy_signs_on_behalf_of_the_lead_and_the_page_names_both(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    deputy = as_(app, POLICE_DEPUTY)
    assert "Pat Lead or Des Deputy (deputy)" in deputy.open(f"/returns/{world.police}").text
    deputy.open(f"/returns/{world.police}/check")
    page = deputy.submit("/sign/lead")
    assert "Des Deputy, Lead, on behalf of Pat Lead" in page.text


def ended(app: Flask, email: str) -> None:
    with app.app_context(), unit_of_work():
        for membership in people_queries.by_address(email).memberships:
            people.end_role(membership, by=None)


def test_office_and_lead_are_told_once_a_round_when_nobody_can_sign(app: Flask, world: World) -> None:
    audit = an_audit(world, 1, 1, steps=("lead", "mayor"))
    a_return(app, audit, "G", by=POLICE_LEAD)
    lead = as_(app, POLICE_LEAD)
    assert "Nobody can sign" in lead.open(f"/returns/{audit}").text
    lead.open(f"/returns/{audit}/check")
    page = lead.submit("/sign/lead")
    assert "Nobody can sign as mayor yet. The partnership office is told." in page.text
    assert "invite somebody who can" in page.text
    told = [to for to, subject in mails(app) if subject.startswith("Nobody can sign: Police")]
    assert told == ["office@board.example"]
    result = app.test_cli_runner().invoke(args=["cycles", "unsigned"])
    assert "1 returns wait to be signed; of 0" in result.output


def test_a_signatory_who_leaves_while_the_return_waits_is_found_by_the_command(
    app: Flask, world: World
) -> None:
    audit = an_audit(world, 1, 1, steps=("lead", "director"))
    a_return(app, audit, "G", by=POLICE_LEAD, submit=True)
    assert not [subject for _, subject in mails(app) if subject.startswith("Nobody can sign")]
    ended(app, POLICE_SIGNATORY)
    for told in (1, 0):
        result = app.test_cli_runner().invoke(args=["cycles", "unsigned"])
        assert f"1 returns wait to be signed; of {told}" in result.output
    manager = as_(app, MANAGER)
    assert "told the office that nobody can sign" in manager.open("/trail/").text


def test_nobody_signs_what_was_changed_after_they_read_it(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    lead = as_(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/check")
    form = lead.page.form("/sign/lead")
    a_return(app, world.police, "A A R N", by=POLICE_DEPUTY)
    page = lead.post(form.action, form.data(), status=412)
    assert "was changed after you opened the page. Nothing is signed" in page.text
    assert "Submitted" in lead.submit("/sign/lead").text


def test_a_signature_from_before_it_came_back_signs_nothing(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    lead = as_(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/check")
    form = lead.page.form("/sign/lead")
    lead.post(form.action, form.data())
    manager = as_(app, MANAGER)
    manager.open(f"/returns/{world.police}/submitted")
    manager.submit("/send-back", reason="Please say more about 1.1.")
    lead.post(form.action, form.data(), status=412)
    with app.app_context():
        return_ = queries.by_ref(world.police)
        assert return_.stage == "sent_back" and len(queries.submissions(return_.id)) == 1
        with pytest.raises(Stale):
            sign(return_, "lead", by=people_queries.by_address(POLICE_LEAD), read="1-")
