"""The permission matrix itself: it names every route once, and what it promises must be promised."""

from pathlib import Path

import pytest
from flask import Flask

from s11.home.matrix import ALWAYS, COLUMNS, NEVER, OWN, BadMatrix, Row, matrix, row_named
from tests.security.conftest import DriverAt
from tests.security.matrix.requests import REQUESTS, Ask
from tests.security.matrix.world import ACTORS, FIRE_LEAD, LEAD, MANAGER

HOW = (
    "Put it into a row of s11/home/matrix.csv (or into a new one), and a valid request for it into "
    "tests/security/matrix/requests/."
)
OUTSIDE = ("nobody", "other_lead", "administrator", "elsewhere", "elsewhere_lead", "left", "invited")
BOARD = ("business_manager", "office", "chair", "quality", "moderator", "adviser", "inspector")
OPEN_TO_ALL = ("service", "account")


def routes_of(app: Flask) -> set[str]:
    """Every route of the application as the matrix writes it."""
    return {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }


def base(route: str) -> str:
    """A route without the word that tells two uses of it apart."""
    return " ".join(route.split()[:2])


def test_every_route_stands_in_the_matrix(app: Flask) -> None:
    missing = routes_of(app) - {base(route) for row in matrix() for route in row.routes}
    assert not missing, f"Who may use {sorted(missing)}? {HOW}"


def test_every_route_of_the_matrix_exists_and_stands_there_once(app: Flask) -> None:
    named = [route for row in matrix() for route in row.routes]
    unknown = [route for route in named if base(route) not in routes_of(app)]
    assert not unknown, f"{unknown} are no routes. Take them out of s11/home/matrix.csv."
    twice = {route for route in named if named.count(route) > 1}
    assert not twice, f"{sorted(twice)} stand in two rows. Say in one who may."


def test_every_route_can_be_tried() -> None:
    missing = {route for row in matrix() for route in row.routes} - REQUESTS.keys()
    assert not missing, f"Nobody knows how to ask {sorted(missing)}. {HOW}"
    idle = REQUESTS.keys() - {route for row in matrix() for route in row.routes}
    assert not idle, f"{sorted(idle)} can be asked and stand in no row."


def test_every_column_has_somebody_in_it() -> None:
    assert ACTORS.keys() == COLUMNS.keys()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{}, all, always", "says “always” under invited"),
        ("{}, all, OX", "says “OX” under invited"),
        ("{}, all, ", "says “” under invited"),
    ],
)
def test_a_cell_that_means_nothing_is_refused(tmp_path: Path, line: str, sentence: str) -> None:
    file = tmp_path / "matrix.csv"
    cells = ["-"] * (len(COLUMNS) - 1)
    head = ",".join(["thing", "act", "seen", "routes", *COLUMNS, "why"])
    file.write_text(f"{head}\nreturn,read,,GET x,{','.join(cells)},{line.split(', ')[2].strip()},\n")
    with pytest.raises(BadMatrix, match=sentence):
        matrix(file)


def test_a_column_nobody_knows_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "matrix.csv"
    file.write_text(f"thing,act,seen,routes,{','.join(COLUMNS)},wizard,why\nreturn\n")
    with pytest.raises(BadMatrix, match="wizard"):
        matrix(file)


# What must hold whatever else is written into the table.

WRITES = ("answer", "add evidence and take it off")


@pytest.mark.parametrize("row", matrix(), ids=lambda row: row.name)
def test_who_stands_outside_has_nothing_but_what_is_their_own(row: Row) -> None:
    for column in OUTSIDE:
        allowed = (ALWAYS, OWN, NEVER) if row.thing == "service" else (OWN, NEVER)
        assert row.cells[column] in allowed, f"{column} may “{row.name}”: {row.cells[column]}"
    for column in ("nobody", "left", "invited"):
        assert row.thing in OPEN_TO_ALL or row.cells[column] == NEVER


@pytest.mark.parametrize("row", [r for r in matrix() if r.is_tied], ids=lambda row: row.name)
def test_nobody_outside_reads_a_return_that_is_open(row: Row) -> None:
    if row.thing == "cycle":
        return  # dates and numbers only
    for column in (*OUTSIDE, *BOARD, "other_adviser"):
        assert not row.allows(column, "O") and not row.allows(column, "W"), column


def test_nobody_changes_an_answer_after_submission() -> None:
    for act in WRITES:
        row = row_named(f"return: {act}")
        assert set("".join(cell for cell in row.cells.values() if cell != NEVER)) == {"O"}


# What people of an organisation, or of the Board who belong to one, may do about moderation: rate nothing.
NO_RATING = {"name organisations one is too near to", "reply to a moderated rating"}


def test_nobody_moderates_their_own_return() -> None:
    own = ("contributor", "lead", "deputy", "signatory", "viewer", "trust_lead", "conflicted")
    for row in matrix():
        if row.thing == "moderation" and row.seen and row.act not in NO_RATING:
            assert {row.cells[column] for column in own} == {NEVER}, row.name


def test_the_system_administrator_reads_nothing_of_anybody() -> None:
    for row in matrix():
        if row.thing not in (*OPEN_TO_ALL, "system"):
            assert row.cells["administrator"] == NEVER, row.name


def test_an_inspector_changes_nothing() -> None:
    for row in matrix():
        if row.thing not in OPEN_TO_ALL and any(route.startswith("POST") for route in row.routes):
            assert row.cells["inspector"] == NEVER, row.name


# What is no act at all.

WRONG = ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS")


@pytest.mark.parametrize("who", ["", LEAD, MANAGER, FIRE_LEAD])
def test_a_wrong_method_changes_nothing(driver_at: DriverAt, who: str) -> None:
    driver = driver_at("S")
    place = driver.world.places["police"]
    # A page and the form on it share an address, and no method here is either's.
    asked = {
        driver.path(route, ask): (route, Ask(ask.address))
        for route in sorted({base(route) for row in matrix() for route in row.routes})
        for ask in [REQUESTS[route](place, who)]
    }
    for route, ask in asked.values():
        for method in WRONG:
            answer = driver.send(route, ask, who, method=method)
            assert answer.status in (404, 405), f"{method} {route} was answered {answer.status}"
    assert driver.changed() == []


@pytest.mark.parametrize("who", ["", LEAD, FIRE_LEAD])
def test_looking_without_reading_shows_no_more_and_changes_nothing(driver_at: DriverAt, who: str) -> None:
    """HEAD is answered as GET is, without the page."""
    driver = driver_at("S")
    place = driver.world.places["police"]
    for route in sorted({base(route) for row in matrix() for route in row.routes}):
        address = REQUESTS[route](place, who).address
        head = driver.send(route, Ask(address), who, method="HEAD")
        assert not head.body
        if route.startswith("GET"):
            assert head.status == driver.send(route, Ask(address), who).status, route
            driver.restore()
        else:
            assert driver.changed() == [], route
