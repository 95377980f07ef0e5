"""Bringing a register from the command line."""

from pathlib import Path

from flask import Flask

from s11.organisations import queries as known
from tests.factories.registers import a_school, as_csv, gias
from tests.factories.world import World

THEIRS = a_school(100102, "Their School") | {"LA (name)": "Southshire"}


def bring(app: Flask, path: Path, *more: str) -> tuple[int, str]:
    said = app.test_cli_runner().invoke(
        args=["organisations", "bring", str(path), "--partnership", "northshire", *more]
    )
    return said.exit_code, said.output


def has(app: Flask, name: str) -> bool:
    with app.app_context():
        return known.by_name(name) is not None


def test_a_dry_run_says_what_would_change_and_the_other_does_it(
    app: Flask, world: World, tmp_path: Path
) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(gias(a_school(100101, "New School"), a_school("no", "Bad School"), THEIRS))
    more = ("--layout", "gias", "--local-authority", "Northshire")
    code, said = bring(app, file, *more, "--dry-run")
    assert code == 0 and "To be added: 1\n" in said and "Nothing was changed." in said
    assert "Row 3, Bad School: “no” cannot be a URN: a URN has six digits." in said
    assert not has(app, "New School")
    code, said = bring(app, file, *more)
    assert code == 0 and said.endswith("Done: 1 added.\n") and has(app, "New School")
    code, said = bring(app, file, *more)
    assert code == 0 and "Nothing had to be changed." in said and not has(app, "Their School")


def test_what_is_wrong_is_said_without_a_traceback(app: Flask, world: World, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(gias(a_school(100101, "New School"), THEIRS))
    assert bring(app, file)[0] == 1 and "Say with --local-authority" in bring(app, file)[1]
    assert "Say which one is wanted." in bring(app, file, "--dry-run")[1]
    assert "no rows of “Nowhere”" in bring(app, file, "--local-authority", "Nowhere")[1]
    assert "by its headings it is" in bring(app, file, "--layout", "plain")[1]
    file.write_bytes(as_csv([["Shopping", "Price"], ["Milk", "1"]]))
    assert "names columns that are known here" in bring(app, file)[1]
    assert not has(app, "New School")
