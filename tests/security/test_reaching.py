"""Attempts to reach what belongs to others: by mixed refs, headers, methods, and fields no form has."""

import secrets
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from wtforms.fields.core import UnboundField

from s11.core.database import Base
from s11.home.matrix import Row, matrix
from s11.organisations.models import Organisation
from s11.web.forms import Form
from tests.security.conftest import DriverAt
from tests.security.matrix.canary import leaks, text_of
from tests.security.matrix.drive import Driver
from tests.security.matrix.requests import REQUESTS, Ask
from tests.security.matrix.world import ACTORS, ELSEWHERE, FIRE_LEAD, LEAD, MANAGER

ROUTES = [route for row in matrix() for route in row.routes]
# Whose things are theirs: in these places their requests are right ones.
AT_HOME = {MANAGER: ("police", "school", "nursery"), LEAD: ("police",), ELSEWHERE: ("fire",)}
TRIES = settings(
    max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@TRIES
@given(data=some.data())
def test_a_part_of_somebody_else_s_is_not_reached_through_a_thing_of_one_s_own(
    driver_at: DriverAt, data: some.DataObject
) -> None:
    """One's own return with another's file, one's own day with another's question."""
    driver = driver_at("S")
    who = data.draw(some.sampled_from(sorted(AT_HOME)))
    own = driver.world.places[data.draw(some.sampled_from(AT_HOME[who]))]
    other = data.draw(some.sampled_from([p for p in driver.world.places.values() if p.name != own.name]))
    route = data.draw(some.sampled_from(ROUTES))
    ask, theirs = REQUESTS[route](own, who), REQUESTS[route](other, who)
    mixed = {
        name: theirs.address[name] if place and data.draw(some.booleans()) else value
        for place, (name, value) in enumerate(ask.address.items())
    }
    if mixed == ask.address:
        return
    answer = driver.send(route, Ask(mixed, ask.form), who)
    try:
        assert leaks(text_of(answer.body, answer.kind), who, "S") == []
        assert answer.status in (403, 404, 409) or driver.changed() == [], (
            f"{route} with {mixed} was answered {answer.status} and changed {driver.changed()}"
        )
        assert answer.status < 500
    finally:
        driver.restore()


TRICKS: list[dict[str, str]] = [
    {"X-Original-URL": "/returns/{own}"},
    {"X-Rewrite-URL": "/returns/{own}"},
    {"X-HTTP-Method-Override": "GET"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Method-Override": "PUT"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-User": MANAGER},
    {"X-Forwarded-Host": "localhost", "X-Forwarded-Proto": "https"},
    {"X-Remote-User": MANAGER, "Remote-User": MANAGER},
    {"Authorization": "Basic bWFuYWdlckBib2FyZC5leGFtcGxlOng="},
    {"Cookie2": "s11=x", "X-Partnership": "north", "X-Role": "business_manager"},
]


@pytest.mark.parametrize("trick", TRICKS, ids=[", ".join(trick) for trick in TRICKS])
def test_a_header_opens_nothing(driver_at: DriverAt, trick: dict[str, str]) -> None:
    """What is hidden stays hidden, whatever the request says of itself, in its form or in its address."""
    driver = driver_at("S")
    place = driver.world.places["police"]
    headers = {name: value.format(own=place.return_) for name, value in trick.items()}
    for route in ("GET returns.tasks", "GET returns.read", "POST returns.save_standard", "POST desk.extend"):
        ask = REQUESTS[route](place, FIRE_LEAD)
        fields = {**(ask.form or {}), "_method": "PUT", "method": "GET"}
        answer = driver.send(route, Ask(ask.address, fields), FIRE_LEAD, more_headers=headers)
        assert answer.status == 404, f"{route} with {headers}"
        assert driver.changed() == []
        query = driver.open(f"{driver.path(route, ask)}?_method=GET&role=lead&ref={place.return_}", FIRE_LEAD)
        assert query.status in (404, 405)
    driver.restore()


# Fields the pages read without a form class of ours.
READ_PLAINLY = frozenset(
    {
        "note",
        "target",
        "title",
        "what",
        "kind",
        "organisation",
        "confirmed",
        "go",
        "revision",
        "standard",
        "works_alone",
        "group",
    }
    | {"themes", "must"}  # of a criterion in the builder
)


# The columns of a file that was brought are said in fields named for what stands in them.
NAMED_FOR_FACTS = {
    ("POST register.bring_say_columns", column.name) for column in Organisation.__table__.columns
}


def fields_of_forms() -> set[str]:
    """The name of every field that some form of ours has."""
    classes = list(Form.__subclasses__())
    for one in classes:
        classes += one.__subclasses__()
    return {name for one in classes for name in dir(one) if isinstance(getattr(one, name), UnboundField)}


def columns_no_form_has() -> list[str]:
    named = {column.name for mapper in Base.registry.mappers for column in mapper.local_table.columns}
    return sorted(named - fields_of_forms() - READ_PLAINLY)


def rows_that_post() -> Iterator[tuple[Row, str]]:
    for row in matrix():
        for route in row.routes:
            if route.startswith("POST") and row.thing not in ("service", "account"):
                yield row, route


@pytest.mark.parametrize(
    ("row", "route"), list(rows_that_post()), ids=[route for _, route in rows_that_post()]
)
def test_a_field_no_form_has_changes_nothing(driver_at: DriverAt, row: Row, route: str) -> None:
    """Whoever may send a form sends with it every column of every table: the same rows come of it."""
    found = next(
        ((stage, column) for stage in "SOWM" for column in ACTORS if row.allows(column, stage)), None
    )
    assert found is not None, f"Nobody may {row.name}."
    stage, column = found
    driver = driver_at(stage)
    email, target = ACTORS[column][0]
    place, other = driver.world.places[target], driver.world.places["fire"]
    names = columns_no_form_has()
    assert {"role_id", "person_id", "stage", "submitted_at", "partnership_id", "pending"} - {
        "role_id"
    } <= set(names)
    extra: dict[str, object] = {name: "1" for name in names} | {
        "stage": "closed", "ref": other.return_, "organisation_ref": other.organisation, "active": "",
        "return_id": "4", "organisation_id": "9", "partnership_id": "2", "password_hash": secrets.token_hex(),
    }  # fmt: skip
    plain = kept_rows(driver, route, REQUESTS[route](place, email), email, place)
    ask = REQUESTS[route](place, email)
    # The very form: what has to be true before may fill in the rest of it.
    sent = ask.form if ask.form is not None else {}
    for name, value in extra.items():
        if (route, name) not in NAMED_FOR_FACTS:
            sent.setdefault(name, value)
    loaded = Ask(ask.address, sent, ask.before)
    assert kept_rows(driver, route, loaded, email, place) == plain


def kept_rows(driver: Driver, route: str, ask: Ask, email: str, place: object) -> tuple[int, dict[str, list]]:
    """The answer to a request, and every row of what it changed, less what is another each time."""
    driver.make_ready(ask, place)  # type: ignore[arg-type]
    answer = driver.send(route, ask, email)
    rows = {name: driver.watch.rows_of(name) for name in driver.changed() if name != "trail_entry"}
    driver.restore()
    return answer.status, rows
