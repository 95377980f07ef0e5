"""The pack as people get it: a tagged PDF with the right figures, kept as built."""

import io

import pytest
from pypdf import PdfReader

from s11.challenge import operations as challenge
from s11.core.database import unit_of_work
from s11.core.errors import Invalid
from s11.core.storage import files
from s11.cycles import queries as cycles
from s11.organisations import queries as organisations
from s11.packs import operations, queries
from s11.trail import queries as trail
from tests.actions.some import an_action
from tests.challenge.some import a_day, held_on, in_words
from tests.factories.world import (
    CHAIR,
    HOUSING_LEAD,
    MANAGER,
    OUTSIDER,
    POLICE_LEAD,
    a_return,
)

pytestmark = pytest.mark.database


@pytest.fixture
def returned(world, app):
    """The police have returned, rated best once of three, with one N/A; housing is still writing."""
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    a_return(app, world.housing, "G G G G", by=HOUSING_LEAD)
    return world


def built(world, *names: str) -> PdfReader:
    with world.app.app_context(), unit_of_work():
        pack = operations.build(
            cycles.by_ref(world.cycle), [organisations.by_name(name) for name in names], by=None
        )
        with files().open(pack.storage_key) as kept:
            return PdfReader(io.BytesIO(kept.read()))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_pack_is_tagged_titled_and_has_an_outline(returned):
    reader = built(returned, "Northshire Police")
    assert reader.metadata.title == "Challenge day pack: Cycle TINY-2026"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles == [
        "How to read this pack", "All agencies, standard by standard",
        "Each standard over all agencies", "Agency by agency",
    ]  # fmt: skip


def test_the_pack_holds_the_figures_of_the_return(returned):
    text = words(built(returned, "Northshire Police"))
    assert "1 of 2 returns are in; this pack holds 1." in text
    assert "Not in: Harbour Housing (in progress)." in text
    assert "1 of 3 33.3 %" in text
    assert "Criterion 2.1 is met. Own rating Red; no evidence attached. “Why 2.1 is R.”" in text
    assert "Reason: We do not do this." in text
    assert "not applicable and blank are left out" in text


def said_of_pictures(reader: PdfReader) -> list[str]:
    """What somebody who hears the pack is told instead of each picture."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found += [str(node["/Alt"])] if "/Alt" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return found


def test_the_charts_of_the_overview_are_there_with_captions_and_words_for_whoever_hears_them(returned):
    reader = built(returned, "Northshire Police")
    said = " ".join(said_of_pictures(reader))
    assert "1 Standard 1: 1 of 2 (50.0 %); 2 Standard 2: 0 of 1 (0.0 %)." in said
    assert "Northshire Police: 1 of 3 (33.3 %)." in said
    text = words(reader)
    assert "Ratings by standard: self-assessment, with moderated ratings beneath." in text
    assert "Ratings by agency, as each rated itself." in text


def test_no_rule_is_printed_about_a_percentage_that_is_not(returned):
    assert "percentage “of all”" not in words(built(returned, "Northshire Police"))


def test_it_names_agenda_questions_and_unfinished_actions(returned):
    an_action(returned, text="Train every duty sergeant.")
    with returned.app.app_context(), unit_of_work():
        day = challenge.plan_day(
            cycles.by_ref(returned.cycle), title="Day", held_on=held_on(), place="County Hall"
        )
        police = organisations.by_name("Northshire Police")
        challenge.add_session(day, organisation=police, questioner=organisations.by_name("Harbour Housing"))
        challenge.add_enquiry(day, organisation=police, question="Who speaks to the child?", why="Red in 2.1")
    text = words(built(returned, "Northshire Police"))
    assert f"Challenge day on {in_words(held_on())}, County Hall" in text
    assert "09:30 to 09:50 Northshire Police Harbour Housing" in text
    assert "1. Who speaks to the child? Red in 2.1" in text
    assert "Train every duty sergeant. Asha Rahman, Head of Protecting Vulnerable People" in text


def test_nothing_of_a_return_that_is_not_in_reaches_the_pack(returned):
    with pytest.raises(Invalid, match="not in cannot be in the pack"):
        built(returned, "Northshire Police", "Harbour Housing")


def test_a_pack_about_nobody_is_refused_with_a_sentence(returned):
    with pytest.raises(Invalid, match="Choose at least one organisation"):
        built(returned)


def test_pages_say_which_they_are_and_how_many_there_are(returned):
    reader = built(returned, "Northshire Police")
    assert f"page 2 of {len(reader.pages)}" in reader.pages[1].extract_text()
    with returned.app.app_context():
        assert queries.of_cycle(cycles.by_ref(returned.cycle).id)[0].pages == len(reader.pages)


def test_markup_in_an_answer_is_printed_as_it_was_typed(returned):
    an_action(returned, text="#panic(1) *bold* $x$ 🙂")
    assert "#panic(1) *bold* $x$ □" in words(built(returned, "Northshire Police"))


def test_the_page_leads_to_the_day_and_the_day_to_its_packs(returned, browser):
    browser.sign_in(MANAGER)
    path = f"/packs/cycles/{returned.cycle}"
    page = browser.open(browser.open(path).href("Plan the day"))
    assert page.form("/challenge/new").data()["cycle"] == returned.cycle
    a_day(returned)
    browser.open(next(href for href, text in browser.open(path).links if text == "Challenge day"))
    page = browser.open(browser.page.href("Packs for this day"))
    assert "It prints the agenda and the questions of Challenge day" in page.text
    assert "The cycle and its returns" in page.text


def test_the_office_builds_a_pack_and_downloads_it(returned, browser):
    browser.sign_in(MANAGER)
    path = f"/packs/cycles/{returned.cycle}"
    page = browser.open(path)
    assert "Northshire Police" in page.text and "Harbour Housing" not in page.text
    page = browser.submit(path)
    assert "about 1 organisation" in page.text
    browser.open(page.href("Challenge day pack"))
    assert browser.response.mimetype == "application/pdf"
    assert browser.response.headers["Content-Disposition"] == (
        "attachment; filename=cycle-tiny-2026-challenge-pack.pdf"
    )
    assert browser.response.get_data().startswith(b"%PDF")
    with returned.app.app_context():
        pack = queries.of_cycle(cycles.by_ref(returned.cycle).id)[0]
        entry = trail.of("pack", pack.id)[0]
        assert (entry.tag, entry.person_name) == ("pack:file:downloaded", "Mary Manager")


def test_choosing_nobody_is_refused_with_a_sentence(returned, browser):
    browser.sign_in(MANAGER)
    path = f"/packs/cycles/{returned.cycle}"
    data = {name: value for name, value in browser.open(path).form(path).fields if name != "organisations"}
    assert "Choose at least one organisation for the pack." in browser.post(path, data, status=422).text


def test_the_chair_reads_packs_and_does_not_build_them(returned, browser):
    built(returned, "Northshire Police")
    browser.sign_in(CHAIR)
    page = browser.open(f"/packs/cycles/{returned.cycle}")
    assert "Build the pack" not in page.text
    token = page.form("/sign-out").data()
    browser.open(page.href("Challenge day pack"))
    browser.post(f"/packs/cycles/{returned.cycle}", token, status=403)


@pytest.mark.parametrize("email", [POLICE_LEAD, HOUSING_LEAD, OUTSIDER])
def test_agencies_and_other_partnerships_see_no_pack(returned, browser, email):
    built(returned, "Northshire Police")
    with returned.app.app_context():
        ref = queries.of_cycle(cycles.by_ref(returned.cycle).id)[0].ref
    browser.sign_in(email)
    browser.open(f"/packs/cycles/{returned.cycle}", status=404)
    browser.open(f"/packs/{ref}/download", status=404)


def test_the_command_writes_the_file(returned, tmp_path):
    output = tmp_path / "pack.pdf"
    args = ["packs", "build", "--cycle", "TINY-2026", "--organisation", "Police", "--output", str(output)]
    done = returned.app.test_cli_runner().invoke(args=args)
    assert done.exit_code == 0, done.output
    assert f"{len(PdfReader(output).pages)} pages about 1 organisation" in done.output


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--cycle", "NONE"], "No cycle has the code “NONE”"),
        (["--cycle", "TINY-2026", "--organisation", "Nobody"], "is called “Nobody”"),
        (["--cycle", "TINY-2026", "--organisation", "Harbour Housing"], "not in cannot be in the pack"),
        (["--cycle", "SCHOOL-2026"], "No return of this cycle is in yet"),
    ],
)
def test_the_command_says_why_there_is_no_pack(returned, tmp_path, args, sentence):
    output = tmp_path / "pack.pdf"
    done = returned.app.test_cli_runner().invoke(args=["packs", "build", *args, "--output", str(output)])
    assert done.exit_code != 0 and sentence in done.output
    assert not output.exists()
