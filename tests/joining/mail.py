"""Reading the outbox as the people do whom it is for."""

import re

from flask import Flask
from sqlalchemy import select

from s11.core.database import db
from s11.notices.models import Notice


def mails(app: Flask, address: str) -> list[Notice]:
    """Everything queued for an address, the oldest first."""
    with app.app_context():
        found = list(
            db.session.scalars(select(Notice).where(Notice.to_address == address).order_by(Notice.id))
        )
        db.session.expunge_all()
        return found


def link_to(app: Flask, address: str) -> str:
    """The path of the last invitation sent to an address."""
    found = [re.search(r"http://localhost(/join/\S+)", mail.body) for mail in mails(app, address)]
    links = [link[1] for link in found if link]
    assert links, f"no invitation was sent to {address}"
    return links[-1]
