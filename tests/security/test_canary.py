"""Nobody comes to see a word that is not theirs: everything that can be reached is read, as everybody.

The matrix reads every answer to every route for such words; here the links are followed from page to page,
and what leaves the service by other ways is read: mails, and what commands print.
"""

import re
from html import unescape
from urllib.parse import urldefrag

import pytest
from sqlalchemy import select

from s11.core.database import db
from s11.notices.models import Notice
from tests.security.conftest import DriverAt
from tests.security.crawl import Ways
from tests.security.matrix.canary import leaks, marks_in, may_see, text_of
from tests.security.matrix.drive import Driver
from tests.security.matrix.world import ACTORS, ELSEWHERE, FIRE_LEAD, LEAD, MANAGER, mark

PEOPLE = sorted({email for actors in ACTORS.values() for email, _ in actors if email})
MOST = 900
HREF = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
LEAVES = re.compile(r"^(https?:|mailto:|#)|^/static/")


def crawl(driver: Driver, email: str) -> dict[str, str]:
    """The text of everything somebody can open, by its address."""
    waiting: list[str] = ["/home"]
    read: dict[str, str] = {}
    ways = Ways()
    while waiting and len(read) < MOST:
        path = waiting.pop(0)
        if path in read or ways.are_enough(path):
            continue
        answer = driver.open(path, email)
        read[path] = text_of(answer.body, answer.kind)
        if answer.kind == "text/html":
            links = [urldefrag(unescape(href)).url for href in HREF.findall(read[path])]
            waiting += [href for href in links if href and not LEAVES.search(href) and href not in read]
        elif answer.location.startswith("/"):
            waiting.append(urldefrag(answer.location).url)
    return read


# While returns are open one of each kind is enough: those of the Board open the same pages then.
WHILE_OPEN = [
    MANAGER, ELSEWHERE, FIRE_LEAD, LEAD, "conflicted@board.example", "early@board.example",
    "lead@housing.example", "administrator@host.example", "past@board.example",
]  # fmt: skip
READERS = [("S", email) for email in PEOPLE] + [("O", email) for email in WHILE_OPEN]


@pytest.mark.parametrize(("stage", "email"), READERS)
def test_nothing_that_can_be_reached_shows_a_word_of_others(
    driver_at: DriverAt, email: str, stage: str
) -> None:
    driver = driver_at(stage)
    pages = crawl(driver, email)
    driver.restore()
    found = {path: leaks(text, email, stage) for path, text in pages.items()}
    shown = {path: marks for path, marks in found.items() if marks}
    assert not shown, f"{email} is shown what is not theirs while returns are {stage}: {shown}"
    assert len(pages) < MOST, "The crawl came to no end."


def test_the_crawl_reads_what_there_is_to_read(driver_at: DriverAt) -> None:
    """It would prove nothing if it saw nothing: what people may see, it finds."""
    driver = driver_at("S")
    manager = set().union(*(marks_in(text) for text in crawl(driver, MANAGER).values()))
    for kind in (
        "name",
        "answer",
        "note",
        "file",
        "moderation",
        "asked",
        "answered",
        "day",
        "enquiry",
        "action",
    ):
        assert mark("police", kind) in manager, kind
    assert mark("besidepolice", "answer") in manager
    lead = set().union(*(marks_in(text) for text in crawl(driver, LEAD).values()))
    assert {mark("police", kind) for kind in ("answer", "note", "file", "later", "remark", "action")} <= lead
    driver.restore()


def test_the_rule_of_the_canary_knows_right_from_wrong() -> None:
    assert may_see(mark("police", "answer"), LEAD, "O")
    assert not may_see(mark("police", "answer"), MANAGER, "O")
    assert may_see(mark("police", "answer"), MANAGER, "S")
    assert not may_see(mark("police", "later"), MANAGER, "C")
    assert not may_see(mark("police", "name"), FIRE_LEAD, "S")
    assert not may_see(mark("fire", "answer"), MANAGER, "S")
    assert may_see(mark("police", "remark"), LEAD, "S")
    assert not may_see(mark("police", "remark"), MANAGER, "C")
    assert not may_see(mark("police", "remark"), FIRE_LEAD, "S")
    assert may_see(mark("fire", "answer"), ELSEWHERE, "S")
    assert not may_see(mark("police", "moderation"), LEAD, "S")
    assert not may_see(mark("police", "moderation"), "conflicted@board.example", "S")
    assert not may_see(mark("police", "answer"), "education@board.example", "S")


def test_no_mail_holds_what_somebody_wrote(driver_at: DriverAt) -> None:
    driver = driver_at("S")
    with driver.app.app_context():
        letters = [f"{one.subject} {one.body}" for one in db.session.scalars(select(Notice))]
    assert len(letters) > 10
    told = {found for letter in letters for found in marks_in(letter)}
    assert {found for found in told if not found.endswith("namezq")} == set()


@pytest.mark.parametrize(
    "command",
    [
        "actions list --partnership elsewhere --format csv",
        "analysis ratings --cycle S11-2026-fire --format csv",
        "analysis summary --cycle S11-2026-fire --by organisation --format csv",
        "trail export --format csv --partnership elsewhere",
    ],
)
def test_what_a_command_prints_for_one_partnership_is_of_that_one(driver_at: DriverAt, command: str) -> None:
    printed = run(driver_at("S"), command)
    assert printed.strip()
    assert {found for found in marks_in(printed) if not may_see(found, ELSEWHERE, "S")} == set()


def test_a_command_prints_no_rating_of_a_return_that_is_open(driver_at: DriverAt) -> None:
    printed = run(driver_at("O"), "analysis ratings --cycle S11-2026-police --format csv")
    assert mark("housing", "name") in printed and mark("police", "name") not in printed


def run(driver: Driver, command: str) -> str:
    result = driver.app.test_cli_runner().invoke(args=command.split())
    assert result.exit_code == 0, result.output
    return result.stdout
