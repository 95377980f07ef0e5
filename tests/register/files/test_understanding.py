"""What a register file says, before anything is compared, and everything that can be wrong with it."""

import io
import zipfile

import pytest

from s11.core.errors import Invalid
from s11.register.files.columns import columns_in
from s11.register.files.operations import look_at
from s11.register.files.reading import table_of
from s11.register.files.rules import Layout, Row, State
from s11.register.files.understanding import layout_in, places_of, understand
from tests.factories.registers import (
    EARLY_HEADINGS,
    GIAS_HEADINGS,
    MULTI,
    a_school,
    a_setting,
    as_csv,
    as_workbook,
    early_years,
    gias,
    rows_of,
    shifted,
)


def read(data: bytes, name: str = "register.csv", only: tuple[str, ...] = ()) -> tuple[Row, ...]:
    table = table_of(io.BytesIO(data), name, only)
    layout = layout_in(table)
    return understand(layout, table, places_of(layout, table))


def one(data: bytes, **more: object) -> Row:
    (row,) = read(data, **more)  # type: ignore[arg-type]
    return row


def refusal(data: bytes, name: str = "register.csv") -> str:
    with pytest.raises(Invalid) as refused:
        read(data, name)
    assert refused.value.field == "file"
    return refused.value.sentence


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_name_with_an_accent_is_read_in_every_encoding_registers_come_in(encoding: str) -> None:
    row = one(gias(a_school(100001, "École St Zoë’s"), encoding=encoding))
    assert row.name == "École St Zoë’s"


def test_a_row_of_the_school_register_in_our_words() -> None:
    row = one(
        gias(
            a_school(
                100123, "Hill School", TypeOfEst="Academy converter", EstablishmentTypeG="Academies",
                PhaseOf="Middle deemed secondary", Boarders="Boarding school", Religious="Church of England",
                TrustSchoolFlag=MULTI, Trusts="HILL LEARNING TRUST", UKPRN="10012345",
                Ofsted="Serious Weaknesses",
                HeadTitle="Mrs", HeadFirst="Ada", HeadLast="Cole", HeadPref="Headteacher",
            )
        )
    )  # fmt: skip
    assert row.faults == () and row.state == State.OPEN
    assert row.facts == {
        "name": "Hill School", "kind": "school", "phase": "secondary", "school_type": "Academy converter",
        "parent": "HILL LEARNING TRUST", "district": "Northtown", "residential": True,
        "religious_character": "Church of England", "ofsted_grade": "Inadequate", "pupils": 210,
        "urn": "100123", "dfe_number": "999/0123", "ukprn": "10012345",
        "address": "1 High Street\nNorthtown", "postcode": "ZZ1 1AA", "telephone": "01234567890",
        "local_authority": "Northshire", "opened_on": "1999-09-01",
    }  # fmt: skip
    assert row.contacts == ({"role": "head", "name": "Mrs Ada Cole", "job_title": "Headteacher"},)


@pytest.mark.parametrize(
    ("others", "kind", "phase"),
    [
        ({"TypeOf": "Community special school", "PhaseOf": "Not applicable"}, "school", "special"),
        ({"TypeOf": "Pupil referral unit", "PhaseOf": "Not applicable"}, "school", "pru"),
        ({"TypeOf": "Academy alternative provision converter", "PhaseOf": ""}, "school", "pru"),
        ({"TypeOf": "Further education", "EstablishmentTypeG": "Colleges", "PhaseOf": "16 plus"},
         "college", "post-16"),
        ({"PhaseOf": "All-through"}, "school", "all-through"),
        ({"PhaseOf": "Middle deemed primary"}, "school", "primary"),
        ({"TypeOf": "Other independent school", "PhaseOf": "Not applicable", "StatutoryLow": "3",
          "StatutoryHigh": "18"}, "school", "all-through"),
        ({"TypeOf": "Other independent school", "PhaseOf": "Not applicable", "StatutoryLow": "11",
          "StatutoryHigh": "16"}, "school", "secondary"),
    ],
)  # fmt: skip
def test_kind_and_phase_follow_type_phase_and_ages(others: dict[str, str], kind: str, phase: str) -> None:
    facts = one(gias(a_school(100001, "A School", **others))).facts
    assert (facts["kind"], facts["phase"]) == (kind, phase)


def test_a_school_that_is_a_trust_by_itself_has_no_parent() -> None:
    row = one(
        gias(a_school(100001, "A", TrustSchoolFlag="Supported by a single-academy trust", Trusts="A TRUST"))
    )
    assert "parent" not in row.facts


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Open", State.OPEN),
        ("Open, but proposed to close", State.OPEN),
        ("Closed", State.CLOSED),
        ("Proposed to open", State.PASSED),
    ],
)
def test_statuses(status: str, state: State) -> None:
    assert one(gias(a_school(100001, "A", EstablishmentStatus=status))).state == state


def test_only_the_rows_of_the_authority_wanted_are_kept() -> None:
    data = gias(a_school(100001, "Ours"), a_school(100002, "Theirs") | {"LA (name)": "Southshire"})
    assert [row.name for row in read(data, only=("Northshire",))] == ["Ours"]
    assert table_of(io.BytesIO(data), "x.csv").authorities == {"Northshire": 1, "Southshire": 1}


def test_a_register_packed_as_zip_is_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("edubasealldata20261112.csv", gias(a_school(100001, "Packed")))
        archive.writestr("readme.txt", "words")
    assert one(packed.getvalue(), name="extract.zip").name == "Packed"


def test_values_beside_their_headings_are_named_with_the_first_row() -> None:
    rows = rows_of(GIAS_HEADINGS, [a_school(100000 + n, f"School {n}") for n in range(10)])
    rows = rows[:5] + [shifted(row, 5) for row in rows[5:]]
    said = refusal(as_csv(rows))
    assert said.startswith("From row 6 on the values stand one column to the right of their heading")
    assert "“EstablishmentStatus (name)”" in said


def test_values_to_the_left_are_named_too() -> None:
    rows = rows_of(GIAS_HEADINGS, [a_school(100000 + n, f"School {n}") for n in range(4)])
    said = refusal(as_csv([rows[0], *(row[:5] + row[6:] + [""] for row in rows[1:])]))
    assert said.startswith("From row 2 on the values stand one column to the left")


def test_a_single_shifted_row_is_left_and_the_others_are_read() -> None:
    rows = rows_of(GIAS_HEADINGS, [a_school(100000 + n, f"School {n}") for n in range(10)])
    rows[4] = shifted(rows[4], 5)[: len(GIAS_HEADINGS)]
    read_rows = read(as_csv(rows))
    assert [row.number for row in read_rows if row.faults] == [5]
    assert "one column to the right" in read_rows[3].faults[0]


def test_a_file_that_breaks_off_is_not_taken() -> None:
    whole = gias(*(a_school(100000 + n, f"School {n}") for n in range(5)))
    assert "breaks off in row 6" in refusal(whole[:-60])


def test_the_same_school_twice_is_named_in_both_rows() -> None:
    first, second = read(gias(a_school(100001, "Hill"), a_school(100001, "Hill Academy")))
    assert "row 3" in first.faults[0] and "row 2" in second.faults[0] and "URN 100001" in second.faults[0]


def test_the_same_row_twice_is_taken_once() -> None:
    first, second = read(gias(a_school(100001, "Hill"), a_school(100001, "Hill")))
    assert first.state == State.OPEN and second.state == State.PASSED
    assert second.note == "The same stands in row 2."


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"URN": "Northtown"}, "“Northtown” cannot be a URN: a URN has six digits."),
        ({"PhaseOf": "Kindergarten"}, "“Kindergarten” is no phase."),
        ({"EstablishmentStatus": "Perhaps"}, "“Perhaps” is no status. Write Open or Closed."),
        ({"OpenDate": "31-02-2020"}, "“31-02-2020” in OpenDate is no day."),
    ],
)
def test_what_cannot_be_is_named_with_what_to_write(others: dict[str, str], words: str) -> None:
    assert words in one(gias(a_school(100001, "A", **others))).faults[0]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "r.csv", "This file is empty."),
        (b"%PDF-1.7 something", "r.pdf", "is of a kind that is not read here"),
        (b"\x00\x01\x02\x03" * 20, "r.bin", "is of a kind that is not read here"),
        (b"Dear all,\nplease find attached\n", "r.csv", "names columns that are known here"),
        (b"Name,Kind\n", "r.csv", "no rows beneath"),
        (b"PK\x03\x04 broken", "r.xlsx", "not an Excel workbook"),
        (b"URN,EstablishmentName\n100001,A\n", "r.csv", "“LA (name)”, “TypeOfEstablishment (name)”"),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_what_to_do(data: bytes, name: str, words: str) -> None:
    assert words in refusal(data, name)


def test_an_early_years_list_with_a_title_above_it() -> None:
    rows = [["Childcare providers as at 31 August 2026"], [], *rows_of(EARLY_HEADINGS, [
        a_setting("EY100001", "Acorns"),
        a_setting("EY100002", "REDACTED", Provider_type="Childminder", Most_recent="Met"),
        a_setting("EY100003", "Old Oaks", Provider_status="Resigned"),
        a_setting("2500004", "", Provider_type="Home childcarer"),
    ])]  # fmt: skip
    acorns, minder, oaks, nanny = read(as_csv(rows))
    assert acorns.facts["ofsted_grade"] == "Good" and acorns.facts["pupils"] == 40
    assert acorns.number == 4 and acorns.facts["kind"] == "early_years"
    assert minder.name == "Childminder EY100002" and minder.facts["kind"] == "childminder"
    assert "ofsted_grade" not in minder.facts and "address" not in minder.facts
    assert oaks.state == State.CLOSED and nanny.state == State.PASSED


def test_an_early_years_list_is_not_taken_for_a_school_register() -> None:
    data = early_years(a_setting("EY100001", "Acorns"))
    assert look_at(io.BytesIO(data), "x.csv", None).layout == Layout.EARLY_YEARS
    with pytest.raises(Invalid, match="by its headings it is"):
        look_at(io.BytesIO(data), "x.csv", Layout.GIAS)


PLAIN = [
    ["Organisation", "Kind", "DSL e-mail", "DSL", "Statutory", "Postcode", "Places", "Closing date"],
    ["Harbour Nursery", "pre-school", "ann@harbour.example", "Ann Lee", "no", "zz11aa", 30.0, ""],
    ["Northshire Police", "Police", "", "", "yes", "", "", ""],
    ["Hill Primary", "Primary school", "", "", "", "", "", "31/08/2026"],
    ["Odd One", "Nursry", "not an address", "Bo", "perhaps", "ZZ", "many", "soon"],
]


@pytest.mark.parametrize("pack", [as_workbook, lambda rows: as_csv(rows, mark=";")])
def test_a_plain_list_in_any_order_and_with_other_words(pack: object) -> None:
    data = pack(PLAIN)  # type: ignore[operator]
    harbour, police, hill, odd = read(data, "list.xlsx" if data[:2] == b"PK" else "list.csv")
    assert harbour.facts["kind"] == "early_years" and harbour.facts["postcode"] == "ZZ1 1AA"
    assert harbour.facts["pupils"] == 30
    assert harbour.contacts == ({"role": "lead", "name": "Ann Lee", "email": "ann@harbour.example"},)
    assert police.facts["bound_by_statute"] is True and harbour.facts["bound_by_statute"] is False
    assert hill.facts["phase"] == "primary" and (hill.state, hill.closed_on) == ("closed", "2026-08-31")
    said = " ".join(odd.faults)
    for words in ("“perhaps” cannot be", "“many” cannot be", "“ZZ” cannot be", "“soon” cannot be",
                  "Do you mean “Nursery or pre-school”?", "“not an address” is not an e-mail"):  # fmt: skip
        assert words in said, words


def test_a_value_too_long_is_a_fault_and_not_cut() -> None:
    (row,) = read(as_csv([["Name", "Kind", "District"], ["A", "Police", "x" * 81]]))
    assert row.faults == ("“District” is longer than 80 characters.",)


def test_headings_are_found_in_any_order() -> None:
    assert columns_in(Layout.PLAIN, ["Kind", "", "Name of lead", "School name"]) == {"name": 3, "kind": 0}
