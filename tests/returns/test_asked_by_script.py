"""The page behind a personal link saves itself too, and tells its holder no names."""

import json

from flask import Flask

from tests.factories.world import POLICE_LEAD, World
from tests.pages import Browser
from tests.returns.test_asked import ask, ids, opened, stored


def save(browser: Browser, form: dict[str, object], *, status: int, **boxes: object) -> dict:
    answer = browser.client.post(
        "/asked",
        data={**form, **boxes},
        headers={"Accept": "application/json", "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == status, answer.text
    told: dict = json.loads(answer.text)
    return told


def test_the_page_saves_itself_and_names_nobody(app: Flask, world: World) -> None:
    browser, criterion = opened(app, ask(world)), ids(world)["1.1"]
    form = browser.open("/asked").form("/asked").data()
    told = save(browser, form, status=200, **{f"c{criterion}": "From HR."})
    assert told["answers"][str(criterion)]["by"] == "Jo Ashworth, by personal link"
    lead = Browser(app)
    lead.sign_in(POLICE_LEAD)
    lead.open(f"/returns/{world.police}/standards/1")
    lead.submit("/standards/1", go="stay", **{f"c{criterion}": "From the lead."})
    form[f"v{criterion}"] = "1"
    told = save(browser, form, status=412, **{f"c{criterion}": "From HR, with figures."})
    assert told["clashes"][0]["name"] == "A colleague"
    assert told["clashes"][0]["parts"][0]["theirs"] == "From the lead."
    assert "Pat Lead" not in json.dumps(told) and stored(world)["1.1"][0] == "From the lead."


def test_a_link_that_is_over_is_said_in_a_sentence(app: Flask, world: World) -> None:
    browser = opened(app, ask(world))
    form = browser.open("/asked").form("/asked").data()
    browser.client.delete_cookie("s11")
    told = save(browser, form, status=401, **{f"c{ids(world)['1.1']}": "Too late."})
    assert "Open the link in your mail again" in told["error"]
