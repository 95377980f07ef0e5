"""A real server and a real browser, for one person's task from sign-in to result."""

import os
import shutil
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.pages import PASSWORD

# A busy machine is no fault of the page.
expect.set_options(timeout=20_000)

# How often, in seconds, a server looks whether it should stop.
SOON = 0.02
CHROMIUM = (
    os.environ.get("S11_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
)
# Chromium refuses its sandbox to root, and would look for updates and Google's hosts by itself.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What axe is asked for, and what another width can change of it.
FAULTS = {"resultTypes": ["violations"]}
OF_A_WIDTH = FAULTS | {
    "runOnly": ["target-size", "scrollable-region-focusable", "link-name", "button-name", "label", "region"]
}
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 740}}
# Windows of journeys that are made on a desktop, too.
made_again: set[BrowserContext] = set()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip(
            "No Chromium on this machine: install the package “chromium” to run the browser journeys."
        )
    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, *(["--no-sandbox"] if root else [])]
        )
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The application behind a real server on a free port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(params=sorted(SIZES))
def context(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser window at desktop and at phone width; a fault in the page's console fails the test."""
    opened = chromium.new_context(viewport=SIZES[request.param], base_url=address)
    opened.set_default_timeout(30_000)
    at_one_width = any("context" in mark.args[0] for mark in request.node.iter_markers("parametrize"))
    if request.param == "phone" and not at_one_width:
        made_again.add(opened)
    yield opened
    made_again.discard(opened)
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield opened
    assert not faults, faults


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Hello").wait_for()


def sound(page: Page) -> None:
    """The page has no fault axe can see, and does not scroll sideways. Where a journey is made on a desktop,
    too, axe is asked on the telephone only for what another width can change."""
    page.wait_for_load_state()  # a link was followed, perhaps, and nothing is there yet
    found = Axe().run(page, options=OF_A_WIDTH if page.context in made_again else FAULTS)
    named = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found.response["violations"]]
    assert not named, f"{page.url}: {named}"
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{page.url} scrolls sideways by {over} pixels"
