"""An action of a challenge day is followed to its end.

Its owner says how it goes, moves its date and shows that it is done; the Board returns it once, accepts it
then, and closes it once it is known what it changed.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from s11.actions import queries
from s11.actions.rules import ActionDraft
from s11.challenge import operations as challenge
from s11.challenge import queries as days
from s11.core import clock
from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.people import queries as people
from tests.challenge.some import a_day
from tests.factories.world import MANAGER, POLICE_LEAD, World
from tests.journeys.conftest import sign_in, sound
from tests.journeys.test_challenge import sign_out, typed

pytestmark = pytest.mark.browser
PROMISE = "Sample twenty records each month."


def an_outcome(world: World) -> str:
    """What the scribe recorded on the day: a challenge, an answer, and the action that was agreed."""
    day = a_day(world, "Northshire Police")
    with world.app.app_context(), unit_of_work():
        outcome = challenge.record_outcome(
            days.by_ref(day),
            organisation=organisations.by_name("Northshire Police"),
            challenge="Who speaks to the child?",
            answer="The first officer at the door.",
            action=ActionDraft(
                text=PROMISE,
                owner_name="Pat Lead",
                owner_role="Head of Vulnerability",
                due_on=clock.today() + timedelta(days=30),
            ),
            by=people.by_address(MANAGER),
        )
        assert outcome.action is not None
        return outcome.action.ref


def say(page: Page, how: str, what: str) -> None:
    page.get_by_role("radio", name=how).check()
    page.get_by_label("What has been done, and what shows it?").fill(what)


def show_the_register(page: Page, folder: Path) -> None:
    """Complete is refused until a file shows it."""
    say(page, "Complete", "Twenty records sampled each month since June.")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing shows yet that this is complete")
    sound(page)
    page.get_by_role("link", name="Add what shows it").click()
    file = folder / "samples.txt"
    file.write_text("June: 20 of 20. July: 20 of 20.\n")
    page.get_by_label("Files", exact=True).set_input_files(file)
    page.get_by_role("radio", name="No", exact=True).check()
    sound(page)
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_text("1 file added.")).to_be_visible()
    say(page, "Complete", "Twenty records sampled each month since June.")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("heading", name="Waits for the Board")).to_be_visible()
    sound(page)


def decide(page: Page, verdict: str, reason: str) -> None:
    page.get_by_role("link", name="Look and decide").click()
    expect(page.get_by_role("link", name="samples.txt", exact=True)).to_be_visible()
    page.get_by_role("radio", name=verdict).check()
    page.get_by_label("What shows it, or what is missing?").fill(reason)
    sound(page)
    page.get_by_role("button", name="Save the verdict").click()


def months_pass(world: World, ref: str) -> None:
    """The Board accepted it three months ago, so that today it is asked what it changed."""
    with world.app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        assert action is not None and action.verified_at is not None and action.ask_on is not None
        action.verified_at -= action.ask_on - clock.today()
        action.ask_on = clock.today()


def test_an_action_of_a_challenge_day_is_followed_to_its_end(
    page: Page, world: World, tmp_path: Path
) -> None:
    ref = an_outcome(world)
    later = clock.today() + timedelta(days=60)

    sign_in(page, POLICE_LEAD)
    page.goto(f"/actions/{ref}")
    sound(page)
    say(page, "At risk", "The sampler has left.")
    page.get_by_text("Move the date").click()
    page.get_by_label("New completion date").fill(typed(later))
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why the completion date moves")
    page.get_by_label("Why does the date move?").fill("Her successor starts in May.")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_text("because: Her successor starts in May.")).to_be_visible()
    show_the_register(page, tmp_path)
    sign_out(page)

    sign_in(page, MANAGER)
    page.goto(f"/actions/{ref}")
    decide(page, "Something is missing: return it", "Was the child’s voice in them?")
    expect(page.get_by_text("Returned. The action is open again.")).to_be_visible()
    sign_out(page)

    sign_in(page, POLICE_LEAD)
    page.goto(f"/actions/{ref}")
    expect(page.get_by_text("Was the child’s voice in them?")).to_be_visible()
    say(page, "Complete", "In 38 of the 40 the child was seen and heard.")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_text("Your update has been saved.")).to_be_visible()
    sign_out(page)

    sign_in(page, MANAGER)
    page.goto(f"/actions/{ref}")
    decide(page, "It is shown: accept it", "The samples show it.")
    expect(page.get_by_role("heading", name="Accepted as complete")).to_be_visible()
    sign_out(page)
    months_pass(world, ref)

    sign_in(page, POLICE_LEAD)
    page.goto(f"/actions/{ref}")
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_role("radio", name="It made a difference, and we know how").check()
    page.get_by_label("What is different for children?").fill("Officers speak to the child alone.")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Say how you know")
    sound(page)
    page.get_by_label("How do you know?").fill("Ten children were asked in October.")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("Your answer is with the action. It is asked again on")).to_be_visible()
    sign_out(page)

    sign_in(page, MANAGER)
    page.goto(f"/actions/{ref}")
    expect(page.get_by_text("Ten children were asked in October.")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Close it").first.click()
    page.get_by_label("Why can it be closed?").fill("It lasts, and the samples go on.")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("The action is closed.")).to_be_visible()
    sound(page)
