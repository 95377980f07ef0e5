"""A contributor who was given one criterion answers that one, and nothing beside it, however they ask."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.people import queries as people
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.returns import operations, queries
from s11.returns.rules import StandardProgress
from s11.returns.shares import standing_of_part
from tests.factories.questionnaires import tiny
from tests.factories.world import POLICE_HELPER, POLICE_LEAD, World, a_cycle, a_return
from tests.pages import Browser
from tests.returns.test_colleagues import (
    another_contributor,
    given,
    ids,
    ref_of,
    signed_in,
    soon,
    stored,
    waiting_mail,
)

pytestmark = pytest.mark.database
TOM = "tom@police.example"
TODAY = clock.today()


def give_to(world: World, email: str, *numbers: str, due: int | None = None, note: str = "") -> None:
    """Give single criteria of the police's return."""
    with world.app.app_context(), unit_of_work():
        return_ = queries.by_ref(world.police)
        by_number = queries.edition_of(return_).by_number
        operations.give(
            return_,
            [],
            people.by_address(email),
            criteria=[by_number[number] for number in numbers],
            due_on=clock.today() + timedelta(days=due) if due is not None else None,
            note=note,
            by=people.by_address(POLICE_LEAD),
        )


@pytest.fixture
def tom(app: Flask, world: World) -> Browser:
    """Tom Training, who was given 2.1 and nothing else."""
    another_contributor(world)
    give_to(world, TOM, "2.1", due=4, note="Figures for 2.1, please.")
    return signed_in(app, TOM)


def test_one_criterion_is_answered_and_the_rest_of_its_standard_read(world: World, tom: Browser) -> None:
    one, other = ids(world)["2.1"], ids(world)["2.2"]
    page = tom.open(f"/returns/{world.police}/standards/2")
    names = [name for name, _ in page.form("/standards/2").fields]
    assert f"v{one}" in names and f"v{other}" not in names
    assert "You answer 2.1 here. The rest is answered by others" in page.text
    assert "Figures for 2.1, please." in page.text
    tom.submit("/standards/2", **{f"c{one}": "Tom's words.", f"r{one}": "green"}, go="stay")
    assert stored(world) == {"2.1": "Tom's words."}
    other_standard = tom.open(f"/returns/{world.police}/standards/1")
    assert not any(form.action.endswith("/standards/1") for form in other_standard.forms)


@pytest.mark.parametrize("part", ["v{}", "c{}", "r{}", "s{}", "g{}", "b{}-shown", "r{}-na-reason"])
def test_a_form_that_names_another_criterion_is_refused_whole(world: World, tom: Browser, part: str) -> None:
    one = ids(world)["2.1"]
    tom.open(f"/returns/{world.police}/standards/2")
    for number in ("2.2", "1.1"):
        crafted = {part.format(ids(world)[number]): "1", f"c{one}": "Typed with it."}
        page = tom.post(
            f"/returns/{world.police}/standards/2",
            tom.page.form("/standards/2").data(**crafted) if tom.page.forms else crafted,
            status=403,
        )
        assert "Only 2.1 of 2. Standard 2 was given to you, so nothing was saved." in page.text
        assert "Typed with it." in page.text
        tom.open(f"/returns/{world.police}/standards/2")
    assert stored(world) == {}


def test_evidence_actions_and_history_of_another_criterion_are_refused(
    app: Flask, world: World, tom: Browser
) -> None:
    a_return(app, world.police, "G A R R", by=POLICE_LEAD)
    base = f"/returns/{world.police}"
    page = tom.open(f"{base}/evidence/2.1")
    fields = page.form("/evidence/2.1").data(what="link", target="https://a.example", title="A policy")
    tom.post(f"{base}/evidence/2.1", fields)
    assert "A policy" in tom.page.text
    remove = next(form.action for form in tom.page.forms if "/remove/" in form.action)
    assert not any("/evidence/" in form.action for form in tom.open(f"{base}/evidence/2.2").forms)
    tom.post(f"{base}/evidence/2.2", fields, status=403)
    tom.post(remove.replace("/2.1/", "/2.2/"), fields, status=403)
    tom.post(f"{base}/evidence/2.2", {**fields, "what": "file", "file": (BytesIO(b"x"), "a.txt")}, status=403)
    tom.open(f"/actions/new?return={world.police}&criterion=2.1")
    tom.open(f"/actions/new?return={world.police}&criterion=2.2", status=403)
    history = tom.open(f"{base}/history/2.2")
    assert "Why 2.2 is R." in history.text and not any("/history/" in form.action for form in history.forms)
    tom.post(f"{base}/history/2.2", {**fields, "version": "1", "seen": "1"}, status=403)
    tom.post(f"{base}/presence", {**fields, "criterion": str(ids(world)["2.2"])}, status=403)
    with app.app_context():
        shown = queries.evidence(queries.by_ref(world.police).id)
        assert list(shown) == [ids(world)["2.1"]]


OF_STANDARD = """
fields:
- {code: in_all, label: Asked of the standard}
- {code: policy, label: The policy, kind: file}
"""
OF_CRITERION = """
fields:
- {{code: figure_{0}, label: The figure}}
- {{code: proof_{0}, label: The proof, kind: file}}
"""


@pytest.fixture
def with_fields(app: Flask, world: World) -> tuple[str, dict[str, str]]:
    """A return whose standard and criteria ask for fields, of which Tom was given 1.1; ids by name."""
    another_contributor(world)
    extra = {f"1.{place}": OF_CRITERION.format(place) for place in (1, 2)}
    text = tiny(1, 2, code="FIELDS-2026", framework="F", of_standards={"1": OF_STANDARD}, extra=extra)
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        police = organisations.by_name("Northshire Police")
        load(read(text, "fields.yaml"))
        _, (return_,) = a_cycle(board, "FIELDS-2026", "FIELDS-2026", [police])
        standard = queries.standards_of(return_)[0]
        mine, other = standard.criteria
        operations.give(return_, [], people.by_address(TOM), criteria=[mine], by=None)
        names = {"standard": standard, "mine": mine, "other": other}
        places = {
            f"{name} {field.kind}": f"{field.id}-{one.id}"
            for name, one in names.items()
            for field in one.fields
        }
        return return_.ref, places


def test_fields_go_with_what_was_given(app: Flask, with_fields: tuple[str, dict[str, str]]) -> None:
    """Those of the standard as a whole go with the whole, those of a criterion with that one."""
    ref, places = with_fields
    tom = signed_in(app, TOM)
    page = tom.open(f"/returns/{ref}/standards/1")
    shown = {name for name, _ in page.form("/standards/1").fields if name.startswith("fv")}
    assert shown == {f"fv{places['mine text']}"}
    good = {f"fv{places['mine text']}": "0", f"f{places['mine text']}": "42", "go": "stay"}
    for name in ("standard text", "other text"):
        crafted = {f"fv{places[name]}": "0", f"f{places[name]}": "Not mine."}
        page = tom.post(
            f"/returns/{ref}/standards/1", page.form("/standards/1").data(**good, **crafted), status=403
        )
        page = tom.open(f"/returns/{ref}/standards/1")
    assert entered(app, ref) == []
    tom.submit("/standards/1", **good)
    assert entered(app, ref) == ["42"]


def test_files_in_fields_go_with_what_was_given(app: Flask, with_fields: tuple[str, dict[str, str]]) -> None:
    ref, places = with_fields
    tom = signed_in(app, TOM)
    for name, status in (("standard file", 403), ("other file", 403), ("mine file", 302)):
        field, _, subject = places[name].partition("-")
        path = f"/returns/{ref}/fields/{field}/{subject}/file"
        page = tom.open(path)
        assert (status == 403) is not any(form.action.endswith("/file") for form in page.forms)
        token = dict(page.forms[0].fields)["csrf_token"]
        file = (BytesIO(b"What it says."), "a.txt")
        tom.post(path, {"csrf_token": token, "what": "file", "file": file}, status=status)
    assert len(entered(app, ref)) == 1


def entered(app: Flask, ref: str) -> list[object]:
    with app.app_context():
        return [one.value for one in queries.field_answers(queries.by_ref(ref).id).values()]


def test_what_is_given_by_the_criterion_is_taken_back_by_it(app: Flask, world: World, tom: Browser) -> None:
    one = ids(world)["2.1"]
    tom.open(f"/returns/{world.police}/standards/2")
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, TOM)}")
    assert "2.1" in page.text and "Figures for 2.1, please." in page.text
    form = page.form("/q2.1")
    lead.submit("/q2.1", **{"sq2.1-note": "And the rota."})
    assert "Saved for 2.1." in lead.page.text
    page = lead.post(f"{form.action}/take-back", form.data())
    assert "Tom Training no longer answers 2.1. What they wrote is kept." in page.text
    page = tom.submit("/standards/2", **{f"c{one}": "Typed meanwhile."}, status=403)
    assert "Typed meanwhile." in page.text and stored(world) == {}


def test_a_lead_gives_criteria_and_is_told_what_is_given_twice(
    app: Flask, world: World, tom: Browser
) -> None:
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/colleagues/give?criterion=2.2")
    assert "Given to Tom Training already" in page.text and "Given to Helen Helper already" in page.text
    page = lead.submit("/give", person=ref_of(world, TOM), standards=["1"], criteria=["q2.1", "q2.2", "q1.1"])
    assert "Tom Training now answers 1 standard and 1 criterion more." in page.text
    assert "2.1, 1.1: Tom Training has this already" in page.text
    assert "1: somebody else was given this too. Both can answer it." in page.text
    told = [body for address, _, body in waiting_mail(world) if address == TOM][-1]
    assert "1. Standard 1\n2.2 " in told
    assert "Tom Training, 2.1 not started" in page.text


def test_a_standard_takes_the_place_of_single_criteria(app: Flask, world: World, tom: Browser) -> None:
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/give?standard=2")
    lead.submit("/give", person=ref_of(world, TOM), note="All of it now.")
    assert ("Tom Training", "2", "All of it now.") in given(world) and len(given(world)) == 2
    lead.open(f"/returns/{world.police}/colleagues/give?criterion=2.1")
    page = lead.submit("/give", person=ref_of(world, TOM))
    assert "Tom Training has these already. Nothing was changed." in page.text
    tom.open(f"/returns/{world.police}/standards/2")
    tom.submit("/standards/2", **{f"c{ids(world)['2.2']}": "Now mine."}, go="stay")
    assert stored(world) == {"2.2": "Now mine."}


def test_home_and_task_list_show_a_single_criterion_first(app: Flask, world: World, tom: Browser) -> None:
    page = tom.open("/home")
    assert "0 of 1 of your questions answered." in page.text and "in 4 days" in page.text
    page = tom.open(f"/returns/{world.police}")
    assert page.text.index("Yours") < page.text.index("2.1 ") < page.text.index("Answered by others")
    assert "Figures for 2.1, please." in page.text and "in 2. Standard 2, answer by" in page.text
    assert page.href("2.1 ").endswith("/standards/2#q2.1")
    assert "2. Standard 2" in page.text[page.text.index("Answered by others") :]


def test_a_contributor_finishes_and_the_lead_sees_it_and_asks_again(
    app: Flask, world: World, tom: Browser
) -> None:
    page = tom.open(f"/returns/{world.police}")
    assert "2.1 still lacks something." in page.text
    page = tom.submit("/part/finish")
    assert "You have said that your part is finished." in page.text
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/colleagues")
    assert "Tom Training Finished, 0 of 1 answered 2.1" in page.text
    page = lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, TOM)}")
    form = page.form("/q2.1")
    page = lead.post(f"{form.action}/ask-again", form.data())
    assert "Tom Training is asked to look again at 2.1." in page.text and "Not started" in page.text
    subjects = [subject for address, subject, _ in waiting_mail(world) if address == TOM]
    assert subjects[-1] == "Please look again at your part of Cycle TINY-2026"
    tom.open(f"/returns/{world.police}")
    tom.submit("/part/finish")
    assert "Your part is yours to answer again." in tom.submit("/part/take-up").text
    with app.app_context():
        assert [a.finished_at for a in queries.assignments(queries.by_ref(world.police).id)] == [None, None]


def test_the_overview_says_who_saved_last_and_who_is_late(app: Flask, world: World, tom: Browser) -> None:
    one = ids(world)["2.1"]
    tom.open(f"/returns/{world.police}/standards/2")
    tom.submit("/standards/2", **{f"r{one}": "green", f"c{one}": "Half of it."}, go="stay")
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/colleagues")
    assert "Tom Training Answered 2.1 – " in page.text and "Nothing yet" in page.text
    assert "Remind" not in page.text
    lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, POLICE_HELPER)}")
    lead.submit("/1", **{"s1-due_on": soon(2)})
    with clock.pretend(clock.now() + timedelta(days=5)):
        later = signed_in(app, POLICE_LEAD)
        page = later.open(f"/returns/{world.police}/colleagues")
        assert "Helen Helper Late, 0 of 2 answered" in page.text
        assert "Remind Helen Helper, who is late" in page.text
        page = later.submit("/remind-late")
        assert "Reminders are on their way to Helen Helper." in page.text
        assert "Helen Helper was reminded today already." in later.submit("/remind-late").text
    reminded = [address for address, subject, _ in waiting_mail(world) if subject.startswith("Reminder")]
    assert reminded == [POLICE_HELPER]


def test_nobody_is_reminded_when_nobody_is_late(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    token = dict(lead.open("/home").forms[0].fields)["csrf_token"]
    page = lead.post(f"/returns/{world.police}/colleagues/remind-late", {"csrf_token": token}, status=409)
    assert "Nobody is late just now." in page.text


def test_a_lead_invites_somebody_for_one_criterion(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/invite?criterion=1.2")
    page = lead.submit("/invite", name="Nell New", email="nell@police.example")
    assert "The invitation is on its way to Nell New." in page.text
    assert "Nell New, 1.2 not started (invited, has not joined yet)" in page.text


def test_the_trail_names_criteria(app: Flask, world: World, tom: Browser) -> None:
    tom.open(f"/returns/{world.police}")
    tom.submit("/part/finish")
    text = signed_in(app, POLICE_LEAD).open(f"/returns/{world.police}/trail").text
    assert "gave Tom Training to answer criterion 2.1" in text
    assert "finished their part: criterion 2.1" in text


@pytest.mark.parametrize(
    ("done", "finished", "days", "label", "late"),
    [
        (0, False, None, "Not started", False),
        (2, False, 3, "2 of 4 answered", False),
        (2, False, 0, "2 of 4 answered", False),
        (2, False, -1, "Late, 2 of 4 answered", True),
        (4, False, -1, "All answered", False),
        (4, True, -1, "Finished", False),
        (2, True, -1, "Finished, 2 of 4 answered", False),
    ],
)
def test_how_a_part_stands_in_words(
    done: int, finished: bool, days: int | None, label: str, late: bool
) -> None:
    part = StandardProgress(None, done=done, asked=4)  # type: ignore[arg-type]
    due_on = TODAY + timedelta(days=days) if days is not None else None
    standing = standing_of_part(part, finished=finished, due_on=due_on, today=TODAY)
    assert (standing.label, standing.is_late) == (label, late)
