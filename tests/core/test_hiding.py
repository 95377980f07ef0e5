"""Secrets in the database: unreadable there, and read still after the service's key was changed."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from pydantic import SecretStr

from s11.core import clock
from s11.core.hiding import Unreadable, hide, hide_anew, reveal


def change_key(app: Flask, new: str, *, keep: str = "") -> None:
    app.config["SECRET_KEY"] = new
    app.config["S11"] = app.config["S11"].model_copy(update={"old_secret_keys": SecretStr(keep)})


def test_what_is_hidden_is_revealed_and_never_looks_alike(app: Flask) -> None:
    with app.app_context():
        first, second = hide("JBSWY3DP"), hide("JBSWY3DP")
        assert first != second and "JBSWY3DP" not in first
        assert reveal(first) == reveal(second) == "JBSWY3DP"


def test_what_was_changed_or_is_too_old_is_not_revealed(app: Flask) -> None:
    with app.app_context():
        hidden = hide("JBSWY3DP")
        with pytest.raises(Unreadable):
            reveal(hidden[:-6] + ("A" if hidden[-6] != "A" else "B") + hidden[-5:])
        with time_machine.travel(clock.now() + timedelta(seconds=61)), pytest.raises(Unreadable):
            reveal(hidden, within_seconds=60)


def test_older_keys_reveal_and_the_present_one_hides_anew(app: Flask) -> None:
    with app.app_context():
        change_key(app, "the first key of this test")
        hidden = hide("JBSWY3DP")
        change_key(app, "the second key of this test", keep="one before, the first key of this test")
        assert reveal(hidden) == "JBSWY3DP"
        anew = hide_anew(hidden)
        change_key(app, "the second key of this test")
        assert reveal(anew) == "JBSWY3DP"
        with pytest.raises(Unreadable):
            reveal(hidden)
