"""What is downloaded and sent back untouched changes nothing, whatever the questionnaire and its scales."""

import itertools
from pathlib import Path

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.core.tables import sheets_of
from s11.organisations import operations as organisations
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.questionnaires.rules import CriterionContent, FieldContent
from s11.returns import queries
from s11.returns.models import Return
from s11.returns.operations import AnswerChange, FieldChange, save_answers, save_fields
from s11.returns.workbook import Plan, Scope, compare, read_return, write_return
from s11.returns.workbook.contents import ON_SCREEN, questions_of
from s11.returns.workbook.gathering import (
    begun_from,
    contents_of,
    readable,
    standing_answers,
    standing_entries,
)
from tests.factories.workbooks import opened, saved
from tests.factories.world import a_cycle, a_person

SEEDS = Path(__file__).parents[2] / "seeds" / "questionnaires"
FILES = sorted(SEEDS.rglob("*.yaml"))
WORDS = (
    "Plain words.",
    "=cmd|' /C calc'!A0",
    "- a list\n- of two\n\n+44 20 and @somebody",
    "<r>marks</r> & “signs” ümlaut 漢字 🙂",
    "  begins with blanks, ends with a line  \n",
    "a tab\tand\x0bcontrol\x07characters\r\nin it",
    "1/2",
    "0.10",
    "Long. " * 1_500,
)
VALUES: dict[str, object] = {
    "text": "=1+1",
    "long_text": "- first\n- second",
    "number": 0.1 + 0.2,
    "date": "2027-03-31",
    "yes_no": False,
}


def a_filled_return(app: Flask, file: Path) -> str:
    """A return to a shipped questionnaire with every other criterion answered and every field filled."""
    with app.app_context(), unit_of_work():
        loaded = read(file.read_text(), file.name)
        predecessor = SEEDS / "section-11-2025.yaml"
        if loaded.predecessor and file != predecessor:
            load(read(predecessor.read_text(), predecessor.name))
        code = load(loaded).edition.code
        board = organisations.found(code="b", name="Board", office_email="office@board.example")
        body = organisations.add(board, name="Northshire Police", kind="police", bound_by_statute=True)
        lead = a_person("Pat Lead", "lead@police.example", Role.LEAD, body)
        return_ = a_cycle(board, code, "C-2026", [body])[1][0]
        answer_all(return_, lead)
        return return_.ref


def answer_all(return_: Return, lead: Person) -> None:
    standards = readable(return_)
    criteria = [c for standard in standards for c in standard.criteria]
    words = itertools.cycle(WORDS)
    changes = [an_answer(c, at, next(words)) for at, c in enumerate(criteria) if at % 3]
    save_answers(return_, changes, by=lead)
    places = {q.place: q.field for q in questions_of(standards, queries.fields_of(return_))}
    places |= {(f.id, c.id): f for c in criteria for f in c.fields}
    entries = [FieldChange(*place, 0, a_value(field)) for place, field in places.items()]
    save_fields(return_, [one for one in entries if one.value is not None], by=lead)


def an_answer(criterion: CriterionContent, at: int, words: str) -> AnswerChange:
    levels = criterion.scale.levels
    away = criterion.rated and criterion.not_applicable_allowed and at % 7 == 2
    return AnswerChange(
        criterion_id=criterion.id,
        version=0,
        level_id=levels[at % len(levels)].id if criterion.rated and not away else None,
        not_applicable=away,
        not_applicable_reason=words[:2_000] if away else "",
        commentary=words,
        strengths=words[:200] if criterion.rated else None,
        shortfalls="-" if criterion.rated else None,
        come_back=at % 2 == 0,
    )


def a_value(field: FieldContent) -> object:
    if field.kind in ON_SCREEN:
        return None
    if field.kind == "choices":
        return list(field.options[:2])
    return field.options[-1] if field.kind == "choice" else VALUES[field.kind]


def everything(return_: Return) -> Scope:
    standards = readable(return_)
    return Scope(
        frozenset(s.id for s in standards), frozenset(c.id for s in standards for c in s.criteria), True
    )


def written(return_: Return) -> bytes:
    lead = people.by_address("lead@police.example")
    assert lead is not None
    return write_return(contents_of(return_, everything(return_), by=lead, is_open=True))


def planned(return_: Return, data: bytes) -> Plan:
    fields = queries.edition_of(return_).fields
    found = read_return(sheets_of(data), return_.ref, readable(return_), fields)
    return compare(
        found,
        answers=standing_answers(return_),
        begun=begun_from(return_, found),
        entries=standing_entries(return_),
        scope=everything(return_),
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_untouched_it_changes_nothing(app: Flask, file: Path):
    ref = a_filled_return(app, file)
    with app.app_context():
        return_ = queries.by_ref(ref)
        assert return_ is not None
        data = written(return_)
        asked = sum(len(standard.criteria) for standard in queries.standards_of(return_))
        for sent in (data, saved(opened(data))):
            plan = planned(return_, sent)
            assert (plan.answers, plan.entries, plan.faults, plan.notes) == ([], [], [], [])
            assert plan.unchanged == asked
        hides_nothing(data)


def test_words_that_look_like_the_marks_of_a_workbook_stay_words(app: Flask):
    ref = a_filled_return(app, SEEDS / "examples" / "blue-green-amber-red.yaml")
    with app.app_context():
        return_, lead = queries.by_ref(ref), people.by_address("lead@police.example")
        assert return_ is not None
        criterion = readable(return_)[0].criteria[0]
        words = "Seen as _x000D_ and <r><t>in</t></r> the file."
        save_answers(return_, [AnswerChange(criterion.id, 0, commentary=words)], by=lead)
        data = written(return_)
        assert planned(return_, data).answers == []
        assert words in {cell.value for row in opened(data).worksheets[1].iter_rows() for cell in row}


def hides_nothing(data: bytes) -> None:
    """No formula, nothing hidden, no name but the product's; every cell locked but those to fill."""
    book = opened(data)
    assert not book.properties.creator and not book.properties.lastModifiedBy
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible" and sheet.protection.sheet and not sheet.protection.password
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and cell.comment is None
                if isinstance(cell.value, str) and cell.value.lstrip().startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, f"{sheet.title}!{cell.coordinate}"
                if not cell.protection.locked:
                    assert cell.fill.start_color.rgb == "FFFFF8DC"


def test_every_level_of_every_scale_is_read_back(app: Flask):
    """Also one in per cent, which a spreadsheet keeps as a fraction."""
    ref = a_filled_return(app, SEEDS / "examples" / "percent-weighted.yaml")
    with app.app_context():
        return_ = queries.by_ref(ref)
        assert return_ is not None
        criterion = next(c for s in readable(return_) for c in s.criteria if c.rated)
        book = opened(written(return_))
        from_cell = next(
            cell for row in book.worksheets[1].iter_rows() for cell in row if cell.value == criterion.number
        )
        titles = [cell.value for cell in book.worksheets[1][3]]
        cell = book.worksheets[1].cell(from_cell.row, titles.index("Rating") + 1)
        for typed, wanted in (("75 %", 75), (0.75, 75), (1.0, 100), ("40%", 40), (0.05, 5)):
            cell.value = typed
            (line,) = planned(return_, saved(book)).answers
            level = next(one for one in criterion.scale.levels if one.id == line.parts[0].new.level_id)
            assert level.value == wanted, typed


def test_a_field_that_was_not_touched_leaves_what_somebody_entered_since(app: Flask):
    ref = a_filled_return(app, SEEDS / "examples" / "partners-and-small-bodies.yaml")
    with app.app_context():
        return_ = queries.by_ref(ref)
        assert return_ is not None
        data = written(return_)
        lead = people.by_address("lead@police.example")
        (first, *_) = [q for q in questions_of(readable(return_), queries.fields_of(return_))]
        save_fields(return_, [FieldChange(*first.place, 1, 77)], by=lead)
        assert planned(return_, data).entries == []
        book = opened(data)
        sheet = book["Further questions"]
        assert sheet["C4"].value == first.field.label
        sheet["E4"] = 12
        (line,) = planned(return_, saved(book)).entries
        assert line.clashes and line.new == 12 and line.standing.said == 77
