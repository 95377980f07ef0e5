"""Entries stand in an unbroken chain, and whoever touches one is found out."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from s11.core.database import db, unit_of_work
from s11.people import queries as people
from s11.trail import queries
from s11.trail.models import Entry
from s11.trail.operations import record
from s11.trail.rules import FIRST, HASHED, Break, Head, digest, fault_of
from s11.trail.verifying import verify
from tests.factories.world import MANAGER, POLICE_HELPER, POLICE_LEAD, World, a_return
from tests.pages import Browser

ENTRIES = 12
UNGUARD = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS trail_entry_unchanged",
        "DROP TRIGGER IF EXISTS trail_entry_kept",
        "DROP TRIGGER IF EXISTS trail_head_kept",
    ],
    "postgresql": [
        "ALTER TABLE trail_entry DISABLE TRIGGER USER",
        "ALTER TABLE trail_head DISABLE TRIGGER USER",
    ],
}
GUARD_AGAIN = {
    "sqlite": [],
    "postgresql": [
        "ALTER TABLE trail_entry ENABLE TRIGGER USER",
        "ALTER TABLE trail_head ENABLE TRIGGER USER",
    ],
}


def write(app: Flask, count: int = ENTRIES) -> None:
    for turn in range(count):
        with app.app_context(), unit_of_work():
            record("cycle:dates:planned", turn, by=None, after={"code": f"C-{turn}", "und": "é ü"})


def tamper(app: Flask, *statements: str) -> None:
    """Somebody with rights over the database takes the guards away and has their way."""
    with app.app_context():
        kind = db.engine.dialect.name
        with db.engine.begin() as connection:
            for statement in [*UNGUARD[kind], *statements, *GUARD_AGAIN[kind]]:
                connection.execute(text(statement))


def verified(app: Flask, known: Head | None = None) -> Head | Break:
    with app.app_context():
        return verify(known)


def said(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["trail", "verify", *words])
    return result.exit_code, result.output


@pytest.mark.database
def test_ordinary_work_leaves_an_unbroken_chain(app: Flask, world: World, browser: Browser) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_in(MANAGER)
    browser.open(f"/returns/{world.police}/submitted")
    with app.app_context():
        numbers = list(db.session.scalars(select(Entry.number).order_by(Entry.id)))
        assert numbers == list(range(1, len(numbers) + 1))
        first = db.session.scalar(select(Entry).where(Entry.number == 1))
        assert first.previous_hash == FIRST and len(first.hash) == 64
    code, words = said(app)
    assert code == 0 and words.startswith(f"{len(numbers)} entries, unbroken\n")


@pytest.mark.database
def test_an_empty_trail_is_unbroken(app: Flask) -> None:
    assert said(app) == (0, "0 entries, unbroken\n")


@pytest.mark.database
def test_many_at_once_make_one_chain(app: Flask, world: World) -> None:
    writers, rounds = 6, 15
    start = Barrier(writers)

    def work(_: int) -> None:
        start.wait()
        for turn in range(rounds):
            with app.app_context(), unit_of_work():
                by = people.by_address(POLICE_HELPER)
                record("cycle:dates:planned", turn, by=by, after={"code": str(turn)})
                db.session.flush()
                record("cycle:dates:planned", turn, by=by)

    before = verified(app)
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(work, range(writers)))
    after = verified(app)
    assert isinstance(before, Head) and isinstance(after, Head)
    assert after.number == before.number + 2 * writers * rounds


def do_and_fail() -> None:
    with unit_of_work():
        record("cycle:dates:planned", 1, by=None)
        db.session.execute(text("SELECT nonsense"))


@pytest.mark.database
def test_it_can_be_verified_while_people_work(app: Flask) -> None:
    write(app, 5)
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(write, app, 40)
        while not working.done():
            assert isinstance(verified(app), Head)
        working.result()
    assert verified(app).number == 45


@pytest.mark.database
def test_the_end_cut_off_together_with_its_note_is_found(app: Flask) -> None:
    write(app)
    tamper(app, "DELETE FROM trail_entry WHERE number > 9", "DELETE FROM trail_head")
    code, words = said(app)
    assert code == 1 and "entries after 9 may have gone with it" in words


@pytest.mark.database
def test_an_entry_put_behind_the_end_is_found(app: Flask) -> None:
    write(app, 2)
    with app.app_context():
        last = db.session.scalars(select(Entry).where(Entry.number == 2)).one()
        row = {name: getattr(last, name) for name in HASHED} | {"number": 3, "previous_hash": last.hash}
        db.session.remove()
        with db.engine.begin() as connection:
            connection.execute(insert(Entry.__table__).values(**row, hash=digest(row)))
    assert verified(app) == Break(3, "Entry 3 was not written by this service.")


@pytest.mark.database
def test_what_is_not_kept_leaves_no_entry_and_no_gap(app: Flask) -> None:
    write(app, 1)
    with app.app_context():
        with pytest.raises(DBAPIError):
            do_and_fail()
        with unit_of_work():
            record("cycle:dates:planned", 2, by=None)
        assert [entry.subject_id for entry in queries.of("cycle", 2)] == [2]
    assert verified(app).number == 2


@pytest.mark.database
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_entry SET person_name = 'Nobody'",
        "UPDATE trail_entry SET id = id + 1000",
        "DELETE FROM trail_entry WHERE number = 1",
        "UPDATE trail_head SET number = 1",
        "DELETE FROM trail_head",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(app: Flask, statement: str) -> None:
    write(app, 2)
    with app.app_context(), pytest.raises(DBAPIError, match="the trail"), db.engine.begin() as connection:
        connection.execute(text(statement))
    assert verified(app).number == 2


@pytest.mark.database
@pytest.mark.parametrize("table", ["trail_entry", "trail_head"])
def test_the_table_cannot_be_emptied_or_written_over(app: Flask, table: str) -> None:
    write(app, 2)
    with app.app_context():
        on_sqlite = db.engine.dialect.name == "sqlite"
        empty = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" if on_sqlite else f"TRUNCATE {table}"
        with pytest.raises(DBAPIError, match="the trail"), db.engine.begin() as connection:
            connection.execute(text(empty))


@pytest.mark.database
def test_the_code_refuses_it_too(app: Flask) -> None:
    write(app, 1)
    with app.app_context():
        entry = db.session.scalar(select(Entry))
        entry.person_name = "Somebody else"
        with pytest.raises(RuntimeError, match="never changed"):
            db.session.flush()


SWAP = (
    "UPDATE trail_entry SET number = -1 WHERE number = 4",
    "UPDATE trail_entry SET number = 4 WHERE number = 7",
    "UPDATE trail_entry SET number = 7 WHERE number = -1",
)


@pytest.mark.database
@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["UPDATE trail_entry SET person_name = 'x' WHERE number = 5"], "Entry 5 has been changed"),
        (["UPDATE trail_entry SET role = 'Chair' WHERE number = 1"], "Entry 1 has been changed"),
        (["UPDATE trail_entry SET address = '10.0.0.1' WHERE number = 6"], "Entry 6 has been changed"),
        (["UPDATE trail_entry SET after = '{}' WHERE number = 12"], "Entry 12 has been changed"),
        (["UPDATE trail_entry SET at = '2020-01-01 00:00:00' WHERE number = 3"], "Entry 3 has been changed"),
        (["UPDATE trail_entry SET hash = previous_hash WHERE number = 8"], "Entry 8 has been changed"),
        (["DELETE FROM trail_entry WHERE number = 5"], "Entry 5 is missing"),
        (["DELETE FROM trail_entry WHERE number = 1"], "Entry 1 is missing"),
        (["DELETE FROM trail_entry WHERE number = 12"], "Entry 12 is missing"),
        (["DELETE FROM trail_entry WHERE number > 9"], "Entry 10 is missing"),
        (["DELETE FROM trail_entry"], "Entry 1 is missing"),
        (SWAP, "Entry 4 is out of order: it was written as entry 7"),
        (
            # Removed, and the gap closed.
            [
                "DELETE FROM trail_entry WHERE number = 5",
                *(f"UPDATE trail_entry SET number = {n - 1} WHERE number = {n}" for n in range(6, 13)),
            ],
            "Entry 5 is out of order: it was written as entry 6",
        ),
    ],
)  # fmt: skip
def test_tampering_is_found_and_named(app: Flask, statements: list[str], sentence: str) -> None:
    write(app)
    tamper(app, *statements)
    code, words = said(app)
    assert code == 1 and words.startswith(f"Error: {sentence}")


def test_words_where_a_moment_should_be_are_found_too(app: Flask) -> None:
    write(app)
    tamper(app, "UPDATE trail_entry SET after = 'not json' WHERE number = 7")
    assert verified(app) == Break(7, "Entry 7 has been changed since it was written.")


@pytest.mark.database
def test_an_entry_written_anew_with_a_right_hash_does_not_fit_the_next(app: Flask) -> None:
    write(app)
    with app.app_context():
        row = dict(db.session.execute(select(*Entry.__table__.c).where(Entry.number == 5)).mappings().one())
        forged = digest({**row, "person_name": "Somebody else"})
    tamper(app, f"UPDATE trail_entry SET person_name = 'Somebody else', hash = '{forged}' WHERE number = 5")
    found = verified(app)
    assert found.number == 6 and "does not follow entry 5" in found.sentence


@pytest.mark.database
def test_after_the_end_was_cut_off_the_next_entry_does_not_hide_it(app: Flask) -> None:
    write(app)
    tamper(app, "DELETE FROM trail_entry WHERE number > 10")
    write(app, 1)
    assert verified(app) == Break(11, "Entry 11 is missing.")


@pytest.mark.database
def test_a_trail_written_anew_from_end_to_end_is_found_by_a_hash_kept_elsewhere(app: Flask) -> None:
    write(app)
    known = verified(app)
    assert isinstance(known, Head)
    assert said(app, "--known", f"{known.number}:{known.hash}")[0] == 0
    code, words = said(app, "--known", f"3:{known.hash}")
    assert code == 1 and "Entry 3 is not the one whose hash was kept." in words
    code, words = said(app, "--known", f"99:{known.hash}")
    assert code == 1 and "Entry 13 is missing" in words
    assert said(app, "--known", "12")[0] == 2


@pytest.mark.database
def test_the_migration_chains_what_was_there_before(app: Flask, world: World) -> None:
    with app.app_context():
        before = db.session.scalar(text("SELECT count(*) FROM trail_entry"))
        db.session.remove()
        downgrade(revision="0001")
        db.session.remove()
        upgrade()
        found = verify()
        assert found.number == before > 15
        db.session.remove()
    write(app, 1)
    assert verified(app).number == before + 1


def test_every_field_of_an_entry_is_hashed() -> None:
    assert {column.name for column in Entry.__table__.c} == {*HASHED, "id", "hash"}


def test_a_fault_is_found_without_a_database() -> None:
    entry = dict.fromkeys(HASHED) | {"number": 1, "previous_hash": FIRST}
    entry["hash"] = digest(entry)
    assert fault_of(entry, Head()) is None
    assert fault_of({**entry, "tag": "x"}, Head()).sentence.startswith("Entry 1 has been changed")
