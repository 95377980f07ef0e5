"""The telephone of somebody with a second factor: what it knows, and what it shows."""

import re

import pyotp

from s11.access.operations import factors
from s11.core import clock
from s11.core.database import unit_of_work
from s11.people import queries as people
from tests.factories.world import World
from tests.pages import Browser, Page

KEY = re.compile(r"((?:[a-z2-7]{4} ){7}[a-z2-7]{4})")
RECOVERY_CODE = re.compile(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b")


class Telephone:
    """An app that makes codes from a secret, by the clock of the test."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    @classmethod
    def told_by(cls, page: Page) -> "Telephone":
        """One that was told the key printed on the set-up page."""
        found = KEY.search(page.text)
        assert found, f"no key in {page.text[:500]}"
        return cls(found[1].replace(" ", "").upper())

    def code(self, *, steps: int = 0) -> str:
        """What it shows now, or so many times 30 seconds later."""
        return pyotp.TOTP(self.secret).at(clock.now(), counter_offset=steps)


def wrong(code: str) -> str:
    """Six digits that are not this code, nor one near to it in time."""
    return f"{(int(code) + 123_457) % 1_000_000:06d}"


def a_telephone(world: World, email: str) -> tuple[Telephone, list[str]]:
    """Turn on somebody's second factor; gives their telephone and their recovery codes.

    It was turned on with the code of the step before, so that a test may use the present one.
    """
    telephone = Telephone(factors.new_secret())
    with world.app.app_context(), unit_of_work():
        person = people.by_address(email)
        assert person is not None
        return telephone, factors.turn_on(person, telephone.secret, telephone.code(steps=-1))


def enter_code(browser: Browser, code: str, *, status: int = 302, **fields: object) -> Page:
    return browser.submit("/sign-in/code", code=code, status=status, **fields)
