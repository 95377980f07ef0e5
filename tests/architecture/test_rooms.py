"""The shape of the house, held by tests: each failure says where to go and what to do."""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "s11"
# The order of the partnership's year. A room imports only rooms that stand before it.
ROOMS = [
    "core", "organisations", "people", "trail", "web", "notices", "access", "questionnaires", "joining",
    "partnerships", "register", "cycles", "evidence", "returns", "desk", "moderation", "actions", "analysis",
    "schools", "challenge", "packs", "system", "home",
]  # fmt: skip
# The trail names the person who acted, and people record what they do: the two are told apart by
# file. `trail` may know `people.models`; `people.operations` may write to the trail. So may the founding
# of partnerships and organisations. Likewise the pages of the trail are pages, and stand on what every
# page shares.
KNOWN_LATER = {
    ("people", "trail"): {"operations.py"},
    ("organisations", "people"): {"operations.py"},
    ("organisations", "trail"): {"operations.py"},
    ("trail", "web"): {"views.py", "forms.py"},
}
MODULES = sorted(HOUSE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(HOUSE).parts
    return parts[0] if len(parts) > 1 and parts[0] in ROOMS else ""


@cache
def imports(path: Path) -> list[tuple[str, bool]]:
    """Modules of ours that a file imports, and whether it does so inside a function."""
    tree = ast.parse(path.read_text())
    inside = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("s11"):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [(name, id(node) in inside) for name in names]
        elif isinstance(node, ast.Import):
            found += [(a.name, id(node) in inside) for a in node.names if a.name.startswith("s11")]
    return found


def ours(path: Path) -> str:
    return str(path.relative_to(ROOT))


def of_each_room(files: list[Path]) -> Callable[[Callable[[Path], None]], Callable[[str], None]]:
    """Make what is asked of a file a test of each room: one a file would be thousands, and say no more."""
    rooms: dict[str, list[Path]] = {}
    for path in files:
        rooms.setdefault(path.relative_to(HOUSE).parts[0], []).append(path)

    def decorate(ask: Callable[[Path], None]) -> Callable[[str], None]:
        @pytest.mark.parametrize("room", sorted(rooms))
        def test(room: str) -> None:
            for path in rooms[room]:
                ask(path)

        test.__name__, test.__doc__ = ask.__name__, ask.__doc__
        return test

    return decorate


@of_each_room([p for p in MODULES if room_of(p)])
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    here = room_of(path)
    for name, _ in imports(path):
        there = name.split(".")[1] if "." in name else ""
        if there not in ROOMS or ROOMS.index(there) <= ROOMS.index(here):
            continue
        assert path.name in KNOWN_LATER.get((here, there), set()), (
            f"{ours(path)} imports {name}, but {there} stands after {here}. Move what you need to an "
            "earlier room, or this code to a later one."
        )


@of_each_room(MODULES)
def test_nothing_of_ours_is_imported_inside_a_function(path: Path) -> None:
    hidden = [name for name, inside in imports(path) if inside]
    assert not hidden, f"{ours(path)} hides imports in functions: {hidden}. Import at the top."


@of_each_room(sorted(HOUSE.glob("*/rules.py")))
def test_rules_are_plain_python(path: Path) -> None:
    source = path.read_text()
    for name in ("flask", "sqlalchemy", "s11.core.clock", "s11.core.database"):
        found = re.search(rf"^\s*(from|import) {re.escape(name)}\b", source, re.MULTILINE)
        assert not found, f"{ours(path)} imports {name}. Rules know no framework, database or clock."


@cache
def calls(path: Path) -> list[tuple[str, int]]:
    """Every call in a file as (dotted name, line)."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            found.append((ast.unparse(node.func), node.lineno))
    return found


COMMITS_IN = {HOUSE / "core" / "database.py", HOUSE / "web" / "transactions.py"}


@of_each_room(MODULES)
def test_only_the_hook_and_the_unit_of_work_commit(path: Path) -> None:
    found = [line for name, line in calls(path) if name.endswith(".commit")]
    assert not found or path in COMMITS_IN, (
        f"{ours(path)} commits in line {found}. Requests are committed by web.transactions, commands by "
        "core.database.unit_of_work."
    )


TALKS = re.compile(r"\bdb\.session\b|\bselect\(")
SILENT = ("views.py", "forms.py", "permissions.py", "pages.py", "rules.py", "fields.py", "cli.py")


@of_each_room([p for p in MODULES if p.name in SILENT or "views" in p.parts])
def test_views_forms_permissions_and_pages_hold_no_sql(path: Path) -> None:
    found = TALKS.search(path.read_text())
    assert not found, f"{ours(path)} speaks to the database. Reads go to queries.py, writes to operations.py."


@of_each_room([p for p in MODULES if room_of(p) != "analysis"])
def test_pandas_and_matplotlib_are_used_in_analysis_only(path: Path) -> None:
    found = re.search(r"^\s*(from|import) (pandas|matplotlib)\b", path.read_text(), re.MULTILINE)
    assert not found, (
        f"{ours(path)} imports {found[2] if found else ''}. Figures and charts are made in analysis."
    )


READS_ENVIRONMENT = re.compile(r"os\.environ|os\.getenv")


@of_each_room(MODULES)
def test_the_environment_is_read_in_one_file(path: Path) -> None:
    assert path == HOUSE / "core" / "config.py" or not READS_ENVIRONMENT.search(path.read_text()), (
        f"{ours(path)} reads the environment. Add a setting to core/config.py."
    )


@of_each_room([p for p in MODULES if p != HOUSE / "core" / "clock.py"])
def test_the_time_is_asked_of_the_clock(path: Path) -> None:
    found = [
        name
        for name, _ in calls(path)
        if name in ("datetime.now", "date.today", "datetime.utcnow", "time.time")
    ]
    assert not found, f"{ours(path)} asks {found} for the time. Ask s11.core.clock."


def test_no_room_is_left_out_of_the_order() -> None:
    rooms = {p.name for p in HOUSE.iterdir() if (p / "__init__.py").exists()} - {"seeding"}
    assert rooms == set(ROOMS)
