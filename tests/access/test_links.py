"""Links sent by mail: good once, for a time, for one purpose."""

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from s11.access.models import Link
from s11.access.operations import links
from s11.access.rules import Purpose
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError
from s11.people import queries as people
from s11.people.models import Person
from tests.factories.world import MANAGER, POLICE_LEAD, World

pytestmark = pytest.mark.database
DAY = timedelta(days=1)


def pat() -> Person:
    person = people.by_address(POLICE_LEAD)
    assert person is not None
    return person


@pytest.fixture
def token(app: Flask, world: World) -> str:
    with app.app_context(), unit_of_work():
        return links.make(Purpose.RESET, pat(), lasts=DAY)


def is_good(app: Flask, token: str, purpose: Purpose = Purpose.RESET) -> bool:
    with app.app_context():
        return links.open_link(token, purpose) is not None


def test_a_token_has_256_bits_and_only_its_digest_is_kept(app: Flask, token: str) -> None:
    assert len(token) == 43  # 32 bytes in base 64
    with app.app_context():
        link = db.session.scalars(select(Link)).one()
        assert token not in {str(value) for value in vars(link).values()} and len(link.token_hash) == 64


def test_a_link_is_good_for_its_purpose_and_time_only(app: Flask, token: str) -> None:
    assert is_good(app, token) and is_good(app, token)  # opening uses nothing up
    assert not is_good(app, token, Purpose.INVITATION)
    assert not is_good(app, token + "x") and not is_good(app, "")
    with time_machine.travel(clock.now() + DAY - timedelta(minutes=1)):
        assert is_good(app, token)
    with time_machine.travel(clock.now() + DAY + timedelta(seconds=1)):
        assert not is_good(app, token)


def test_a_link_of_somebody_who_may_not_sign_in_is_not_good(app: Flask, token: str) -> None:
    with app.app_context(), unit_of_work():
        pat().active = False
    assert not is_good(app, token)


def test_a_link_is_used_once(app: Flask, token: str) -> None:
    with app.app_context(), unit_of_work():
        link = links.open_link(token, Purpose.RESET)
        assert link is not None
        links.use(link)
        with pytest.raises(DomainError, match="used or taken back"):
            links.use(link)
    assert not is_good(app, token)


def test_a_link_taken_back_is_not_good(app: Flask, token: str) -> None:
    with app.app_context(), unit_of_work():
        link = links.open_link(token, Purpose.RESET)
        assert link is not None
        links.withdraw(link)
        with pytest.raises(DomainError):
            links.use(link)
    assert not is_good(app, token)


def test_a_new_link_takes_the_place_of_the_one_before(app: Flask, token: str) -> None:
    with app.app_context(), unit_of_work():
        other = links.make(Purpose.RESET, people.by_address(MANAGER), lasts=DAY)
        invitation = links.make(Purpose.INVITATION, pat(), lasts=DAY)
    assert is_good(app, token)
    with app.app_context(), unit_of_work():
        new = links.make(Purpose.RESET, pat(), lasts=DAY)
    assert not is_good(app, token)
    assert is_good(app, new) and is_good(app, other) and is_good(app, invitation, Purpose.INVITATION)


def test_invitations_to_two_roles_stand_beside_each_other(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        one, two = pat().memberships[0], people.by_address(MANAGER).memberships[0]
        first = links.make(Purpose.INVITATION, pat(), lasts=DAY, membership=one, by=pat(), name="P. Lead")
        second = links.make(Purpose.INVITATION, pat(), lasts=DAY, membership=two)
        again = links.make(Purpose.INVITATION, pat(), lasts=DAY, membership=one)
        made = db.session.scalars(select(Link).order_by(Link.id)).first()
        assert (made.name, made.made_by_name, made.membership_id) == ("P. Lead", "Pat Lead", one.id)
    assert not is_good(app, first, Purpose.INVITATION)
    assert is_good(app, second, Purpose.INVITATION) and is_good(app, again, Purpose.INVITATION)


def test_of_two_who_use_a_link_at_once_one_wins(app: Flask, token: str) -> None:
    won: list[bool] = []
    together = threading.Barrier(4)

    def take() -> None:
        with app.app_context():
            link = links.open_link(token, Purpose.RESET)
            assert link is not None
            together.wait()
            try:
                with unit_of_work():
                    links.use(link)
                won.append(True)
            except DomainError:
                won.append(False)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False, False, False, True]
