"""`flask questionnaires`: what a business manager's assistant sees in a terminal."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from flask import Flask

from s11 import create_app
from s11.core.config import Settings
from s11.questionnaires import queries
from s11.questionnaires.format import LARGEST
from tests.factories.questionnaires import tiny


def run(app: Flask, *words: str | Path) -> Result:
    result = app.test_cli_runner().invoke(args=["questionnaires", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def a_file(folder: Path, text: str, name: str = "tiny.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_check_says_what_a_file_holds(app: Flask, tmp_path: Path):
    path = a_file(tmp_path, tiny(standards=2))
    result = run(app, "check", path)
    assert result.exit_code == 0
    assert result.stdout == f"{path}: TINY-2026, 2 standards, 4 criteria, no faults.\n"


def test_check_names_every_fault_of_every_file_and_counts_them(app: Flask, tmp_path: Path):
    one = a_file(tmp_path, tiny(extra={"1.1": "themes: [ownershp]"}), "one.yaml")
    two = a_file(tmp_path, tiny().replace("order: 2", "order: 3"), "two.yaml")
    result = run(app, "check", one, two)
    assert result.exit_code == 1 and not result.stdout
    first, second, count = result.stderr.splitlines()
    assert first == (
        f"{one}:28: standards[1].criteria[1.1].themes[#1]: "
        "Unknown theme 'ownershp'. Did you mean 'ownership'?"
    )
    assert second == (f"{two}:17: scale.levels[amber].order: Change this order: '3' is used twice in levels.")
    assert count == "2 faults to mend."


def test_check_follows_lineage_when_the_predecessor_is_named_too(app: Flask, tmp_path: Path):
    old = a_file(tmp_path, tiny(code="TINY-2025", year=2025), "old.yaml")
    new = a_file(tmp_path, tiny(predecessor="TINY-2025", texts={"1.1": "Other."}), "new.yaml")
    assert run(app, "check", new).exit_code == 0
    assert "Mark 1.1 as reworded" in run(app, "check", new, old).stderr


@pytest.mark.parametrize("command", ["check", "load"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "Check the name: there is no such file."),
        (b"", "it is empty"),
        ("introduction: caf\xe9".encode("latin-1"), "Save the file as UTF-8: line 1"),
        ("introduction: caf\xe9".encode("utf-16"), "Save the file as UTF-8: line 1"),
        (b"x" * (LARGEST + 1), "Make the file smaller than 2 MB."),
        (b"a: [", "Close the bracket"),
        (b"\x00\x01", "cannot be printed"),
    ],
)
def test_a_file_that_cannot_be_used_gets_a_sentence(
    app: Flask, tmp_path: Path, command: str, content: bytes | None, says: str
):
    path = tmp_path / "odd.yaml"
    if content is not None:
        path.write_bytes(content)
    result = run(app, command, path)
    assert result.exit_code == 1
    assert result.stderr.startswith(str(path)) and says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_is_not_a_file(app: Flask, tmp_path: Path):
    assert "Name a file: this is a folder." in run(app, "check", tmp_path).stderr


def test_a_file_saved_by_notepad_with_a_byte_order_mark_is_read(app: Flask, tmp_path: Path):
    path = tmp_path / "tiny.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + tiny().replace("\n", "\r\n").encode())
    assert run(app, "check", path).exit_code == 0


def test_load_says_what_was_loaded_and_the_second_time_that_nothing_changed(app: Flask, tmp_path: Path):
    path = a_file(tmp_path, tiny(criteria=1))
    assert run(app, "load", path).stdout == "Loaded TINY-2026: 1 standard, 1 criterion.\n"
    again = run(app, "load", path)
    assert again.exit_code == 0
    assert again.stdout == "TINY-2026 is already loaded and unchanged.\n"


def test_load_takes_predecessors_first_whatever_the_order_given(app: Flask, tmp_path: Path):
    oldest = a_file(tmp_path, tiny(code="TINY-2024", year=2024), "c.yaml")
    older = a_file(tmp_path, tiny(code="TINY-2025", year=2025, predecessor="TINY-2024"), "b.yaml")
    newest = a_file(tmp_path, tiny(predecessor="TINY-2025"), "a.yaml")
    result = run(app, "load", newest, older, oldest)
    assert result.exit_code == 0, result.stderr
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        "Loaded TINY-2024",
        "Loaded TINY-2025",
        "Loaded TINY-2026",
    ]


def test_load_refuses_editions_that_follow_each_other_in_a_circle(app: Flask, tmp_path: Path):
    one = a_file(tmp_path, tiny(code="ONE", predecessor="TWO"), "one.yaml")
    two = a_file(tmp_path, tiny(code="TWO", predecessor="ONE"), "two.yaml")
    result = run(app, "load", one, two)
    assert result.exit_code == 1 and "Load TWO first." in result.stderr


def test_load_loads_nothing_when_one_of_the_files_has_a_fault(app: Flask, tmp_path: Path):
    good = a_file(tmp_path, tiny(), "good.yaml")
    bad = a_file(tmp_path, "format: 1", "bad.yaml")
    assert run(app, "load", good, bad).exit_code == 1
    with app.app_context():
        assert queries.editions() == []


def test_two_files_do_not_hold_the_same_edition(app: Flask, tmp_path: Path):
    one, two = a_file(tmp_path, tiny(), "one.yaml"), a_file(tmp_path, tiny(), "two.yaml")
    assert "holds TINY-2026 too" in run(app, "load", one, two).stderr


def test_load_refuses_a_missing_predecessor_with_a_sentence(app: Flask, tmp_path: Path):
    path = a_file(tmp_path, tiny(predecessor="TINY-2025"))
    result = run(app, "load", path)
    assert result.exit_code == 1
    assert result.stderr == (
        f"{path}: TINY-2026 names TINY-2025 as its predecessor, which is not here. Load TINY-2025 first.\n"
        "1 fault to mend.\n"
    )


def test_what_is_exported_loads_again_without_a_change(app: Flask, tmp_path: Path):
    run(app, "load", a_file(tmp_path, tiny(standards=2)))
    out = tmp_path / "out.yaml"
    assert run(app, "export", "TINY-2026", "--output", out).exit_code == 0
    assert run(app, "export", "TINY-2026").stdout == out.read_text(encoding="utf-8")
    assert "unchanged" in run(app, "load", out).stdout


def test_export_of_an_unknown_code_names_the_nearest(app: Flask, tmp_path: Path):
    run(app, "load", a_file(tmp_path, tiny()))
    result = run(app, "export", "TINY-2062")
    assert result.exit_code == 1
    assert "No edition has the code TINY-2062. Did you mean TINY-2026?" in result.stderr


def test_export_says_when_it_cannot_write(app: Flask, tmp_path: Path):
    run(app, "load", a_file(tmp_path, tiny()))
    result = run(app, "export", "TINY-2026", "--output", tmp_path / "nowhere" / "out.yaml")
    assert result.exit_code == 1 and "cannot be written" in result.stderr


def test_list_names_every_edition(app: Flask, tmp_path: Path):
    assert "No questionnaire is loaded yet" in run(app, "list").stderr
    run(app, "load", a_file(tmp_path, tiny()))
    assert run(app, "list").stdout.split("\t") == [
        "TINY-2026",
        "2026",
        "draft",
        "1 standard, 2 criteria",
        "Tiny questionnaire 2026\n",
    ]


@pytest.mark.parametrize("words", [("list",), ("export", "TINY-2026")])
def test_a_database_that_is_not_set_up_gets_a_sentence(tmp_path: Path, words: tuple[str, ...]):
    result = run(
        create_app(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path}/new.sqlite3")), *words
    )
    assert result.exit_code == 1
    assert "Run flask db upgrade first." in result.stderr


# Workbooks


def test_a_workbook_is_exported_checked_and_loaded_again(app: Flask, tmp_path: Path):
    run(app, "load", a_file(tmp_path, tiny()))
    book = tmp_path / "tiny.xlsx"
    result = run(app, "export", "TINY-2026", "--format", "xlsx", "--output", book)
    assert result.exit_code == 0 and result.stderr == f"Wrote TINY-2026 to {book}.\n"
    assert run(app, "check", book).stdout == f"{book}: TINY-2026, 1 standard, 2 criteria, no faults.\n"
    assert run(app, "load", book).stdout == "TINY-2026 is already loaded and unchanged.\n"


def test_the_name_of_the_output_says_that_a_workbook_is_wanted(app: Flask, tmp_path: Path):
    run(app, "load", a_file(tmp_path, tiny()))
    book = tmp_path / "tiny.xlsx"
    run(app, "export", "TINY-2026", "--output", book)
    assert book.read_bytes().startswith(b"PK")


def test_a_workbook_is_not_written_to_the_screen(app: Flask, tmp_path: Path):
    run(app, "load", a_file(tmp_path, tiny()))
    result = run(app, "export", "TINY-2026", "--format", "xlsx")
    assert result.exit_code == 1 and "Name a file: --output FILE" in result.stderr


def test_check_names_the_cells_of_a_workbook(app: Flask, tmp_path: Path):
    run(app, "load", a_file(tmp_path, tiny()))
    path = tmp_path / "tiny.xlsx"
    run(app, "export", "TINY-2026", "--output", path)
    book = openpyxl.load_workbook(path)
    book["Criteria"]["E3"] = None
    book.save(path)
    result = run(app, "check", path)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == f"{path}: Criteria!E3: Write something here: it is empty."


def test_an_old_workbook_gets_a_sentence(app: Flask, tmp_path: Path):
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "is of an old kind (.xls) or has a password" in run(app, "check", path).stderr
