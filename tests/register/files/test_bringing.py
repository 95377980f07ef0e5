"""Bringing a register: what it would do, what it does, and that nothing else is done."""

import io
from collections.abc import Iterable

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import event, func, select

from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid, Stale
from s11.organisations import operations as organisations
from s11.organisations import queries as known
from s11.organisations.models import Organisation, Partnership
from s11.organisations.rules import Kind
from s11.register.files import applying, operations, queries
from s11.register.files.plan import Group, Plan
from s11.register.files.template import write_template
from s11.register.models import Contact, OrganisationEvent, RegisterFile
from s11.trail.models import Entry
from tests.factories.registers import (
    MULTI,
    a_school,
    a_setting,
    as_csv,
    early_years,
    gias,
)
from tests.factories.world import World

ALL = frozenset(Kind)


def board() -> Partnership:
    found = known.partnership_by_code("northshire")
    assert found is not None
    return found


def brought(data: bytes, name: str = "register.csv", **more: object) -> RegisterFile:
    return operations.bring(board(), io.BytesIO(data), name, **more)  # type: ignore[arg-type]


def plan_of(file: RegisterFile) -> Plan:
    return operations.plan_of(file, kinds=ALL)


def take(
    data: bytes, name: str = "register.csv", *, complete: bool = False, untick: Iterable[str] = ()
) -> dict[str, int]:
    """Bring a file, and apply it as it stands but for these boxes."""
    with unit_of_work():
        file = brought(data, name)
        operations.say_complete(file, complete)
        plan = plan_of(file)
        boxes = {box: on for line in plan.lines for box, on in line.boxes.items()}
        operations.tick(file, plan, boxes, [box for box, on in boxes.items() if on and box not in untick])
        operations.note_seen(file, plan_of(file))
        return applying.apply(file, kinds=ALL, by=None)


def names(plan: Plan, group: Group) -> list[str]:
    return [line.name for line in plan.of(group)]


def the(name: str) -> Organisation:
    found = known.by_name(name)
    assert found is not None, name
    return found


def events(organisation: Organisation) -> list[str]:
    query = select(OrganisationEvent.what).where(OrganisationEvent.organisation_id == organisation.id)
    return list(db.session.scalars(query.order_by(OrganisationEvent.id)))


HILL = a_school(100100, "Hill Primary School", HeadTitle="Mr", HeadFirst="Sam", HeadLast="Reed")
VALE = a_school(100101, "Vale School", TrustSchoolFlag=MULTI, Trusts="VALE TRUST")


@pytest.mark.database
def test_a_first_register_adds_what_is_new_and_finds_what_is_here_by_name(app: Flask, world: World) -> None:
    with app.app_context():
        before = the("Hill Primary School").id
        done = take(gias(HILL, VALE))
        hill, vale = the("Hill Primary School"), the("Vale School")
        assert done == {"added": 2, "changed": 1}  # Vale and its trust; Hill gets its facts
        assert (hill.id, hill.urn, hill.district, hill.pupils) == (before, "100100", "Northtown", 210)
        assert vale.parent is not None and (vale.parent.name, vale.parent.kind) == ("VALE TRUST", "trust")
        assert vale.seated_in == vale.parent.seated_in == {board().id}
        assert events(vale) == ["added"] and events(hill) == ["changed"]
        head = db.session.scalars(select(Contact).where(Contact.organisation_id == hill.id)).one()
        assert (head.name, head.role) == ("Mr Sam Reed", "head")
        event_ = db.session.scalars(select(OrganisationEvent).order_by(OrganisationEvent.id.desc())).first()
        assert event_ is not None and event_.source.startswith("National school register of ")


@pytest.mark.database
def test_the_same_file_again_changes_nothing(app: Flask, world: World) -> None:
    data = gias(HILL, VALE)
    with app.app_context():
        take(data)
        with unit_of_work():
            plan = plan_of(brought(data))
            assert not any(plan.of(group) for group in Group if group not in (Group.UNCHANGED, Group.LEFT))
            assert sorted(names(plan, Group.UNCHANGED)) == ["Hill Primary School", "Vale School"]


def test_a_school_changes_moves_closes_and_opens_again(app: Flask, world: World) -> None:
    other = VALE | {"Trusts (name)": "HARBOUR TRUST", "NumberOfPupils": "99"}
    closed = HILL | {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2026"}
    with app.app_context():
        take(gias(HILL, VALE))
        with unit_of_work():
            plan = plan_of(brought(gias(closed, other)))
            assert names(plan, Group.MOVED) == ["Vale School"] and names(plan, Group.CLOSED) == [
                HILL["EstablishmentName"]
            ]
            (moved,) = plan.of(Group.MOVED)
            told = {change.fact: (change.old, change.new) for change in moved.changes}
            assert told == {"parent": ("VALE TRUST", "HARBOUR TRUST"), "pupils": ("210", "99")}
            # It is asked in the world's open cycle for schools, and the line says so.
            assert "withdraw it there afterwards" in plan.of(Group.CLOSED)[0].asked[0]
        take(gias(closed, other))
        hill, vale = the("Hill Primary School"), the("Vale School")
        assert str(hill.closed_on) == "2026-08-31" and vale.parent is not None
        # The trust of the register is the one that is here, written in small letters.
        assert vale.parent.name == "Harbour Trust" and events(vale) == ["added", "moved", "changed"]
        assert take(gias(HILL, other)) == {"reopened": 1}
        assert the("Hill Primary School").closed_on is None
        assert events(hill) == ["changed", "closed", "reopened"]


def test_what_was_put_right_by_hand_is_kept_unless_ticked(app: Flask, world: World) -> None:
    moved = HILL | {"DistrictAdministrative (name)": "Southtown", "NumberOfPupils": "222"}
    with app.app_context():
        take(gias(HILL))
        with unit_of_work():
            hill = the("Hill Primary School")
            hill.district = "Eastham"
            db.session.add(
                OrganisationEvent(
                    organisation_id=hill.id, partnership_id=board().id, what="changed", on=hill.opened_on,
                    before={"district": "Northtown"}, after={"district": "Eastham"},
                    at=db.session.scalars(select(OrganisationEvent.at)).first(),
                )
            )  # fmt: skip
        with unit_of_work():
            (line,) = plan_of(brought(gias(moved))).of(Group.CHANGED)
            assert {change.fact: change.by_hand for change in line.changes} == {
                "district": True,
                "pupils": False,
            }
        take(gias(moved))
        hill = the("Hill Primary School")
        assert (hill.district, hill.pupils) == ("Eastham", 222)


def test_only_a_complete_file_closes_what_it_does_not_have(app: Flask, world: World) -> None:
    with app.app_context():
        take(gias(HILL, VALE))
        with unit_of_work():
            assert plan_of(brought(gias(VALE))).of(Group.MISSING) == []
        assert take(gias(VALE), complete=True) == {"missing": 1}
        assert the("Hill Primary School").closed_on is not None
        assert the("Northshire Police").closed_on is None  # a school register says nothing of the police


def test_a_row_with_a_fault_does_not_let_its_school_go_missing(app: Flask, world: World) -> None:
    with app.app_context():
        take(gias(HILL, VALE))
        with unit_of_work():
            file = brought(gias(HILL | {"OpenDate": "soon"}, VALE))
            operations.say_complete(file, True)
            plan = plan_of(file)
            assert names(plan, Group.LEFT) == ["Hill Primary School"] and plan.of(Group.MISSING) == []


def test_an_unticked_line_is_left(app: Flask, world: World) -> None:
    with app.app_context():
        assert take(gias(HILL, a_school(100105, "New School")), untick=["r3"]) == {"changed": 1}
        assert known.by_name("New School") is None


@pytest.mark.database
def test_nothing_is_applied_where_the_register_changed_since(app: Flask, world: World) -> None:
    with app.app_context():
        with unit_of_work():
            file = brought(gias(HILL, VALE))
            operations.note_seen(file, plan_of(file))
            ref = file.ref
        with unit_of_work():
            the("Hill Primary School").district = "Eastham"
        with unit_of_work():
            again = queries.by_ref(ref)
            assert again is not None
            with pytest.raises(Stale, match="Hill Primary School"):
                applying.apply(again, kinds=ALL, by=None)
        assert known.by_name("Vale School") is None


def test_nothing_is_applied_that_was_not_looked_at(app: Flask, world: World) -> None:
    with app.app_context(), pytest.raises(Stale), unit_of_work():
        applying.apply(brought(gias(HILL)), kinds=ALL, by=None)


def test_a_file_is_applied_once(app: Flask, world: World) -> None:
    with app.app_context():
        take(gias(HILL))
        with unit_of_work():
            file = db.session.scalars(select(RegisterFile)).one()
            assert file.rows == [] and "key" not in file.choices
            with pytest.raises(DomainError, match="applied or put aside"):
                applying.apply(file, kinds=ALL, by=None)


def test_a_school_of_another_table_is_neither_told_nor_taken(app: Flask, world: World) -> None:
    with app.app_context():
        with unit_of_work():
            elsewhere = organisations.found(code="elsewhere", name="Elsewhere")
            organisations.add(elsewhere, name="Secret School", kind="school", urn="100777")
        with unit_of_work():
            (line,) = plan_of(brought(gias(a_school(100777, "Our School")))).lines
            assert line.group == Group.LEFT and "another partnership’s table" in line.notes[0]
            assert "Secret" not in line.notes[0]


def test_an_academy_that_takes_over_is_new_and_points_to_the_school_before(app: Flask, world: World) -> None:
    after = a_school(100900, "Hill Academy", EstablishmentNumber="0100")
    closed = HILL | {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2026"}
    with app.app_context():
        take(gias(HILL))
        with unit_of_work():
            plan = plan_of(brought(gias(closed, after)))
            (line,) = plan.of(Group.ADDED)
            assert "Has the DfE number of Hill Primary School, which closes" in line.notes[0]


def test_a_new_name_that_is_like_an_old_one_is_pointed_out(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        plan = plan_of(brought(as_csv([["Name", "Kind"], ["Harbor Housing", "Housing association"]])))
        assert "Harbour Housing" in plan.of(Group.ADDED)[0].notes[0]


def test_a_new_school_whose_name_and_postcode_are_almost_there_is_pointed_out(
    app: Flask, world: World
) -> None:
    columns = ["Name", "Kind", "Phase", "URN", "Postcode"]
    with app.app_context():
        take(as_csv([columns, ["Harstow Primary School", "School", "Primary", "100501", "ZZ1 1AA"]]))
    with app.app_context(), unit_of_work():
        again = as_csv([columns, ["Harstow Primry School", "School", "Primary", "100502", "ZZ1 1AA"]])
        (line,) = plan_of(brought(again)).of(Group.ADDED)
        assert "Harstow Primary School" in line.notes[0]
        other = as_csv([columns, ["Harstow Primry School", "School", "Primary", "100502", "ZZ9 9ZZ"]])
        assert plan_of(brought(other)).of(Group.ADDED)[0].notes == ()


def test_an_early_years_list_adds_settings_and_childminders(app: Flask, world: World) -> None:
    minder = a_setting("EY200002", "Pat Minder", Provider_type="Childminder")
    with app.app_context():
        assert take(early_years(a_setting("EY200001", "Acorns"), minder)) == {"added": 2}
        assert (the("Acorns").kind, the("Acorns").ofsted_grade) == ("early_years", "Good")
        assert (the("Pat Minder").kind, the("Pat Minder").address) == ("childminder", "")


def test_what_goes_out_comes_back_without_a_change(app: Flask, world: World) -> None:
    """Also what a spreadsheet would run: it goes out quoted and comes back as it was."""
    with app.app_context():
        take(gias(HILL, VALE))
        with unit_of_work():
            the("Vale School").district = "+Northtown"
            db.session.add(
                Contact(
                    organisation_id=the("Vale School").id, partnership_id=board().id, role="lead",
                    name="Ann Lee", email="ann@vale.example", telephone="+44 1234 567890",
                    added_at=db.session.scalars(select(OrganisationEvent.at)).first(),
                )
            )  # fmt: skip
        out = write_template(queries.register_for(board().id))
        with unit_of_work():
            plan = plan_of(brought(out, "organisations.xlsx"))
            assert plan.counts()[Group.UNCHANGED] == 6 and plan.to_do() == {}
        book = openpyxl.load_workbook(io.BytesIO(out))
        sheet = book["Organisations"]
        titles = {cell.value: cell.column for cell in sheet[1]}
        for row in sheet.iter_rows(min_row=2):
            if row[0].value == "Vale School":
                sheet.cell(row[0].row, titles["District"]).value = "Westham"
                sheet.cell(row[0].row, titles["Safeguarding lead name"]).value = "Bo Day"
        changed = io.BytesIO()
        book.save(changed)
        assert take(changed.getvalue(), "organisations.xlsx") == {"changed": 1}
        assert the("Vale School").district == "Westham"
        leads = db.session.scalars(select(Contact).where(Contact.role == "lead").order_by(Contact.id)).all()
        assert [(one.name, one.ended_on is None) for one in leads] == [("Ann Lee", False), ("Bo Day", True)]


def test_a_parent_nobody_knows_is_named_and_a_circle_refused(app: Flask, world: World) -> None:
    rows = [["Name", "Kind", "Parent"], ["A Team", "Housing association", "Nowhere"], ["B", "Police", "b"]]
    with app.app_context(), unit_of_work():
        first, second = plan_of(brought(as_csv(rows))).lines
        assert "No organisation here is called “Nowhere”." in first.notes[0]
        assert "B cannot belong to itself." in second.notes[0]


def test_a_register_without_rows_of_the_authority_is_refused(app: Flask, world: World) -> None:
    with app.app_context(), pytest.raises(Invalid, match="no rows of “Westshire”"), unit_of_work():
        brought(gias(HILL), authorities=["Westshire"])


@pytest.mark.database
def test_six_hundred_rows_are_compared_and_applied_with_few_queries(app: Flask, world: World) -> None:
    data = gias(
        *(a_school(200000 + n, f"School Number {n}", Postcode=f"ZZ{n % 90} {n % 10}AB") for n in range(600))
    )
    with app.app_context():
        with unit_of_work():
            file = brought(data)
            counted: list[str] = []

            def note(*told: object) -> None:
                counted.append(str(told[2]))

            event.listen(db.engine, "before_cursor_execute", note)
            operations.note_seen(file, plan_of(file))
            asked = len(counted)
            applying.apply(file, kinds=ALL, by=None)
            event.remove(db.engine, "before_cursor_execute", note)
        assert asked <= 10, asked
        selects = [statement for statement in counted[asked:] if statement.startswith("SELECT")]
        assert len(selects) < 20, len(selects)
        assert db.session.scalar(select(func.count(Organisation.id))) == 600 + 4
        brought_in = select(func.count(Entry.id)).where(Entry.tag == "organisation:register:brought")
        assert db.session.scalar(brought_in) == 600


def test_forgotten_files_are_put_aside(app: Flask, world: World) -> None:
    with app.app_context():
        with unit_of_work():
            file = brought(gias(HILL))
            file.brought_at = file.brought_at.replace(year=file.brought_at.year - 1)
        assert operations.put_aside_forgotten() == "1 register file put aside"
        assert operations.put_aside_forgotten() == "0 register files put aside"
        assert db.session.scalars(select(RegisterFile)).one().rows == []
