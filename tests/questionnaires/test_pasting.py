"""A plain table as a questionnaire: reading it, guessing its columns, understanding its rows."""

import io
from collections.abc import Sequence

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from s11.core.errors import Invalid
from s11.questionnaires.format import QuestionnaireFile, checked
from s11.questionnaires.pasting import scales
from s11.questionnaires.pasting.guessing import guess
from s11.questionnaires.pasting.making import Made, Wanted, make
from s11.questionnaires.pasting.marks import number_of, section_of, split_number, tidy, titled
from s11.questionnaires.pasting.tables import rows_of_file, rows_of_text, text_of
from s11.questionnaires.pasting.understanding import Columns, Understood, understand
from tests.factories.tables import DESCRIBED, PLAIN, SEVEN

WANTED = Wanted("NEW-2027", 2027, "New questionnaire", "NEW", "New framework")


def understood(text: str, roles: Sequence[str] = (), heading: int | None = None) -> Understood:
    rows = rows_of_text(text)
    seems = guess(rows)
    return understand(
        rows, Columns(tuple(roles) or seems.roles, seems.heading if heading is None else heading)
    )


def made(text: str, scale: str = "", **wanted: object) -> Made:
    rows = rows_of_text(text)
    seems = guess(rows)
    columns = Columns(seems.roles, seems.heading)
    titles = rows[seems.heading] if seems.heading >= 0 else ("",) * len(rows[0])
    described = [title for title, role in zip(titles, seems.roles, strict=True) if role == "level"]
    chosen = scale or scales.guessed(described, titles)
    return make(
        understand(rows, columns), columns, titles, Wanted(**{**vars(WANTED), "scale": chosen, **wanted})
    )


def file_of(text: str, scale: str = "", **wanted: object) -> QuestionnaireFile:
    found = made(text, scale, **wanted)
    assert found.file is not None, found.faults
    return checked(found.file)


def outline(found: Understood) -> list[tuple[str, str, list[str]]]:
    return [(part.number, part.title, [asked.number for asked in part.asked]) for part in found.parts]


# Numbers and headings


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.1", "1.1"), ("1.10", "1.10"), ("2a.1", "2a.1"), ("KS1.3", "KS1.3"), ("Q 12", "Q12"), ("7.", "7"),
        ("1.1)", "1.1"), ("1(a)", "1a"), ("3/4", "3-4"), ("12", "12"), ("S11.2.3", "S11.2.3"), ("1-2", "1-2"),
        ("Leadership", ""), ("1.1 Lead", ""), ("", ""), ("2026-27 plan", ""), ("n/a", ""),
    ],
)  # fmt: skip
def test_numbers_of_any_form_are_known(cell: str, number: str):
    assert number_of(cell) == number


@pytest.mark.parametrize(
    ("words", "number", "rest"),
    [
        ("1.1 Who leads?", "1.1", "Who leads?"),
        ("1. Who leads?", "1", "Who leads?"),
        ("2a.1  Who\nleads?", "2a.1", "Who\nleads?"),
        ("3 members of staff know", "", "3 members of staff know"),
        ("11.30 is too late", "11.30", "is too late"),
        ("Who leads 1.1?", "", "Who leads 1.1?"),
    ],
)
def test_a_number_in_front_of_words_is_told_from_a_count(words: str, number: str, rest: str):
    assert split_number(words) == (number, rest)


@pytest.mark.parametrize(
    ("words", "number", "title"),
    [
        ("KEY STANDARD 1: Who leads", "1", "Who leads"),
        ("Standard 2 - How it is heard", "2", "How it is heard"),
        ("Part 2a – Managed", "2a", "Managed"),
        ("Section 3", "3", "Section 3"),
        ("Theme iv. Voice", "iv", "Voice"),
    ],
)
def test_headings_of_sections_are_known(words: str, number: str, title: str):
    found = section_of(words)
    assert found is not None and (found.number, found.title) == (number, title)


@pytest.mark.parametrize("words", ["Standards are high", "Part of the team knows", "The standard 1 is met"])
def test_words_that_only_look_like_a_heading_are_none(words: str):
    assert section_of(words) is None


def test_a_title_with_a_number_is_known():
    assert titled("2a Management of safeguarding") == ("", "2a", "Management of safeguarding")
    assert titled("Management of safeguarding") is None


def test_bullets_become_dashes():
    assert tidy("Named person:\r\n•\tknows\n  – speaks\n\uf0b7 hears\n-5 degrees") == (
        "Named person:\n- knows\n- speaks\n- hears\n-5 degrees"
    )


# Tables


def test_cells_in_quotes_hold_lines_and_quotes():
    rows = rows_of_text('A\t"one\n""two""\tthree"\tC\n1\t"Working" is a word\t"')
    assert rows == [("A", 'one\n"two"\tthree', "C"), ("1", '"Working" is a word', '"')]


def test_a_cell_that_word_broke_into_lines_is_put_together():
    text = (
        "Ref\tItem\tHelp\n1.1\tFirst.\nAnd more.\tHelp one\n1.2\tSecond.\tHelp two\n- and three\n"
        "Part 2 Next\n2.1\tA\tB\n"
    )
    assert rows_of_text(text) == [
        ("Ref", "Item", "Help"),
        ("1.1", "First.\nAnd more.", "Help one"),
        ("1.2", "Second.", "Help two\n- and three"),
        ("Part 2 Next", "", ""),
        ("2.1", "A", "B"),
    ]


@pytest.mark.parametrize("text", ["", "  \n\n", "one\ntwo\nthree"])
def test_what_is_no_table_is_refused_with_what_to_do(text: str):
    with pytest.raises(Invalid, match="Paste a table with at least two columns") as refusal:
        rows_of_text(text)
    assert refusal.value.field == "table"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\tb\n" * 2001, "more than 2,000 rows"),
        ("a\t" * 41 + "b", "more than 40 columns"),
        ("a" * 400_001, "more than can be pasted"),
    ],
)
def test_a_table_has_limits(text: str, says: str):
    with pytest.raises(Invalid, match=says):
        rows_of_text(text)


CELLS = st.text(st.sampled_from('ab"\t\n1. -'), max_size=8).map(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_a_table_travels_as_text_and_comes_back(cells: list[tuple[str, str, str]]):
    rows = [(f"x{one}", two, f"{three}x") for one, two, three in cells]
    assert rows_of_text(text_of(rows)) == [tuple(cell.strip() for cell in row) for row in rows]


@given(st.text(st.sampled_from('ab"\t\n1.• -:SPart'), max_size=60))
def test_any_text_is_understood_or_refused(text: str):
    try:
        rows = rows_of_text(text)
    except Invalid:
        return
    seems = guess(rows)
    assert len(seems.roles) == len(rows[0])
    columns = Columns(seems.roles, seems.heading)
    found = make(understand(rows, columns), columns, rows[0], WANTED)
    assert found.file is not None or found.faults


# Guesses


def test_the_columns_of_a_plain_table_are_guessed():
    assert guess(rows_of_text(PLAIN)).roles == ("number", "text")
    assert guess(rows_of_text(PLAIN)).heading == 0


def test_the_columns_of_a_table_without_headings_are_guessed_from_what_stands_in_them():
    seems = guess(rows_of_text(PLAIN.partition("\n")[2]))
    assert seems.roles == ("number", "text") and seems.heading == -1


def test_seven_columns_are_guessed():
    assert guess(rows_of_text(SEVEN)).roles == ("text", "references", "", "field", "field", "", "")


def test_columns_that_describe_ratings_are_guessed():
    assert guess(rows_of_text(DESCRIBED)).roles == ("number", "text", "level", "level", "level", "resources")


def test_a_column_of_standards_is_told_from_one_of_statements():
    text = (
        "Standard\tNo.\tRequirement\tExamples of evidence\n"
        "1 Lead\t1.1\tOne leads.\tMinutes\n1 Lead\t1.2\tAll know.\t\n"
    )
    assert guess(rows_of_text(text)).roles == ("standard", "number", "text", "evidence")


# The plain table


def test_two_columns_become_standards_by_their_numbers():
    assert outline(understood(PLAIN)) == [("1", "", ["1.1", "1.2", "1.10"]), ("2", "", ["2.1"])]


def test_two_columns_become_a_questionnaire():
    file = file_of(PLAIN)
    assert [(s.number, s.title, [c.number for c in s.criteria]) for s in file.standards] == [
        ("1", "Standard 1", ["1.1", "1.2", "1.10"]),
        ("2", "Standard 2", ["2.1"]),
    ]
    assert file.standards[0].criteria[0].key == "one-person-leads-on-keeping-children-safe"
    assert [level.code for level in file.scale.levels] == ["green", "amber", "red"]


def test_a_table_without_numbers_is_numbered():
    found = made("Question\tEvidence\nWho leads?\tMinutes\nWho knows?\tPlans\n")
    assert found.file is not None
    assert [c.number for c in found.file.criteria] == ["1.1", "1.2"]
    assert [c.evidence for c in found.file.criteria] == [["Minutes"], ["Plans"]]
    assert found.notes == ["2 without a number in the table were numbered."]


# Seven columns


def test_seven_columns_become_standards_criteria_and_fields():
    file = file_of(SEVEN)
    assert [(s.number, s.title, [c.number for c in s.criteria]) for s in file.standards] == [
        ("1", "Who leads", ["1.1", "1.2", "1.3"]),
        ("2", "How children are heard", ["2.1"]),
    ]
    assert file.labels.standard == "Key standard"
    assert [level.label for level in file.scale.levels] == ["3", "2", "1", "0"]
    assert [(field.label, field.kind) for field in file.each_criterion] == [
        ("Areas for improvement", "long_text"),
        ("Deadline (for completion of improvements)", "date"),
    ]


def test_rows_without_a_number_go_on_with_the_one_above():
    criteria = file_of(SEVEN).criteria
    assert criteria[1].text == (
        "The agency takes part in the Board.\n\nThose who go there bring its messages back."
    )
    assert criteria[2].text == (
        "There is a named person, whose role is to:\n\n- keep their knowledge fresh\n- speak with staff\n\n"
        "They have time for it."
    )


def test_references_name_the_tool_they_refer_to():
    criteria = file_of(SEVEN).criteria
    assert criteria[1].references == ["Health audit 1.2", "Health audit 18.5"]
    assert criteria[3].references == ["Health audit 2.3", "Health audit 2.1"]


def test_nothing_of_seven_columns_is_left_over():
    assert understood(SEVEN).left == []


def test_what_was_answered_before_is_not_taken_and_that_is_said():
    text = SEVEN.replace("1.1\t\t\t\t\t", "1.1\tMinutes\tMore time\tMay\t2\t2", 1)
    assert any(
        "“Areas for improvement” is to be filled in" in note and "1 of its cells" in note
        for note in made(text).notes
    )


# Ratings described


def test_parts_sub_headings_and_descriptions_find_their_place():
    file = file_of(DESCRIBED)
    assert [(s.number, s.title) for s in file.standards] == [
        ("2a", "How safeguarding is managed"),
        ("2b", "Children at risk"),
    ]
    assert [(c.number, c.group) for c in file.criteria] == [
        ("2a.1", "Those who lead"),
        ("2a.2", "Those who lead"),
        ("2a.3", "How it is recorded"),
        ("2b.1", ""),
    ]
    first = file.criteria[0]
    assert first.descriptors == {
        "green": "And it is minuted",
        "amber": "A governor is named\n- who is trained",
        "red": "No governor is named",
    }
    assert first.resources == ["Guide one", "Guide two"]
    assert file.criteria[2].text == 'Records are "good"\n\nFor early years, they are shared'
    assert file.labels.standard == "Part"


def test_own_headings_of_descriptions_become_the_scale():
    text = DESCRIBED.replace("RED\tAMBER\tGREEN", "Not yet met\tDeveloping\tEmbedded")
    file = file_of(text)
    assert [(level.label, level.letter, level.colour) for level in file.scale.levels] == [
        ("Embedded", "E", "green"),
        ("Developing", "D", "amber"),
        ("Not yet met", "N", "red"),
    ]
    assert file.criteria[0].descriptors["embedded"] == "And it is minuted"


def test_the_best_may_stand_first():
    text = DESCRIBED.replace("RED\tAMBER\tGREEN", "Outstanding\tGood\tInadequate")
    assert scales.best_first(("Outstanding", "Good", "Inadequate"))
    file = file_of(text, best_is_first=True)
    assert [level.label for level in file.scale.levels] == ["Outstanding", "Good", "Inadequate"]
    assert file.criteria[0].descriptors["outstanding"] == "No governor is named"


def test_a_description_of_no_level_of_the_scale_is_a_fault():
    text = DESCRIBED.replace("RED\tAMBER\tGREEN", "RED\tAMBER\tEmbedded")
    faults = made(text, "rag").faults
    assert [where for where, _ in faults] == ["Column 5"] and "“Embedded” is no level" in faults[0][1]


# Rows in other shapes


def test_merged_cells_that_repeat_say_it_once():
    text = "Ref\tItem\tHelp\n1.1\tOne leads.\tFirst\n1.1\tOne leads.\tSecond\n\tOne leads.\tThird\n"
    (criterion,) = file_of(text).criteria
    assert criterion.text == "One leads." and criterion.resources == []


def test_a_heading_merged_over_all_columns_is_a_heading():
    text = "Ref\tItem\nStandard 1 Lead\tStandard 1 Lead\n1.1\tOne leads.\nHow\tHow\n1.2\tAll know.\n"
    found = understood(text)
    assert outline(found) == [("1", "Lead", ["1.1", "1.2"])]
    assert found.parts[0].asked[1].group == "How"


def test_a_column_of_standards_begins_one_where_it_changes():
    text = (
        "Standard\tNo.\tRequirement\n1 Lead\t1.1\tOne leads.\n\t1.2\tAll know.\n"
        "2 Voice\t2.1\tThey are heard.\n"
    )
    assert outline(understood(text)) == [("1", "Lead", ["1.1", "1.2"]), ("2", "Voice", ["2.1"])]


def test_a_numbered_row_with_numbers_below_it_is_a_standard():
    text = "No.\tItem\tHelp\n1\tLeadership\t\n1.1\tOne leads.\tx\n2\tVoice\t\n2.1\tThey are heard.\ty\n"
    assert outline(understood(text)) == [("1", "Leadership", ["1.1"]), ("2", "Voice", ["2.1"])]


def test_headings_at_the_top_of_each_page_are_read_once():
    text = PLAIN + "NUMBER\tcriterion\n1.11\tThe last.\n"
    assert understood(text).left == []
    assert "1.11" in [asked.number for part in understood(text).parts for asked in part.asked]


def test_words_under_a_heading_introduce_the_standard():
    text = "Ref\tItem\tHelp\nStandard 1 Lead\t\t\n\tThis is about who leads.\t\n1.1\tOne leads.\tx\n"
    found = understood(text)
    assert found.parts[0].introduction == "This is about who leads."


def test_rows_that_are_not_understood_are_listed():
    text = "Ref\tItem\tHelp\n\tWords before anything\tx\n1.1\t\ty\n1.2\tAll know.\tz\nPart 2 Empty\t\t\n"
    found = understood(text)
    assert [(one.row, one.words) for one in found.left] == [
        (2, "Words before anything | x"),
        (3, "1.1 | y"),
        (0, "2 – Empty"),
    ]
    assert "no words to be asked" in found.left[1].why


def test_a_number_used_twice_names_its_row():
    faults = made(PLAIN.replace("2.1", "1.1")).faults
    assert any(where == "Row 4: 1.1" and "'1.1' is used twice" in said for where, said in faults), faults


# Files


def test_the_tables_of_a_word_document_are_read_in_order():
    document = docx.Document()
    block = document.add_table(rows=1, cols=4)
    block.rows[0].cells[0].text = "Name of the organisation"
    for standard in ("1", "2"):
        document.add_paragraph(f"Standard {standard}: Title {standard}")
        document.add_paragraph("Some words between.")
        table = document.add_table(rows=3, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Ref", "Item"
        for row in (1, 2):
            table.rows[row].cells[0].text = f"{standard}.{row}"
            table.rows[row].cells[1].text = f"Item {row}."
    written = io.BytesIO()
    document.save(written)
    rows = rows_of_file(written.getvalue(), "tool.docx")
    assert outline(understood(text_of(rows))) == [
        ("1", "Title 1", ["1.1", "1.2"]),
        ("2", "Title 2", ["2.1", "2.2"]),
    ]


def test_the_sheet_with_the_most_words_is_read_and_merged_cells_repeat():
    book = openpyxl.Workbook()
    book.active.append(["Cover", "sheet"])
    sheet = book.create_sheet("Tool")
    for row in (
        ["Ref", "Item"],
        ["Standard 1: Lead"],
        ["1.1", "One leads."],
        ["1.2", "All know that person."],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:B2")
    written = io.BytesIO()
    book.save(written)
    rows = rows_of_file(written.getvalue(), "tool.xlsx")
    assert rows[1] == ("Standard 1: Lead", "Standard 1: Lead")
    assert outline(understood(text_of(rows))) == [("1", "Lead", ["1.1", "1.2"])]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_file_is_read_whatever_parts_its_cells(mark: str):
    data = f'Ref{mark}Item\n1.1{mark}"One{mark} two"\n'.encode("cp1252")
    assert rows_of_file(data, "tool.csv") == [("Ref", "Item"), ("1.1", f"One{mark} two")]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"words", "tool.pdf", "Choose a Word document"),
        (b"words", "tool.docx", "This is not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "tool.doc", "is of an old kind (.doc)"),
        (b"one\ntwo", "tool.csv", "There is no table with at least two columns"),
        (b"a\0b", "tool.csv", "This is not a CSV file"),
    ],
)
def test_a_file_without_a_table_gets_a_sentence(data: bytes, name: str, says: str):
    with pytest.raises(Invalid) as refusal:
        rows_of_file(data, name)
    assert says in refusal.value.sentence and refusal.value.field == "file"


def test_a_number_that_stands_twice_is_joined_and_named():
    table = "Ref\tItem\n1.1\tPeople are named.\n1.1\tPeople are trained.\n1.2\tFeedback is used.\n"
    found = understood(table)
    assert outline(found) == [("1", "", ["1.1", "1.2"])]
    assert [(one.row, one.words) for one in found.doubtful] == [(3, "1.1 | People are trained.")]
    assert "a number of its own" in found.doubtful[0].why and found.left == []
