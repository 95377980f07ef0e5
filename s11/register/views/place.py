"""Whose register somebody is at work in, and where one organisation's page is."""

from flask import url_for
from flask_login import current_user

from s11.organisations.models import Organisation
from s11.register import permissions


def own_register() -> int:
    """The id of the partnership whose register this person reads; who has none passes no guard here."""
    home = permissions.home_of(current_user)
    assert home is not None
    return home


def own_page(organisation: Organisation) -> str:
    return url_for("register.organisation", ref=organisation.ref)
