"""Whatever anybody types is text everywhere: on every page, in every file, in every log."""

import io
import logging
import re

import pytest
from flask import Flask
from sqlalchemy import select, text

from s11.core.database import db, unit_of_work
from s11.evidence.models import Document, Revision
from s11.people import queries as people
from s11.returns.models import Answer
from tests.factories.world import CHAIR, DSL, HOUSING_LEAD, MANAGER, MODERATOR, POLICE_LEAD, World
from tests.pages import PASSWORD, Browser, Form, Page
from tests.security.crawl import crawl, in_hand

# A formula, a tag, an attribute's end, a template and a script's end, in what fits the shortest field.
HOSTILE = "=1+1\"'><img src=x onerror=alert(1)><svg/onload=alert(2)></script>{{7919*7907}}"
LIVE = re.compile(r"<img src=x|<svg/onload|</script>\{\{", re.IGNORECASE)
EVALUATED = str(7919 * 7907)
# What a form may say beside words: refs, choices and tokens are left as they are.
KEPT = re.compile(
    r"csrf_token|version|^v\d+$|typed_by|place|status|source|mechanism|what|kind|email|_on$|day|date"
)


def hostile(form: Form) -> dict[str, object]:
    """A form with the hostile text wherever it took words."""
    data = form.data()
    return {
        name: value
        if KEPT.search(name) or (value and re.fullmatch(r"[a-z0-9_.]{1,40}", str(value)))
        else HOSTILE
        for name, value in data.items()
    }


def fill_everything(app: Flask, email: str) -> int:
    """Send every form that somebody can reach, once, with hostile words; gives how many were taken."""
    browser, sent, taken = in_hand(app, email), set(), 0
    for path, answer in crawl(browser).items():
        if answer.mimetype != "text/html":
            continue
        for form in Page(answer.get_data(as_text=True)).forms:
            action = form.action or path
            if (
                form.method != "post"
                or action in sent
                or re.search("sign-out|password|sign-ins|/end|places", action)
            ):
                continue
            sent.add(action)
            # Each page anew: a form sent before may have changed the versions on it.
            page = browser.client.get(path).get_data(as_text=True)
            fresh = [one for one in Page(page).forms if (one.action or path) == action]
            if not fresh:
                continue
            reply = browser.client.post(
                action, data=hostile(fresh[0]), headers={"Sec-Fetch-Site": "same-origin"}
            )
            assert reply.status_code < 500, f"{action} answered {reply.status_code}"
            inert(reply.get_data(as_text=True), action)
            taken += reply.status_code in (302, 303)
    return taken


def inert(html: str, where: str) -> None:
    found = LIVE.search(html)
    assert not found, f"{where} holds {found and html[found.start() - 200 : found.end() + 50]!r}"
    assert EVALUATED not in html, f"{where} evaluated a template"


@pytest.fixture
def stained(app: Flask, full_world: World) -> World:
    """A world in which people wrote hostile words wherever they could, names and titles among them."""
    for email in (DSL, HOUSING_LEAD, MANAGER, CHAIR, MODERATOR):
        fill_everything(app, email)
    with app.app_context(), unit_of_work():
        for answer in db.session.scalars(select(Answer)):
            answer.commentary, answer.version = HOSTILE, answer.version + 1
        for document in db.session.scalars(select(Document)):
            document.title = document.target = HOSTILE
        for revision in db.session.scalars(select(Revision)):
            revision.file_name = HOSTILE
        for email in (MANAGER, POLICE_LEAD, DSL):
            person = people.by_address(email)
            assert person is not None
            person.name = HOSTILE
            for membership in person.memberships:
                membership.job_title = HOSTILE
    return full_world


def test_words_are_inert_on_every_page_and_formulas_in_every_file(app: Flask, stained: World) -> None:
    shown, sheets = 0, 0
    for email in (MANAGER, CHAIR, MODERATOR, POLICE_LEAD, DSL, HOUSING_LEAD):
        for path, answer in crawl(in_hand(app, email)).items():
            body = (
                answer.get_data(as_text=True)
                if answer.mimetype.startswith(("text/html", "image/svg"))
                else ""
            )
            inert(body, path)
            shown += "onerror=alert(1)" in body
            if answer.mimetype == "text/csv" and "/files/" not in path:
                sheets += 1
                sheet = answer.get_data(as_text=True)
                assert not re.search(r'(^|,|\n)"?[=@]', sheet), f"a formula in {path}"
    assert shown > 40, "the words were hardly shown anywhere, so little was tried"
    assert sheets >= 3


def test_logs_hold_nothing_that_was_typed(app: Flask, world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    words, forged = "Canary words about a child", "x\r\nERROR s11: forged line"
    browser = Browser(app)
    browser.open("/sign-in")
    browser.submit("/sign-in", email=forged, password="Canary password 1", status=422)
    browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD)
    browser.open(f"/returns/{world.police}/standards/1")
    form = browser.page.form("/standards/1")
    field = next(name for name, _ in form.fields if re.fullmatch(r"c\d+", name))
    browser.client.post(
        form.action, data=form.data(**{field: words}), headers={"Sec-Fetch-Site": "same-origin"}
    )
    browser.open(f"/returns/{world.police}/evidence/1.1")
    page = browser.page.form("/evidence/1.1")
    token = page.data()["csrf_token"]
    browser.client.post(page.action, data=page.data(what="file", file=(io.BytesIO(b"MZ"), "Canary-file.exe")))
    browser.client.get(f"/nothing/{forged}")
    with app.app_context():
        db.session.connection().exec_driver_sql("SELECT 1")

    def broken(*_: object, **__: object) -> None:
        db.session.add(Document(organisation_id=None, kind="file", title=words, added_by_name=words))
        db.session.flush()

    app.view_functions["home.help"] = broken
    assert browser.client.get("/help").status_code == 409

    def misread(*_: object, **__: object) -> None:
        db.session.execute(text("SELECT :words, :thing"), {"words": words, "thing": object()})

    app.view_functions["home.help"] = misread
    assert browser.client.get("/help").status_code == 500
    cookie = browser.client.get_cookie("s11")
    assert cookie is not None and "fault, reference" in caplog.text
    for secret in (words, "Canary", PASSWORD, str(token), cookie.value, "\nERROR s11: forged"):
        assert secret not in caplog.text, f"the log holds {secret[:20]!r}"
