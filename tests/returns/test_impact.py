"""How many organisations a change in a questionnaire concerns."""

import re

import pytest

from s11.organisations import queries as organisations
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.changes import About, Change, Earlier, Kind
from s11.returns.pages.impact import Impact
from s11.returns.queries.impact import answered_before, organisations_that_answered
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser
from tests.questionnaires.drafts import DRAFT, a_draft

IMPACT = Impact({"a": frozenset({1, 2}), "b": frozenset({2, 3}), "c": frozenset()})


def change(*keys: str, kind: Kind = Kind.REWORDED, about: About = About.CRITERION) -> Change:
    return Change(about, (kind,), "a", "1.1", before=tuple(Earlier(key, "1.1", "Words.") for key in keys))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (change("a"), "2 organisations carried answers to this."),
        (change("a", "b", kind=Kind.MERGED), "3 organisations carried answers to this."),
        (change("c", kind=Kind.RETIRED), "No organisation carried an answer to this."),
        (change("never-asked"), "No organisation carried an answer to this."),
        (change(kind=Kind.NEW), ""),
        (change("a", kind=Kind.RENUMBERED), ""),
        (change("a", about=About.STANDARD), ""),
    ],
)
def test_an_organisation_counts_once_for_what_a_change_replaces(told: Change, words: str) -> None:
    assert IMPACT.words(told) == words


def test_where_nobody_answered_no_change_says_so_again() -> None:
    nobody = Impact({})
    assert nobody.words(change("a")) == ""
    assert nobody.sentence("X-1") == "No organisation of the partnership has submitted answers to X-1."
    assert IMPACT.sentence("X-1").startswith("3 organisations have submitted answers to X-1.")


@pytest.mark.database
def test_only_what_is_submitted_counts_and_a_blank_is_no_answer(world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    a_return(world.app, world.housing, "G G G G", by=HOUSING_LEAD)
    a_draft(world)
    with world.app.app_context():
        board = organisations.partnership_by_code(world.partnership)
        elsewhere = organisations.partnership_by_code("elsewhere")
        asked, draft = (questionnaires.edition_by_code(code) for code in ("TINY-2026", DRAFT))
        assert board is not None and elsewhere is not None and asked is not None and draft is not None
        content = questionnaires.content(asked)
        found = organisations_that_answered(content, [board.id])
        assert {key: len(ids) for key, ids in found.items()} == {
            "criterion-1-1": 1, "criterion-1-2": 1, "criterion-2-1": 1, "criterion-2-2": 1,
        }  # fmt: skip
        assert organisations_that_answered(content, [elsewhere.id]) == {}
        # The edition says in which partnership to count, whoever asks.
        assert answered_before(draft, [elsewhere.id]) == found
        assert answered_before(asked, [board.id]) == {}


def test_what_changed_stands_under_questionnaires(browser: Browser, world: World) -> None:
    a_draft(world)
    browser.sign_in(MANAGER)
    browser.open(f"/questionnaires/{DRAFT}/changes")
    here = re.search(r'<a [^>]*aria-current="[^"]*"[^>]*>\s*([^<]+?)\s*<', browser.response.text)
    assert here and here[1] == "Questionnaires"
