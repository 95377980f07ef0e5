"""Files that were made to break something, or by accident: each ends in sentences."""

from pathlib import Path
from time import perf_counter

import pytest
from click.testing import Result
from flask import Flask

from s11.questionnaires.format import LARGEST, Faults, read
from tests.factories.questionnaires import tiny

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join([f'*{chr(97 + at)}'] * 9)}]" for at in range(9)
)


def check(app: Flask, folder: Path, content: bytes) -> Result:
    file = folder / "file.yaml"
    file.write_bytes(content)
    result = app.test_cli_runner().invoke(args=["questionnaires", "check", str(file)])
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (BOMB.encode(), "aliases such as *a are not used here"),
        (b"#" * (3 * 1024 * 1024), "Make the file smaller than 2 MB"),
        (tiny(texts={"1.1": "Caf\u00e9s are safe."}).encode("latin-1"), "line 27 is in another encoding"),
        (tiny().encode("utf-16"), "line 1 is in another encoding"),
        (tiny().encode("utf-16-be"), "U+0000"),
        (tiny().encode("utf-16-le"), "U+0000"),
        (tiny().replace("Be brief", "Be\x00brief").encode(), "Remove the character U+0000"),
        (b"\xff\xfe\x00\x00", "another encoding"),
        (b"", "it is empty"),
        (bytes(range(256)), "another encoding"),
        (b"PK\x03\x04 a workbook", "This is not an Excel workbook"),
    ],
    ids=["bomb", "3 MB", "latin-1", "utf-16 with mark", "utf-16-be", "utf-16-le", "nul", "utf-32", "nothing",
         "all bytes", "zip"],
)  # fmt: skip
def test_what_is_no_questionnaire_gets_a_sentence(app: Flask, tmp_path: Path, content: bytes, says: str):
    assert says in check(app, tmp_path, content).output


def test_a_mark_at_the_head_of_a_file_does_no_harm(app: Flask, tmp_path: Path):
    file = tmp_path / "marked.yaml"
    file.write_bytes(tiny().encode("utf-8-sig").replace(b"\n", b"\r\n"))
    result = app.test_cli_runner().invoke(args=["questionnaires", "check", str(file)])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('number: "1.1"', f"number: 0x{'f' * 6000}"),
        ("code: rag", f"code: 0x{'f' * 6000}"),
        ("year: 2026", "year: 1" + ":59" * 200_000),
        ("value: 3", f"value: {'9' * 5000}"),
        ("order: 3", f"order: 0b{'1' * 50_000}"),
    ],
)
def test_no_number_is_large_enough_to_hurt(written: str, instead: str):
    begun = perf_counter()
    with pytest.raises(Faults):
        read(tiny().replace(written, instead, 1))
    assert perf_counter() - begun < 20


def test_a_long_list_is_looked_through_once():
    listed = ", ".join(f"a{at}" for at in range(40_000))
    begun = perf_counter()
    file = read(tiny(extra={"1.1": f"practice_standards: [{listed}]"}))
    assert perf_counter() - begun < 20, "40,000 squared would take minutes"
    assert len(file.criteria[0].practice_standards) == 40_000


def test_many_aliases_are_named_one_by_one_and_in_time():
    begun = perf_counter()
    text = tiny() + "extra: [" + "*a, " * 20_000 + "x]\n"
    assert len(text) < LARGEST
    with pytest.raises(Faults) as refusal:
        read(text)
    assert len(refusal.value.faults) == 20_001 and perf_counter() - begun < 20


def test_a_knot_of_conditions_is_one_fault():
    around = {
        f"1.{n}": "only_if: " + " or ".join(f"rating('1.{m}') == 'red'" for m in range(max(1, n - 4), n + 4))
        for n in range(1, 40)
    }
    with pytest.raises(Faults) as refusal:
        read(tiny(1, 43, extra=around))
    assert len(refusal.value.faults) == 1
