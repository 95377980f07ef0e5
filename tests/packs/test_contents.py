"""What a pack says for whom: the figures a person would check, and nothing that is not for them."""

import io
import zipfile
from datetime import timedelta

import pytest
from pypdf import PdfReader

from s11.challenge import operations as challenge
from s11.challenge import queries as challenge_queries
from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.errors import Invalid
from s11.cycles import operations as cycle_operations
from s11.cycles import queries as cycles
from s11.moderation import operations as moderation
from s11.organisations import queries as organisations
from s11.packs import rules
from s11.packs.contents import briefing
from s11.packs.document import Chart, Document, Question, Sheet, Table, kept, read
from s11.packs.kinds import Audience, Format
from s11.packs.writing import formats
from s11.partnerships.looks import Look
from s11.people import queries as people
from s11.returns import queries as returns
from s11.returns.operations import issue
from tests.actions.some import an_action
from tests.challenge.some import held_on, in_words
from tests.factories.world import MODERATOR, POLICE_LEAD, a_return
from tests.packs.some import CANARIES, HOUSING, POLICE, returned, said, text_of, with_peers

pytestmark = pytest.mark.database


def a_day(world, *, shares: bool = False) -> None:
    """A day at which housing questions the police, with one question by housing, one by the chair."""
    with world.app.app_context(), unit_of_work():
        day = challenge.plan_day(
            cycles.by_ref(world.cycle), title="Day", held_on=held_on(), place="County Hall"
        )
        day.shares_packs = shares
        police, housing = organisations.by_name(POLICE), organisations.by_name(HOUSING)
        challenge.add_session(day, organisation=police, questioner=housing)
        challenge.add_enquiry(day, organisation=police, question="Who speaks to the child?", why="Red in 2.1",
                              asked_by=housing)  # fmt: skip
        challenge.add_enquiry(day, organisation=police, question="What keeps you awake?")


def moderated(world, *, finishes: bool) -> None:
    """A moderator lowers 1.1 of the police to red and agrees with the rest."""
    with world.app.app_context(), unit_of_work():
        return_, by = returns.by_ref(world.police), people.by_address(MODERATOR)
        criterion = returns.standards_of(return_)[0].criteria[0]
        red = next(level for level in criterion.scale.levels if level.code == "red")
        moderation.rate(return_, criterion, level_id=red.id, reason="Nobody could show it.", by=by)
        moderation.agree_rest(return_, by=by)
        if finishes:
            moderation.complete(return_, by=by)


def table(document: Document, caption: str) -> Table:
    """A table by its caption, wherever it stands."""
    blocks = [block for section in document.sections for block in section.blocks]
    return next(block for block in blocks if isinstance(block, Table) and block.caption == caption)


def cells(row) -> list[str]:
    return [cell.text for cell in row]


def titles(document: Document) -> list[str]:
    return [section.title for section in document.sections if section.level == 1]


def test_the_chairs_pack_has_everything_in_the_order_of_the_day(world):
    a_day(returned(world))
    document = said(world, Audience.CHAIR)
    assert titles(document) == [
        "How to read this", "Returns", "Agenda", "All agencies by standard",
        "Each standard over all agencies",
        "Each agency as it rated itself", "Agency by agency", "Lines of enquiry", "Record sheets",
    ]  # fmt: skip
    assert read(kept(document)) == document
    blocks = [block for section in document.sections for block in section.blocks]
    assert [block.question for block in blocks if isinstance(block, Question)][:2] == [
        "Who speaks to the child?", "What keeps you awake?",
    ]  # fmt: skip
    assert sum(isinstance(block, Sheet) for block in blocks) == 3  # two agencies, and anything else
    assert sum(isinstance(block, Chart) for block in blocks) == 2


def test_the_matrix_counts_what_was_rated(returned_both):
    document = said(returned_both, Audience.CHAIR)
    police, housing = sorted(
        table(document, "Self-assessment").rows, key=lambda row: row[0].text, reverse=True
    )
    assert cells(police) == ["Police", "1 G, 1 A", "1 R, 1 N/A", "1 G, 1 A, 1 R, 1 N/A", "33.3 %"]
    assert cells(housing) == ["Housing", "2 G", "2 G", "4 G", "100.0 %"]
    assert police[-1].number == pytest.approx(100 / 3)
    each = table(document, "Each standard over all agencies")
    assert cells(each.rows[0])[:4] == ["1 Standard 1", "3 G, 1 A", "3 of 4", "75.0 %"]
    assert cells(each.rows[1])[:4] == ["2 Standard 2", "2 G, 1 R, 1 N/A", "2 of 3", "66.7 %"]


@pytest.fixture
def returned_both(world):
    return returned(world)


def test_a_profile_says_what_is_weak_what_is_not_applicable_and_what_is_due(world):
    returned(world)
    an_action(world)
    text = text_of(said(world, Audience.CHAIR, POLICE))
    assert "1 of 3 at the best level (33.3 %)" in text
    assert "Own rating Red; no evidence attached. “Why 2.1 is R.”" in text
    assert "Reason: We do not do this." in text
    assert "Train every duty sergeant. Asha Rahman, Head of Protecting Vulnerable People" in text
    assert "Pat Lead" in text  # who signed


def test_the_denominator_is_told_with_those_who_are_missing(world):
    returned(world, housing=False)
    document = said(world, Audience.CHAIR)
    assert "1 of 2 returns are in. The figures of this paper are about 1 of them." in text_of(document)
    assert cells(table(document, "Returns that are not in").rows[0])[:2] == [HOUSING, "In progress"]


def test_the_agenda_stands_in_it_with_who_asks(world):
    a_day(returned(world))
    document = said(world, Audience.CHAIR)
    assert cells(table(document, "Agenda of the day").rows[0]) == ["09:30 to 09:50", POLICE, HOUSING, "20"]
    assert ("Challenge day", in_words(held_on())) in document.facts


def test_nothing_of_a_return_that_is_not_in_reaches_a_pack(world):
    returned(world, housing=False)
    with pytest.raises(Invalid, match="not in cannot be in the pack"):
        said(world, Audience.CHAIR, POLICE, HOUSING)


def test_both_ratings_stand_side_by_side(world):
    moderated(returned(world), finishes=False)
    document = said(world, Audience.CHAIR, POLICE)
    assert cells(table(document, "Moderated ratings").rows[0])[1:] == [
        "1 A, 1 R", "1 R, 1 N/A", "1 A, 2 R, 1 N/A", "0.0 %",
    ]  # fmt: skip
    assert "Moderator: Nobody could show it." in text_of(document)


def test_an_agency_reads_its_moderation_once_it_is_finished_and_not_before(world):
    moderated(returned(world), finishes=False)
    assert "Nobody could show it." not in text_of(said(world, Audience.AGENCY, whose=POLICE))
    with world.app.app_context(), unit_of_work():
        moderation.complete(returns.by_ref(world.police), by=people.by_address(MODERATOR))
    assert "Nobody could show it." in text_of(said(world, Audience.AGENCY, whose=POLICE))


def test_an_agencys_pack_has_its_answers_and_no_question(world):
    a_day(returned(world))
    text = text_of(said(world, Audience.AGENCY, whose=POLICE))
    assert "Why 1.2 is A." in text and "Why 2.1 is R." in text
    assert "Who speaks to the child?" not in text and "What keeps you awake?" not in text


def test_fewer_others_than_a_small_group_are_not_shown_at_all(world):
    a_day(returned(world))
    document = said(world, Audience.AGENCY, whose=POLICE)
    text = text_of(document)
    assert "Fewer than 5 other returns are in" in text
    assert "Housing" not in kept(document)


def test_peers_are_letters_and_single_shares(world):
    with_peers(returned(world))
    document = said(world, Audience.AGENCY, whose=POLICE)
    others = table(document, "Share of own ratings at the best level by standard")
    assert [row[0].text for row in others.rows] == ["You", "A", "B", "C", "D", "E", "F"]
    assert cells(others.rows[0]) == ["You", "50.0 %", "0.0 %", "33.3 %"]
    assert sorted(row[-1].text for row in others.rows[1:]) == ["0 %", "0 %", "100 %", "100 %", "25 %", "50 %"]
    spread = table(document, "Share of own ratings at the best level: you and the others")
    assert cells(spread.rows[-1]) == ["Everything", "33.3 %", "0 %", "38 %", "100 %", "6"]
    assert not [name for name in (*CANARIES, HOUSING, "Quillfeather") if name in kept(document)]


def test_the_order_of_peers_is_another_in_every_pack(world):
    refs = [f"ref{turn}" for turn in range(12)]
    ones = rules.in_no_order(refs, within="one", secret="s")
    assert sorted(ones) == sorted(refs) and ones != refs
    assert ones == rules.in_no_order(reversed(refs), within="one", secret="s")
    assert ones != rules.in_no_order(refs, within="two", secret="s")
    assert ones != rules.in_no_order(refs, within="one", secret="t")


def test_whoever_is_not_moderated_has_a_dash_in_the_matrix_of_moderated_ratings(world):
    moderated(returned(world), finishes=True)
    rows = {row[0].text: row for row in table(said(world, Audience.CHAIR), "Moderated ratings").rows}
    (housing,) = (row for name, row in rows.items() if "Housing" in name)
    assert {cell.text for cell in housing[1:]} == {"–"}


def test_partners_are_named_only_where_they_share_their_packs(world):
    with_peers(returned(world))
    document = said(world, Audience.PARTNERSHIP)
    assert titles(document) == ["How to read this", "By standard, not named"]
    assert not [name for name in (*CANARIES, HOUSING, POLICE) if name in kept(document)]
    a_day(world, shares=True)
    document = said(world, Audience.PARTNERSHIP)
    assert CANARIES[0] in text_of(document) and "Agenda" in titles(document)
    assert "Who speaks to the child?" not in text_of(document)


def test_a_brief_holds_those_it_questions_and_its_own_questions(world):
    a_day(returned(world))
    with_peers(world)
    with world.app.app_context(), unit_of_work():
        day = challenge_queries.of_cycle(cycles.by_ref(world.cycle).id)
        police, elm, fir = (organisations.by_name(name) for name in (POLICE, CANARIES[3], CANARIES[4]))
        challenge.add_enquiry(day, organisation=police, question="Given to Fir.", asked_by=fir)
        challenge.add_enquiry(day, organisation=elm, question="Given to nobody, of another session.")
        challenge.add_enquiry(
            day, organisation=elm, question="Given to housing.", asked_by=organisations.by_name(HOUSING)
        )
    document = said(world, Audience.QUESTIONER, whose=HOUSING)
    text, heads = text_of(document), [section.title for section in document.sections]
    assert "Questions for Northshire Police" in heads and "Who speaks to the child?" in text
    assert "What keeps you awake?" in text and "you or the chair: it was given to nobody" in text
    assert "Given to housing." in text
    assert "Given to Fir." not in text and "of another session" not in text
    assert "Questions for Harbour Housing" not in heads
    with pytest.raises(Invalid, match="asks no questions"):
        said(world, Audience.QUESTIONER, whose=POLICE)


def test_the_report_says_what_was_agreed_and_what_became_of_it(world):
    moderated(returned(world), finishes=True)
    a_day(world)
    with world.app.app_context(), unit_of_work():
        day = challenge_queries.of_cycle(cycles.by_ref(world.cycle).id)
        day.foreword = "It was a good year.\n\nIt can be better."
        level = next(iter(cycles.content_of(day.cycle).levels.values()))
        challenge.record_outcome(
            day, organisation=organisations.by_name(POLICE), standard_key="standard-1", challenge="Show it.",
            answer="Next week.", good_practice="A diary of voices.", agreed_level_id=level.id, by=None,
        )  # fmt: skip
    document = said(world, Audience.REPORT)
    text = text_of(document)
    assert "It was a good year. It can be better." in text
    outcome = table(document, "What came of the challenges: Day, " + in_words(held_on())).rows[0]
    assert cells(outcome) == [POLICE, "1 Standard 1", "Show it.", "Next week.", level.label]
    assert cells(table(document, "Good practice to share").rows[0]) == [
        POLICE,
        "1 Standard 1",
        "A diary of voices.",
    ]
    figures = dict(next(s for s in document.sections if s.key == "figures").blocks[0].pairs)
    assert figures["At the best level by their own ratings: 5 of 7"] == "71.4 %"
    assert figures["Ratings a moderator lowered"] == "1"


def test_change_is_told_where_the_same_was_asked_both_times(world):
    """Last year the police were amber in 1.1 and green in 2.1: one went up, one came down."""
    with world.app.app_context(), unit_of_work():
        cycle, today = cycles.by_ref(world.cycle), clock.today()
        before = cycle_operations.plan(
            cycle.partnership, cycle.edition, code="TINY-2025", title="Last year",
            opens_on=today - timedelta(days=400), due_on=today - timedelta(days=300),
        )  # fmt: skip
        (then,) = issue(before, [organisations.by_name(POLICE)])
        ref = then.ref
    a_return(world.app, ref, "A A G N", by=POLICE_LEAD, submit=True)
    returned(world)
    document = said(world, Audience.CHAIR)
    moves = {
        section.title: [row[-1].text for row in block.rows]
        for section in document.sections
        if section.key.startswith("profile-")
        for block in section.blocks
        if isinstance(block, Table)
    }
    assert moves[POLICE] == ["1 higher of 2", "1 lower of 1"]
    assert moves[HOUSING] == ["No return then", "No return then"]
    trend = table(said(world, Audience.REPORT), "Own ratings at the best level, year by year")
    assert [cells(row)[1:] for row in trend.rows] == [["1", "1 of 3", "33.3 %"], ["2", "5 of 7", "71.4 %"]]


def test_a_briefing_tells_the_session_and_no_question(world):
    a_day(returned(world))
    with world.app.app_context():
        paper, slides = (
            briefing.briefing(returns.by_ref(world.police)),
            briefing.slides(returns.by_ref(world.police)),
        )
    text = text_of(paper)
    assert "Your session 09:30 to 09:50" in text and "Harbour Housing" not in text
    assert "The moderated ratings have not been released to you yet." in text
    assert "Who speaks to the child?" not in text
    assert [section.title for section in slides.sections] == [
        "How we stand", "What we are proud of", "What difference it makes for children",
        "Where we fall short",
        "What we promised, and how far it is", "What we ask of our partners",
    ]  # fmt: skip


def test_a_pack_about_nobody_is_refused_with_a_sentence(world):
    with world.app.app_context(), pytest.raises(Invalid, match="No return of this cycle is in yet"):
        said(world, Audience.CHAIR)


@pytest.mark.parametrize("audience", [Audience.AGENCY, Audience.PARTNERSHIP])
def test_no_format_names_a_peer_anywhere(world, audience):
    """The texts of every part of the file are read: sheets and their names, charts, properties, notes."""
    with_peers(returned(world))
    with world.app.app_context():
        look = Look("Northshire Partnership")
        document = said(world, audience, whose=POLICE if audience is Audience.AGENCY else "")
        hidden = ["Quillfeather", HOUSING, "Hari Lead", "lead0@peers"]
        hidden += [POLICE] if audience is Audience.PARTNERSHIP else []
        for one in Format:
            content = formats.write(document, one, look).content
            told = everything_in(content, one)
            assert "Share of own ratings" in told.replace("\n", " ")
            assert not [name for name in hidden if name in told], one


def everything_in(content: bytes, one: Format) -> str:
    """Every text of a file: of a PDF its pages, outline and properties; of the others all their parts."""
    if one is Format.PDF:
        reader = PdfReader(io.BytesIO(content))
        pages = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        return f"{pages} {reader.metadata} {reader.outline} {content!r}"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name) for name in package.namelist()]
        inner = [everything_in(part, Format.EXCEL) for part in parts if part.startswith(b"PK")]
        return " ".join([*package.namelist(), *(part.decode("utf-8", "replace") for part in parts), *inner])
