"""Here people sign in by the page for it: that page is what the tests are about."""

import pytest

from tests.pages import Browser


@pytest.fixture(autouse=True)
def by_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Browser, "by_the_page", True)
