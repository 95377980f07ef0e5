"""Planning a day on the screen: the hub, the rotation, who comes, and inviting them."""

import pytest

from s11.challenge import queries
from s11.core.database import unit_of_work
from tests.challenge.some import a_day
from tests.challenge.test_views import followed
from tests.factories.world import CHAIR, MANAGER, MODERATOR, POLICE_LEAD

pytestmark = pytest.mark.database


@pytest.fixture
def path(world):
    return f"/challenge/{a_day(world, 'Northshire Police', 'Harbour Housing')}"


def refs(app, path):
    """The refs of the sessions of a day, in their order, and of their organisations."""
    with app.app_context():
        found = queries.sessions(queries.by_ref(path.rsplit("/", 1)[-1]).id)
        return [one.ref for one in found], [one.organisation.ref for one in found if one.organisation]


def test_the_page_of_a_day_says_what_is_ready_and_what_is_missing(world, browser, path):
    browser.sign_in(MANAGER)
    text = browser.open(path).text
    for words in (
        "Date and place Ready",
        "Sessions 2 sessions, 09:30 to 10:10. Ready",
        "Who questions whom The chair questions Northshire Police and Harbour Housing. 0 of 2",
        "Who comes Nobody of Northshire Police and Harbour Housing. 2 missing",
        "Invitations Enter first who comes. Not sent",
        "Lines of enquiry No question is prepared yet. Missing",
        "Packs None is built yet. Missing",
        "names no challenge day",
    ):
        assert words in text


def test_a_break_is_put_in_and_moved_and_a_part_without_a_name_is_refused_as_typed(app, world, browser, path):
    browser.sign_in(CHAIR)
    browser.open(path)
    parts = f"{path}/parts"
    page = browser.submit(parts, status=422, **{"part-title": " ", "part-minutes": "15", "part-place": "2"})
    assert (
        "Enter what this part of the day is" in page.text and page.form(parts).data()["part-minutes"] == "15"
    )
    page = browser.submit(parts, **{"part-title": "Break"})
    assert "“Break” is on the agenda, from 09:50." in page.text and "10:05 to 10:25" in page.text
    sessions, _ = refs(app, path)
    page = browser.submit(f"{path}/sessions/{sessions[1]}/move", direction="up")
    assert "Break is now at 09:30." in page.text
    # The page before shows an older plan by now.
    page = browser.submit(f"{path}/sessions/{sessions[1]}/move", direction="down", version="1")
    assert "Somebody changed the plan" in page.text and "Break 09:30 to 09:45" in page.text
    assert "09:30 to 09:45 Break 15 minutes" in browser.open(f"{path}/agenda").text


def test_the_rotation_is_looked_at_and_a_choice_that_will_not_do_is_refused_at_its_field(
    app, world, browser, path
):
    (first, second), (police, housing) = refs(app, path)
    browser.sign_in(MANAGER)
    page = browser.open(f"{path}/rotation")
    form = page.form("/rotation").data()
    assert (form[f"asks-{first}"], form[f"asks-{second}"]) == (housing, police)
    assert "Harbour Housing did not ask at an earlier day." in page.text
    page = browser.submit("/rotation", status=422, **{f"asks-{first}": police})
    assert "does not question itself" in page.text and f'href="#asks-{first}"' in browser.response.text
    assert page.form("/rotation").data()[f"asks-{first}"] == police
    page = browser.submit("/rotation", **{f"asks-{first}": housing})
    assert "2 sessions changed" in page.text
    assert "Northshire Police 09:30 to 09:50 Harbour Housing" in page.text


def test_a_tie_is_declared_seen_and_withdrawn(app, world, browser, path):
    _, (police, housing) = refs(app, path)
    browser.sign_in(MANAGER)
    browser.open(f"{path}/ties")
    page = browser.submit("/ties", status=422, one=police, other=housing, why=" ")
    assert "Say why they are not to question each other" in page.text
    page = browser.submit("/ties", why="Police commission the shelter.")
    assert "Police and Harbour Housing Police commission the shelter. Mary Manager" in page.text.replace(
        "Northshire Police and", "Police and"
    )
    browser.open(f"{path}/rotation")
    assert (
        "Nobody may question Northshire Police: Harbour Housing may not. The chair asks." in browser.page.text
    )
    browser.open(f"{path}/ties")
    assert "No tie is declared" in browser.submit("/withdraw").text


def test_somebody_who_saves_an_older_plan_sees_both_and_can_save_theirs(app, world, browser, path):
    browser.sign_in(MANAGER)
    browser.open(f"{path}/change")
    with app.app_context(), unit_of_work():
        day = queries.by_ref(path.rsplit("/", 1)[-1])
        day.title, day.version = "Renamed meanwhile", day.version + 1
    page = browser.submit(
        "/change", status=412, place="Town Hall", link="https://meet.example/x", shares_packs="y"
    )
    assert "Now: Renamed meanwhile" in page.text and page.form("/change").data()["place"] == "Town Hall"
    page = browser.submit("/change")
    assert "Town Hall" in page.text and page.href("Join from afar") == "https://meet.example/x"
    with app.app_context():
        assert queries.by_ref(path.rsplit("/", 1)[-1]).shares_packs


def test_people_are_taken_over_ticked_off_and_a_slip_in_an_address_is_asked_about(app, world, browser, path):
    browser.sign_in(CHAIR)
    browser.open(f"{path}/people")
    page = browser.submit("/take")
    assert "5 people taken over" in page.text and "Nobody comes for" not in page.text
    page = browser.submit("/people", status=422, name="Asha Rahman", email="asha@fire.gov.ku", part="listens")
    assert "Did you mean asha@fire.gov.uk?" in page.text
    page = browser.submit("/people", sure="y")
    assert "Asha Rahman is on the list." in page.text
    browser.open(f"{path}/people?show=day")
    mark = next(form.action for form in browser.page.forms if form.action.endswith("/mark"))
    page = browser.submit(mark, attendance="present")
    assert "1 present, 3 without an answer" in page.text and "Who is here" in page.text
    browser.open(browser.page.href("Pat Lead"))
    page = browser.submit("/substitute", status=422, **{"instead-name": ""})
    assert "Enter the name of who comes instead" in page.text
    page = browser.submit("/substitute", **{"instead-name": "Sol Stand-In"})
    assert "Sol Stand-In comes in place of Pat Lead" in page.text
    # The chair plans, and mail is sent by the office.
    browser.open(f"{path}/invitations", status=403)


def test_the_office_looks_at_every_mail_sends_it_and_is_told_who_has_an_older_time(app, world, browser, path):
    browser.sign_in(MANAGER)
    browser.open(f"{path}/people")
    browser.submit("/take")
    page = browser.open(f"{path}/invitations")
    assert "5 people to invite" in page.text and "Northshire Police presents from 09:30 to 09:50" in page.text
    page = browser.submit("/invitations")
    assert "5 mails are on the way." in page.text and "5 people know the plan as it is now" in page.text
    browser.open(f"{path}/change")
    page = browser.submit("/change", starts_at="13:00")
    assert "Invitations 5 people have an older time. Plan changed" in page.text
    page = browser.open(page.href("Invitations"))
    assert "5 people have an older time" in page.text and ", 09:30." in page.text
    browser.submit("/invitations")
    assert "Invitations 5 invited. Sent" in browser.open(path).text
    person = browser.open(browser.open(f"{path}/people").href("Pat Lead"))
    page = browser.open(person.href("Take Pat Lead off the list"))
    assert "You need not come: Challenge day" in page.text
    assert "a mail is on its way" in browser.submit("/remove", act="tell").text


def test_a_cycle_with_several_days_leads_to_their_list(world, browser, path):
    second = a_day(world)
    browser.sign_in(MANAGER)
    page = followed(browser, f"/challenge/cycles/{world.cycle}")
    assert "The days of Cycle TINY-2026" in page.text
    shown = browser.response.text
    assert path in shown and f"/challenge/{second}" in shown


def test_a_moderator_reads_the_agenda_and_no_list_of_people(world, browser, path):
    browser.sign_in(MODERATOR)
    assert "09:50 to 10:10 Harbour Housing The chair" in browser.open(f"{path}/agenda").text
    assert "What is ready" not in browser.open(path).text
    for page in ("people", "rotation", "ties", "invitations"):
        browser.open(f"{path}/{page}", status=403)
    browser.sign_out()
    browser.sign_in(POLICE_LEAD)
    browser.open(f"{path}/agenda", status=404)
