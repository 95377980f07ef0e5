"""Fields that the register fills first: shown to be checked, and no answer before somebody has saved them."""

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.questionnaires.format import Faults, read
from s11.questionnaires.operations import load
from s11.returns import queries
from tests.factories.audit import an_audit_of
from tests.factories.questionnaires import headed, tiny
from tests.factories.world import POLICE_LEAD, World, a_cycle
from tests.pages import Browser

pytestmark = pytest.mark.database
CHECK_IT = "From the register: check it."


def a_profile(fields: str) -> str:
    return headed(tiny(1, 1, code="AUDIT-2026", framework="AUDIT"), f"fields:\n{fields}")


def a_return_with(world: World, fields: str, **of_police: object) -> str:
    """A return of the police that asks these; `of_police` is what the register says of them."""
    with world.app.app_context(), unit_of_work():
        organisation = queries.by_ref(world.police).organisation
        for name, value in of_police.items():
            setattr(organisation, name, value)
    return an_audit_of(world, a_profile(fields))


PUPILS = "- {code: pupils, label: Pupils on roll, kind: number, required: true, prefill: pupils}"


def values(app: Flask, ref: str) -> list[object]:
    with app.app_context():
        return list(queries.values_in(queries.by_ref(ref)).values())


def test_the_register_fills_it_and_saving_the_page_makes_it_an_answer(browser: Browser, world: World) -> None:
    ref = a_return_with(world, PUPILS, pupils=412)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{ref}/about")
    assert CHECK_IT in page.text and ("412" in dict(page.form("/about").fields).values())
    assert values(world.app, ref) == [], "looking is not saving"
    assert "Fill in “Pupils on roll”" in browser.open(f"/returns/{ref}/check").text
    browser.open(f"/returns/{ref}/about")
    browser.submit("/about")
    assert values(world.app, ref) == [412]
    assert (
        "Pupils on roll" not in browser.open(f"/returns/{ref}/check").text.split("About the whole return")[0]
    )
    assert CHECK_IT not in browser.open(f"/returns/{ref}/about").text


def test_what_was_put_right_is_kept_and_the_register_stays_out_of_it(browser: Browser, world: World) -> None:
    ref = a_return_with(world, PUPILS, pupils=412)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{ref}/about")
    (name,) = [n for n, value in page.form("/about").fields if value == "412"]
    browser.submit("/about", **{name: "398"})
    page = browser.open(f"/returns/{ref}/about")
    assert dict(page.form("/about").fields)[name] == "398" and CHECK_IT not in page.text
    browser.submit("/about", **{name: ""})
    page = browser.open(f"/returns/{ref}/about")
    assert dict(page.form("/about").fields)[name] == "", "what somebody emptied stays empty"


def test_what_was_typed_and_refused_stands_before_the_register(browser: Browser, world: World) -> None:
    ref = a_return_with(world, PUPILS, pupils=412)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{ref}/about")
    (name,) = [n for n, value in page.form("/about").fields if value == "412"]
    page = browser.submit("/about", status=422, **{name: "about 400"})
    assert dict(page.form("/about").fields)[name] == "about 400" and CHECK_IT not in page.text


def test_people_trust_and_phase_come_from_where_they_stand(app: Flask, world: World) -> None:
    ask = "\n".join(
        f"- {{code: {name}, label: {name}, prefill: {name.replace('-', '_')}}}"
        for name in ("head", "chair", "trust", "phase", "name", "urn", "ofsted-grade")
    )
    with app.app_context(), unit_of_work():
        school = queries.by_ref(world.school)
        load(read(a_profile(ask), "audit.yaml"))
        _, (asked,) = a_cycle(school.cycle.partnership, "AUDIT-2026", "AUDIT-2026", [school.organisation])
        fields = queries.fields_of(asked)
        found, codes = queries.from_register(asked, fields), {field.id: field.code for field in fields}
        known = {codes[of]: value for of, value in found.items()}
    assert known == {
        "head": "Hetty Head",
        "chair": "Gus Governor",
        "trust": "Harbour Trust",
        "phase": "Primary",
        "name": "Hill Primary School",
    }, "what the register does not know is left empty"


def test_a_choice_is_filled_only_with_one_of_its_options(browser: Browser, world: World) -> None:
    field = "- {{code: d, label: District, kind: choice, options: [{}], prefill: district}}"
    ref = a_return_with(world, field.format("North, South"), district="South")
    browser.sign_in(POLICE_LEAD)
    assert CHECK_IT in browser.open(f"/returns/{ref}/about").text


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("{code: a, label: A, prefill: postcode}", "Unknown entry of the register"),
        ("{code: a, label: A, kind: date, prefill: name}", "The register holds nothing else"),
        ("{code: a, label: A, kind: number, prefill: head}", "head is no number"),
    ],
)
def test_a_file_that_asks_the_register_for_what_it_has_not_is_refused(field: str, sentence: str) -> None:
    with pytest.raises(Faults, match=sentence):
        read(a_profile(f"- {field}"), "audit.yaml")


@pytest.mark.parametrize("where", ["each_criterion", "each_standard"])
def test_only_what_is_asked_of_the_whole_return_is_filled(where: str) -> None:
    text = headed(tiny(1, 1), f"{where}:\n- {{code: a, label: A, prefill: name}}")
    with pytest.raises(Faults, match="only what is asked of the whole return"):
        read(text, "audit.yaml")
