"""What a page that saves itself is told, and what is kept when the machine cannot."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from s11.core.database import db
from s11.returns import queries
from s11.returns.models import AnswerVersion
from tests.factories.audit import an_audit_of
from tests.factories.questionnaires import tiny
from tests.factories.world import POLICE_DEPUTY, POLICE_HELPER, POLICE_LEAD, World
from tests.pages import Browser


def numbers(app: Flask, ref: str) -> dict[str, int]:
    with app.app_context():
        return {c.number: c.id for s in queries.standards_of(queries.by_ref(ref)) for c in s.criteria}


class Page:
    """An open standard's page: it sends one answer as the script does, and remembers the version."""

    def __init__(self, app: Flask, world: World, who: str) -> None:
        self.browser, self.place = Browser(app), f"/returns/{world.police}/standards/1"
        self.browser.sign_in(who)
        self.form = self.browser.open(self.place).form("/standards/1").data()
        self.criterion = numbers(app, world.police)["1.1"]
        self.version = "0"

    def save(self, *, status: int = 200, **boxes: str) -> dict:
        said = {name.replace("_", str(self.criterion)): value for name, value in boxes.items()}
        sent = {name: self.form[name] for name in ("csrf_token", "typed_by")} | said
        answer = self.browser.client.post(
            self.place,
            data={f"v{self.criterion}": self.version, **sent},
            headers={"Accept": "application/json", "Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status_code == status, answer.text
        told: dict = json.loads(answer.text)
        if "answers" in told:
            self.version = str(told["answers"][str(self.criterion)]["version"])
        return told


def test_it_is_told_what_stands_now_and_when_it_was_saved(app: Flask, world: World) -> None:
    page = Page(app, world, POLICE_LEAD)
    told = page.save(r_="green", c_="Because.")
    state = told["answers"][str(page.criterion)]
    assert state["version"] == 1 and state["boxes"][f"c{page.criterion}"] == "Because."
    assert state["boxes"][f"r{page.criterion}"] == "green" and told["answered"] == 1
    assert len(told["saved"]) == 5 and told["clashes"] == []
    assert page.save(r_="green", c_="Because.")["answers"][str(page.criterion)]["version"] == 1


def test_a_colleagues_other_part_comes_back_and_the_same_part_clashes(app: Flask, world: World) -> None:
    lead, deputy = Page(app, world, POLICE_LEAD), Page(app, world, POLICE_DEPUTY)
    lead.save(r_="red", c_="")
    told = deputy.save(r_="", c_="Mine.")
    assert told["answers"][str(deputy.criterion)]["boxes"][f"r{deputy.criterion}"] == "red"
    told = lead.save(r_="red", c_="Theirs.", status=412)
    (clash,) = told["clashes"]
    assert clash["name"] == "Des Deputy" and clash["parts"][0]["theirs"] == "Mine."
    assert clash["parts"][0]["box"] == f"c{lead.criterion}"


def test_a_refusal_is_a_sentence_and_nothing_is_kept(app: Flask, world: World) -> None:
    page = Page(app, world, POLICE_LEAD)
    told = page.save(c_="x" * 10_001, status=422)
    assert "Shorten it to 10,000" in told["error"]
    page.browser.sign_out()
    assert "sign in again" in page.save(c_="Too late.", status=401)["error"]
    assert kept(app, world) == ""


def test_words_are_not_saved_under_another_name(app: Flask, world: World) -> None:
    lead, helper = Page(app, world, POLICE_LEAD), Page(app, world, POLICE_HELPER)
    lead.form["typed_by"] = helper.form["typed_by"]
    assert "written by somebody else" in lead.save(c_="Not mine.", status=409)["error"]
    assert kept(app, world) == ""


def kept(app: Flask, world: World) -> str:
    with app.app_context():
        return_ = queries.by_ref(world.police)
        answer = queries.answer_of(return_.id, numbers(app, world.police)["1.1"])
        return answer.commentary if answer else ""


@pytest.fixture
def full_disk(app: Flask) -> Iterator[list[bool]]:
    """A database that may not grow while the list holds True: SQLite says so as it does on a full disk."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL has its own disk")
        engine = db.engine
    full = [False]

    def bound(connection: object) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()  # type: ignore[attr-defined]
        most = pages if full[0] else 1_000_000
        connection.exec_driver_sql(f"PRAGMA max_page_count={most}")  # type: ignore[attr-defined]

    event.listen(engine, "begin", bound)
    yield full
    event.remove(engine, "begin", bound)


def test_on_a_full_disk_nothing_is_half_written_and_the_words_are_given_back(
    app: Flask, world: World, full_disk: list[bool]
) -> None:
    page = Page(app, world, POLICE_LEAD)
    page.save(c_="Before.")
    full_disk[0] = True
    told = page.save(c_="Many words. " * 800, status=503)
    assert told["error"]
    form = page.browser.open(page.place).form("/standards/1").data()
    assert page.browser.post(
        page.place, {**form, f"c{page.criterion}": "Words again. " * 700}, status=503
    ).text.count("Words again.")
    assert kept(app, world) == "Before."
    with app.app_context():
        assert db.session.query(AnswerVersion).count() == 1
    full_disk[0] = False
    page.save(c_="Many words. " * 800)
    assert kept(app, world) == ("Many words. " * 800).rstrip()


def test_what_is_asked_about_the_whole_return_is_saved_the_same_way(app: Flask, world: World) -> None:
    asked = "fields:\n- {code: staff, label: Members of staff, kind: number}\n"
    ref = an_audit_of(world, tiny(1, 1, code="ABOUT-2026", framework="ABOUT") + asked)
    browser = Browser(app)
    browser.sign_in(POLICE_LEAD)
    form = browser.open(f"/returns/{ref}/about").form("/about").data()
    name = next(name for name in form if name.startswith("fv"))

    def save(words: str, status: int) -> dict:
        sent = {**form, name.replace("fv", "f"): words}
        answer = browser.client.post(
            f"/returns/{ref}/about",
            data=sent,
            headers={"Accept": "application/json", "Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status_code == status, answer.text
        told: dict = json.loads(answer.text)
        form.update(told["fields"])
        return told

    assert save("many", 422)["faults"] == {name: "Enter a number in figures, for example 12 or 12.5."}
    assert save("12", 200)["fields"][name].startswith("1.")
    assert save("13", 200)["fields"][name].startswith("2.")
