"""A deep dive or mini-audit asks some standards, and nothing else is counted, sealed or shown anywhere."""

from datetime import timedelta

import pytest

from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.errors import Invalid
from s11.cycles import operations as cycles
from s11.organisations import queries as organisations
from s11.organisations.rules import OrganisationFacts
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.returns import queries as returns
from s11.returns.operations import issue
from s11.returns.sealing import unseal
from tests.factories.questionnaires import tiny
from tests.factories.world import MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database

ANYBODY = OrganisationFacts("police", "", True, False, "")


def a_mini_audit(world: World, *keys: str, **asked: object) -> tuple[str, str]:
    """Refs of a cycle on some standards of three with two criteria each, and of the police's return to it."""
    with world.app.app_context(), unit_of_work():
        text = tiny(3, 2, code="THEME-2026", framework="THEME", **asked)  # type: ignore[arg-type]
        edition = load(read(text, "theme.yaml")).edition
        board = organisations.partnership_by_code(world.partnership)
        police = organisations.by_name("Northshire Police")
        assert board is not None and police is not None
        today = clock.today()
        cycle = cycles.plan(
            board, edition, code="MINI-1", title="Mini-audit", asked_as="mini", only_standards=keys,
            opens_on=today - timedelta(days=3), due_on=today + timedelta(days=30),
        )  # fmt: skip
        (return_,) = issue(cycle, [police])
        return cycle.ref, return_.ref


def test_only_the_chosen_standards_are_asked_counted_signed_and_sealed(
    browser: Browser, world: World
) -> None:
    cycle, return_ref = a_mini_audit(world, "standard-2")
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{return_ref}")
    assert "Standard 2" in page.text and "Standard 1" not in page.text and "0 of 2" in page.text
    browser.open(f"/returns/{return_ref}/standards/1", status=404)
    a_return(world.app, return_ref, "G A", by=POLICE_LEAD, submit=True)
    with world.app.app_context():
        return_ = returns.by_ref(return_ref)
        assert return_ is not None and return_.stage == "submitted" and return_.answered == 2
        submission = returns.submission(return_.id, return_.round)
        assert submission is not None
        assert [one.number for one in unseal(submission.sealed).standards] == ["2"]
        (line,) = returns.progress(return_.cycle)
        assert (line.answered, line.asked) == (2, 2)
        # The whole edition has six places; those of standards 1 and 3 were not asked (253).
        assert [byte == 253 for byte in submission.ratings] == [True, True, False, False, True, True]
    browser.sign_out()
    browser.sign_in(MANAGER)
    for path in (f"/analysis/cycles/{cycle}", f"/analysis/cycles/{cycle}/matrix"):
        page = browser.open(path)
        assert "Standard 1" not in page.text and "Standard 3" not in page.text, path
    assert "Standard 2" in page.text
    page = browser.open(f"/moderation/{return_ref}")
    assert "Standard 2" in page.text and "Standard 1" not in page.text


def test_what_waits_for_an_answer_nobody_is_asked_for_stays_closed(world: World) -> None:
    extra = {"2.1": "only_if: \"rating('1.1') == 'red'\""}
    a_mini_audit(world, "standard-2", extra=extra)
    with world.app.app_context():
        edition = questionnaires.edition_by_code("THEME-2026")
        assert edition is not None
        content = questionnaires.content(edition).narrowed_to(["standard-2"])
        (asked,) = content.for_organisation(ANYBODY)
        assert [one.number for one in asked.criteria] == ["2.2"]
        assert len(content.criteria) == 6 and len(content.asked_criteria) == 2


def test_a_mini_audit_without_standards_asks_nobody(world: World) -> None:
    with pytest.raises(Invalid, match="Choose the standards it asks first"):
        a_mini_audit(world)


def test_the_standards_are_chosen_on_screen_and_stay_once_it_is_issued(
    browser: Browser, world: World
) -> None:
    browser.sign_in(MANAGER)
    browser.open("/cycles/new")
    page = browser.submit(
        "/cycles/new", edition="TINY-2026", title="Deep dive", code="DIVE", opens_on="1 3 2027",
        due_on="30 4 2027", asked_as="deep_dive",
    )  # fmt: skip
    assert "Which standards are asked?" in page.text
    page = browser.submit("/standards", status=422)
    assert "Choose at least one standard." in page.text
    page = browser.submit("/standards", standards="standard-2")
    assert "Who is asked?" in page.text
    place = page.form("/audience").action.removesuffix("/audience")
    browser.open(f"{place}/audience/clause")
    browser.submit("/audience/clause", kinds="police")
    page = browser.open(f"{place}/issue")
    assert "deep dive in the year between on 1 standard" in page.text
    assert "Police 1 2" in page.text, "one police force, two criteria"
    assert "1 Standard 1 This cycle does not ask it" in browser.open(f"{place}/preview").text
