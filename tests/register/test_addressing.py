"""To whom letters and reminders go."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.organisations import operations as organisations
from s11.organisations import queries
from s11.organisations.models import Organisation
from s11.register.queries import addressees
from tests.factories.world import POLICE_DEPUTY, POLICE_LEAD, POLICE_SIGNATORY, World
from tests.register.some import a_contact, board, place

pytestmark = pytest.mark.database


def quiet() -> Organisation:
    """An organisation of the partnership in which nobody has an account."""
    return queries.by_name("Quiet Probation") or organisations.add(
        board(), name="Quiet Probation", kind="probation"
    )


def told(name: str) -> list[tuple[str, str, bool]]:
    found = addressees([place(name).id], board().id)[place(name).id]
    return [(one.role, one.name, one.has_account) for one in found]


def test_leads_with_an_account_come_first_and_a_contact_who_is_lead_stands_behind_them_unwritten(
    app: Flask, world: World
) -> None:
    with app.app_context(), unit_of_work():
        police = place("Police")
        a_contact(police, "lead", "Laura Listed", "laura@police.example")
        a_contact(police, "senior", "Sam Senior", "sam@police.example")
        a_contact(police, "office", "Front Desk", "desk@police.example")
        assert told("Police") == [
            ("lead", "Pat Lead", True),
            ("substitute", "Des Deputy", True),
            ("senior", "Sam Senior", False),
        ]


def test_without_a_lead_who_has_an_account_the_contacts_are_written_to(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        probation = quiet()
        lead = a_contact(
            probation, "lead", "Laura Listed", "laura@prob.example", job_title="Director of care"
        )
        a_contact(probation, "substitute", "Stan Dinn", "stan@prob.example", substitute_for_id=lead.id)
        a_contact(probation, "head", "Hetty Head", "hetty@prob.example")
        a_contact(probation, "chair", "Chris Chair", "chris@prob.example")
        assert told("Quiet Probation") == [
            ("lead", "Laura Listed", False),
            ("substitute", "Stan Dinn", False),
            ("head", "Hetty Head", False),
            ("chair", "Chris Chair", False),
        ]
        first = addressees([probation.id], board().id)[probation.id][0]
        assert (first.contact_id, first.person_id, first.job_title) == (lead.id, None, "Director of care")


def test_each_address_is_written_to_once_and_under_the_first_of_its_roles(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        police = place("Police")
        a_contact(police, "substitute", "Pat Lead", POLICE_LEAD.upper())
        a_contact(police, "senior", "Des Deputy", POLICE_DEPUTY)
        a_contact(police, "senior", "Zoe Second", "zoe@police.example")
        assert [name for _, name, _ in told("Police")] == ["Pat Lead", "Des Deputy", "Zoe Second"]


def test_a_senior_contact_with_an_account_in_the_organisation_is_known_by_it(
    app: Flask, world: World
) -> None:
    with app.app_context(), unit_of_work():
        a_contact(place("Police"), "senior", "Sig Natory", POLICE_SIGNATORY)
        assert ("senior", "Sig Natory", True) in told("Police")


def test_contacts_who_ended_have_no_address_or_are_another_partnerships_are_left_out(
    app: Flask, world: World
) -> None:
    with app.app_context(), unit_of_work():
        probation = quiet()
        today = clock.today()
        a_contact(probation, "lead", "Ended Today", "ended@prob.example", ended_on=today)
        a_contact(probation, "lead", "No Address")
        a_contact(probation, "lead", "Of Another", "other@prob.example", of=board("elsewhere"))
        a_contact(probation, "lead", "Leaves Later", "later@prob.example", ended_on=today + timedelta(days=1))
        assert told("Quiet Probation") == [("lead", "Leaves Later", False)]


def test_who_has_nobody_is_in_the_answer_with_nobody(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        assert addressees([quiet().id], board().id) == {quiet().id: []}


def test_six_hundred_organisations_take_two_queries(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        added = [
            organisations.add(board(), name=f"Setting {number}", kind="early_years") for number in range(600)
        ]
        for one in added:
            a_contact(one, "lead", f"Lead of {one.name}", f"lead{one.id}@settings.example")
        ids, partnership = [one.id for one in added], board().id
        db.session.flush()
        asked: list[str] = []

        def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            found = addressees(ids, partnership)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        assert len(asked) == 2
        assert len(found) == 600 and all(len(one) == 1 for one in found.values())
