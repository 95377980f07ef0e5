"""The list of everything an organisation has added."""

from datetime import timedelta

import pytest

from s11.core import clock
from s11.core.database import unit_of_work
from s11.evidence import operations as evidence
from s11.evidence import queries as documents
from s11.evidence.keeping_rules import PAGE, Currency
from s11.people import queries as people
from s11.returns import queries as returns
from tests.factories.proof import Kept, a_document, a_newer_one, library_of_police
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_HELPER, POLICE_LEAD, World, a_cycle
from tests.pages import Browser

pytestmark = pytest.mark.database


def dated(world: World, kept: Kept, days: int) -> None:
    """Say that a document is current for so many days from today."""
    with world.app.app_context(), unit_of_work():
        document = documents.document_by_ref(kept.document)
        assert document is not None
        document.current_until = clock.today() + timedelta(days=days)


def titles(browser: Browser, address: str) -> list[str]:
    page = browser.open(address)
    return [words for href, words in page.links if "/evidence/documents/" in href]


def test_each_document_says_who_added_it_how_large_it_is_and_where_it_is_shown(
    browser: Browser, world: World
) -> None:
    a_document(world, "policy.txt", b"x" * 2000, title="Our policy", shown="1.1 2.2")
    browser.sign_in(POLICE_LEAD)
    text = browser.open(library_of_police(world)).text
    assert "Our policy" in text and "policy.txt · 2 kB" in text and "by Pat Lead" in text
    assert "Shown in Cycle TINY-2026: 1.1, 2.2" in text
    assert "No date set" in text and "1 document" in text


def test_it_is_narrowed_by_words_kind_date_use_and_who_added(browser: Browser, world: World) -> None:
    with world.app.app_context(), unit_of_work():
        return_, lead = returns.by_ref(world.police), people.by_address(POLICE_LEAD)
        link = "https://police.example/safe"
        evidence.add_link(return_.organisation, address=link, title="Pages for staff", by=lead)
    past = a_document(world, "audit.txt", b"audit", title="Audit of files", shown="1.1")
    soon = a_document(world, "plan.txt", b"plan", title="Training plan", by=POLICE_HELPER)
    dated(world, past, -1)
    dated(world, soon, 30)
    browser.sign_in(POLICE_LEAD)
    library = library_of_police(world)
    assert set(titles(browser, library)) == {"Pages for staff", "Audit of files", "Training plan"}
    assert titles(browser, f"{library}?words=PLAN+training") == ["Training plan"]
    assert titles(browser, f"{library}?words=police.example") == ["Pages for staff"]
    assert titles(browser, f"{library}?kind=link") == ["Pages for staff"]
    assert titles(browser, f"{library}?currency=past") == ["Audit of files"]
    assert titles(browser, f"{library}?currency=soon") == ["Training plan"]
    assert titles(browser, f"{library}?currency=never_said") == ["Pages for staff"]
    assert titles(browser, f"{library}?used=yes") == ["Audit of files"]
    assert titles(browser, f"{library}?used=no&sort=title") == ["Pages for staff", "Training plan"]
    assert titles(browser, f"{library}?added_by=Helen+Helper") == ["Training plan"]
    assert titles(browser, f"{library}?sort=until")[:2] == ["Audit of files", "Training plan"]
    assert titles(browser, f"{library}?words=100%25") == []
    assert "Show everything" in browser.page.text
    assert "1 document is past the day" in browser.open(library).text


def test_what_the_database_finds_current_is_what_the_rule_says(world: World) -> None:
    for days in (-1, 0, 60, 61):
        dated(world, a_document(world, f"{days}.txt", f"{days}".encode()), days)
    with world.app.app_context():
        organisation_id = returns.by_ref(world.police).organisation_id
        counts = {c: documents.how_many(organisation_id, c, today=clock.today()) for c in Currency}
    assert counts == {
        Currency.PAST: 1, Currency.SOON: 2, Currency.CURRENT: 1, Currency.NEVER_SAID: 0,
    }  # fmt: skip


def test_a_long_list_comes_in_pages_and_each_document_once(browser: Browser, world: World) -> None:
    for number in range(PAGE + 2):
        kept = a_document(world, f"file-{number:02}.txt", f"{number}".encode())
    a_newer_one(world, kept.document, b"newer")
    browser.sign_in(POLICE_LEAD)
    library = library_of_police(world)
    first, second = titles(browser, f"{library}?sort=title"), titles(browser, f"{library}?sort=title&page=2")
    assert len(first) == PAGE and len(second) == 2 and not set(first) & set(second)
    assert titles(browser, f"{library}?sort=title&page=99") == second
    assert "revision 2" in browser.page.text


def test_a_document_of_an_earlier_year_is_not_taken_for_one_of_this(browser: Browser, world: World) -> None:
    a_document(world, shown="1.1")
    with world.app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        cycle = return_.cycle
        cycle.opens_on -= timedelta(days=365)
        cycle.due_on -= timedelta(days=365)
        a_cycle(cycle.partnership, cycle.edition.code, "TINY-2027", [return_.organisation])
    browser.sign_in(POLICE_LEAD)
    library = library_of_police(world)
    assert "Earlier in Cycle TINY-2026: 1.1" in browser.open(library).text
    assert titles(browser, f"{library}?used=yes") == []


@pytest.mark.parametrize("who", [HOUSING_LEAD, MANAGER])
def test_nobody_outside_sees_a_library_or_a_document(browser: Browser, world: World, who: str) -> None:
    kept = a_document(world, shown="1.1")
    browser.sign_in(who)
    browser.open(library_of_police(world), status=404)
    browser.open(f"/evidence/documents/{kept.document}", status=404)
    browser.open(f"/evidence/{kept.revision}/preview", status=404)
