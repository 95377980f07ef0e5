"""Promises every page, command and setting keeps."""

import inspect
import re
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect as look_into
from sqlalchemy import text

from s11 import create_app
from s11.core.config import Settings
from s11.core.database import db
from tests.conftest import settings

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_every_route_is_guarded(app: Flask) -> None:
    bare = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "guarded")
    ]
    assert not bare, f"{bare} have no guard. Use public, signed_in or guard from s11.web.guards."


def test_every_route_that_takes_or_hands_out_files_is_limited(app: Flask) -> None:
    """What is only made while it runs is watched by `a_download_is_limited` in conftest."""
    bare = []
    for endpoint, view in app.view_functions.items():
        hands_out = re.search(r"attachment|send_file\(|\bsend\(", inspect.getsource(inspect.unwrap(view)))
        takes = getattr(view, "takes_files", False)
        if endpoint != "static" and (hands_out or takes) and not hasattr(view, "limited"):
            bare.append(endpoint)
    assert not bare, f"{bare} have no limit. Put @limited(...) of s11.web.limits beneath their guard."


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_every_template_compiles(app: Flask, path: Path) -> None:
    app.jinja_env.get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_no_template_turns_escaping_off(path: Path) -> None:
    source = path.read_text()
    assert "|safe" not in source.replace(" ", "") and "autoescape false" not in source
    assert " style=" not in source and "<style" not in source and "onclick" not in source


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    variable = f"S11_{name.upper()}"
    assert f"`{variable}`" in (ROOT / "README.md").read_text(), f"Describe {variable} in README.md."
    assert Settings.model_fields[name].description, f"Describe {name} in core/config.py."


def test_every_command_is_documented(app: Flask) -> None:
    readme = (ROOT / "README.md").read_text()
    for group in app.cli.commands.values():
        if group.name in ("db", "routes", "run", "shell"):
            continue
        for command in getattr(group, "commands", [""]):  # a command of its own has none beneath it
            assert f"flask {group.name} {command}".strip() in readme, (
                f"Show `flask {group.name} {command}` in README.md."
            )


@pytest.mark.database
def test_the_migrations_equal_the_models(app: Flask) -> None:
    with app.app_context():
        check()


@pytest.mark.database
def test_the_migrations_go_down_and_up_again(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="base")
        assert set(look_into(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert set(look_into(db.engine).get_table_names()) > {"return", "answer", "submission"}


def test_foreign_keys_are_kept_in_sqlite(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path, ""))
    with app.app_context():
        assert db.session.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert db.session.execute(text("PRAGMA synchronous")).scalar() == 2
        assert db.session.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_a_get_request_writes_nothing(app: Flask, world: object) -> None:
    """Whatever a page does to the session while it is read is rolled back."""

    def naughty() -> str:
        db.session.execute(text("UPDATE organisation SET name = 'Changed'"))
        return "done"

    app.view_functions["home.help"] = naughty
    assert app.test_client().get("/help").text == "done"
    with app.app_context():
        assert (
            db.session.execute(text("SELECT count(*) FROM organisation WHERE name = 'Changed'")).scalar() == 0
        )
