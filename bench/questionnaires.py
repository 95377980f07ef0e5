"""What a questionnaire costs as it grows: checked, loaded, read, shown, built. Ratios within one run.

    .venv/bin/python bench/questionnaires.py [--tries 20]

Everything is set against a small questionnaire of 2 criteria on the same machine in the same run. What grows
with the number of criteria should grow no faster than they do, and reading should take as many queries.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from s11 import create_app
from s11.core.config import Settings
from s11.core.database import db, unit_of_work
from s11.organisations import operations as organisations
from s11.people import operations as people
from s11.people.rules import Role
from s11.questionnaires import operations, queries
from s11.questionnaires.editing import Why, criteria
from s11.questionnaires.format import QuestionnaireFile, read
from s11.questionnaires.operations import Edit

SMALL, LARGE, HUGE = 2, 68, 500
READER, PASSWORD = "reader@bench.example", "four quiet unrelated words"

HEAD = """\
format: 1
framework: {{code: BENCH-{count}, title: Bench}}
edition: {{code: BENCH-{count}, year: 2026, title: Bench of {count}}}
declaration: This is a fair account.
sign_off:
- {{step: lead, label: Lead}}
scale:
  code: rag
  levels:
  - {{code: green, label: Green, letter: G, order: 3, colour: green, meaning: In place.}}
  - {{code: amber, label: Amber, letter: A, order: 2, colour: amber, meaning: Partly in place.}}
  - {{code: red, label: Red, letter: R, order: 1, colour: red, meaning: Not in place.}}
not_applicable: {{allowed: true}}
each_criterion:
- {{code: deadline, label: Deadline, kind: date}}
standards:
"""
CRITERION = """\
  - number: "{number}"
    key: criterion-{place}
    text: Something that has to be so, and can be seen to be so by whoever looks.
    guidance: Think of the last time it was not so, and of what you did.
    evidence:
    - Minutes of the last three meetings
    descriptors:
      green: It is so for every child, and it was checked.
      amber: It is so for most.
      red: It is not so.
    resources:
    - "[Guidance](https://www.gov.uk/)"
    {waits}variants:
    - only_if: kind == 'childminder'
      text: Something that has to be so where you work.
"""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tries", type=int, default=20, help="how often each is tried")
    tries = asked.parse_args().tries
    with tempfile.TemporaryDirectory() as folder:
        app = prepared(Path(folder))
        for name, count, doing in (
            ("check", HUGE, check),
            ("load", LARGE, load),
            ("read", LARGE, read_edition),
            ("show", LARGE, show),
            ("build: the glance", LARGE, glance),
            ("build: one criterion changed", LARGE, change),
        ):
            small, large = (median(seconds(doing(app, size), tries)) for size in (SMALL, count))
            print(
                f"{name}: {count} criteria {large * 1000:.1f} ms, {SMALL} {small * 1000:.1f} ms (median of "
                f"{tries}): {large / small:.1f} times as long for {count / SMALL:.0f} times as many"
            )
        few, many = statements(app, SMALL), statements(app, LARGE)
        print(f"queries to read: {few} for {SMALL} criteria, {many} for {LARGE}")
    return 0


def questionnaire(count: int) -> str:
    """A questionnaire of so many criteria, ten to a standard; every fifth waits for the one before."""
    text = HEAD.format(count=count)
    for place in range(count):
        standard, within = divmod(place, 10)
        if within == 0:
            text += (
                f'- number: "{standard + 1}"\n  key: standard-{standard}\n  title: Standard\n  criteria:\n'
            )
        waits = f"only_if: rating('criterion-{place - 1}') == 'red'\n    " if place % 5 == 4 else ""
        text += CRITERION.format(number=f"{standard + 1}.{within + 1}", place=place, waits=waits)
    return text


def prepared(folder: Path) -> Flask:
    """An application with the two editions loaded, and somebody who may read them."""
    app = create_app(Settings(data=folder, base_url="http://localhost"))
    with app.app_context():
        upgrade()
        with unit_of_work():
            partnership = organisations.found(code="bench", name="Bench Partnership")
            person = people.add(name="Reader", email=READER, password=PASSWORD)
            people.give_role(person, Role.OFFICE, at=partnership)
            for count in (SMALL, LARGE):
                edition = operations.load(read(questionnaire(count))).edition
                code = f"DRAFT-{count}"
                operations.clone(
                    edition, code=code, year=2027, title="Next year", by=person, owner=partnership
                )
    return app


def check(app: Flask, count: int) -> Callable[[], object]:
    text = questionnaire(count)
    return lambda: read(text)


def load(app: Flask, count: int) -> Callable[[], object]:
    """Over the draft that is there, and taken back."""
    file = read(questionnaire(count).replace("a fair account", "an account"))

    def loading() -> None:
        with app.app_context():
            assert operations.load(file).changed
            db.session.rollback()

    return loading


def read_edition(app: Flask, count: int) -> Callable[[], object]:
    def reading() -> None:
        with app.app_context():
            edition = queries.edition_by_code(f"BENCH-{count}")
            assert edition is not None and len(queries.content(edition).criteria) == count

    return reading


def show(app: Flask, count: int) -> Callable[[], object]:
    return opening(app, f"/questionnaires/BENCH-{count}")


def glance(app: Flask, count: int) -> Callable[[], object]:
    """The page on which a draft is built."""
    return opening(app, f"/questionnaires/DRAFT-{count}/build")


def change(app: Flask, count: int) -> Callable[[], object]:
    """One criterion worded anew, checked and written with its whole draft, and taken back."""

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        parts, why = {"text": "Something else has to be so."}, Why("A review asked for it.", "review")
        return criteria.change(file, "criterion-1", parts, why=why, earlier=earlier)

    def changing() -> None:
        with app.app_context():
            draft = queries.edition_by_code(f"DRAFT-{count}")
            assert draft is not None
            operations.edit(draft, Edit("questionnaire:criterion:changed", apply), by=None)
            db.session.rollback()

    return changing


def opening(app: Flask, address: str) -> Callable[[], object]:
    """A page opened by somebody who is signed in."""
    client = app.test_client()
    page = client.get("/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    fields = {"email": READER, "password": PASSWORD, "csrf_token": token}
    client.post("/sign-in", data=fields, headers={"Sec-Fetch-Site": "same-origin"})

    def once() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status

    return once


def seconds(doing: Callable[[], object], tries: int) -> list[float]:
    """How long each try took; the first, which loads what is loaded once, is left out."""
    taken = []
    for _ in range(tries + 1):
        began = perf_counter()
        doing()
        taken.append(perf_counter() - began)
    return taken[1:]


def statements(app: Flask, count: int) -> int:
    """How many SQL statements reading an edition takes."""
    said = 0

    def heard(*about: object) -> None:
        nonlocal said
        said += 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", heard)
        read_edition(app, count)()
        event.remove(db.engine, "before_cursor_execute", heard)
    return said


if __name__ == "__main__":
    sys.exit(main())
