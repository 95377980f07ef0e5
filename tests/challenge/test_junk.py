"""Whatever is sent to the forms of the plan, of challenge days and of packs, nobody meets a fault of ours."""

import pytest

from tests.actions.some import an_action
from tests.challenge.some import a_day
from tests.factories.world import MANAGER, POLICE_LEAD, a_return

pytestmark = pytest.mark.database

LONG, EMOJI, CONTROL = "x" * 100_000, "🙂🏴‍☠️ \u202e", "a\x00b\x07"
DATES = [
    "31 2 2027",
    "1 1 1",
    "0 0 0000",
    "31 12 9999",
    "1 1 1900",
    "ongoing",
    "٣١ ٣ ٢٠٢٧",
    LONG,
    EMOJI,
    CONTROL,
]
NUMBERS = ["abc", "-1", "0", "99999999999999999999999", "1e5", "NaN", "²", LONG, CONTROL]
TEXTS = ["", " ", LONG, EMOJI, CONTROL, "<script>alert(1)</script>", "{{ 7 * 7 }}", "#panic(1)"]


def forms(world, day, action, police):
    """Every form of these rooms: where it goes, and fields that would do."""
    outcome = {
        "enquiry": "", "standard_key": "", "challenge": "Why?", "answer": "So.", "evidence_promised": "x",
        "agreed_level": "", "good_practice": "", "action_text": "Do it.", "action_outcome": "",
        "action_evidence_expected": "", "action_mechanism": "", "action_owner_name": "Asha Rahman",
        "action_owner_role": "Superintendent", "action_due_on": "31 3 2030",
    }  # fmt: skip
    return {
        f"/actions/{action}": {
            "version": "1", "status": "on_track", "text": "Half way.", "due_on": "31 3 2030", "reason": "x",
        },
        "/actions/new": {
            "place": "", "source": "audit", "source_title": "", "recommendation": "", "text": "Do it.",
            "outcome": "", "evidence_expected": "", "mechanism": "", "owner_name": "Asha Rahman",
            "owner_role": "Head", "due_on": "31 3 2030",
        },
        "/challenge/new": {"cycle": world.cycle, "title": "Day", "held_on": "31 3 2027", "place": ""},
        f"/challenge/{day}/change": {
            "title": "Day", "held_on": "31 3 2027", "place": "", "starts_at": "09:30", "link": "",
            "version": "",
        },
        f"/challenge/{day}/sessions": {
            "organisation": police, "questioner": "", "minutes": "20", "starts_at": "09:30",
        },
        f"/challenge/{day}/sessions/{police}": {"questioner": "", "minutes": "20", "place": "1"},
        f"/challenge/{day}/enquiries": {
            "about": police, "standard_key": "", "asked_by": "", "question": "Why?", "why": "",
        },
        f"/challenge/{day}/{police}": outcome,
        f"/packs/cycles/{world.cycle}": {"organisations": police},
    }  # fmt: skip


@pytest.fixture
def everything(world, app, browser):
    """A manager, signed in, and every form there is for them; the token goes with each."""
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    day, action = a_day(world, "Northshire Police"), an_action(world)
    browser.sign_in(MANAGER)
    page = browser.open(f"/challenge/{day}")
    police = page.href("Northshire Police").rsplit("/", 1)[-1]
    token = dict(page.form("/sign-out").fields)
    return {path: {**token, **fields} for path, fields in forms(world, day, action, police).items()}


def send(browser, path, data):
    answer = browser.client.post(path, data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code < 500, f"{path} answered {answer.status_code} to {str(data)[:300]}"
    return answer


@pytest.mark.parametrize("place", range(9))
def test_junk_in_any_field_is_refused_and_never_a_fault(everything, browser, place):
    path, good = list(everything.items())[place]
    for name in good.keys() - {"csrf_token", "typed_by"}:
        if path.startswith("/packs") and name != "organisations":
            continue
        for junk in {*TEXTS, *DATES, *NUMBERS, "234567892345", "../../etc/passwd"}:
            send(browser, path, {**good, name: junk})
        send(browser, path, {key: value for key, value in good.items() if key != name})
        send(browser, path, {**good, name: ["a", "b"]})


def test_a_form_with_nothing_in_it_is_answered_with_sentences(everything, browser):
    for path, good in everything.items():
        bare = {"csrf_token": good["csrf_token"]}
        # A session's form that names nothing changes nothing: every field keeps what it had.
        assert send(browser, path, bare).status_code in (303, 422), path


def test_addresses_that_name_nothing_lead_nowhere(everything, world, browser):
    day = next(path for path in everything if path.endswith("/change")).removesuffix("/change")
    token = {"csrf_token": everything["/actions/new"]["csrf_token"]}
    for path in ("/sessions/nobody", "/nobody", "/enquiries/nobody", "/sessions/nobody/remove"):
        assert send(browser, f"{day}{path}", token).status_code == 404
    for path in (
        "/actions/nobody",
        "/challenge/actions/nobody",
        "/challenge/cycles/nobody",
        "/packs/nobody/download",
    ):
        browser.open(path, status=404)
    # A session of another cycle's organisation does not exist on this day.
    browser.open(f"{day}/{world.school}", status=404)


@pytest.mark.parametrize(
    "query",
    [
        "page=99999999999999999999", "page=abc", "page=-5", "search=" + "%25_" * 200, "search=%F0%9F%99%82",
        "search=a%00b", "status=%00", "organisation=nobody", "source=1&status=2&organisation=3",
    ],
)  # fmt: skip
def test_an_address_of_the_plan_that_means_nothing_is_read_as_far_as_it_goes(everything, browser, query):
    browser.open(f"/actions/?{query}")
    browser.open(f"/actions/plan.csv?{query}")


def test_the_worst_junk_in_the_forms_of_planning_is_no_fault(everything, browser):
    """The worst of it only: these forms are many, and made of the same fields."""
    day = next(path for path in everything if path.endswith("/change")).removesuffix("/change")
    police = next(path for path in everything if "/sessions/" in path).rsplit("/", 1)[-1]
    token = {"csrf_token": everything["/actions/new"]["csrf_token"]}
    forms = {
        "/parts": {"part-title": "Break", "part-minutes": "15", "part-place": "1", "part-ref": ""},
        "/people": {
            "organisation": police, "name": "Asha Rahman", "role": "", "email": "", "part": "presents",
            "attendance": "coming", "note": "", "ref": "", "mark": "",
        },
        "/ties": {"one": police, "other": police, "why": "Near."},
        "/ties/withdraw": {"one": police, "other": police},
        "/rotation": {"version": ""},
        "/invitations": {f"mail-{police}": "x"},
        f"/sessions/{police}/move": {"direction": "up", "version": "1"},
    }  # fmt: skip
    for path, good in forms.items():
        for name in good:
            for junk in (LONG, CONTROL, EMOJI, "9" * 30):
                send(browser, f"{day}{path}", {**token, **good, name: junk})
        send(browser, f"{day}{path}", token)
