"""The blueprint of the room."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.organisations.models import Partnership
from s11.people.models import Person

blueprint = Blueprint("partnerships", __name__, url_prefix="/partnerships")


def me() -> Person:
    person: Person = current_user._get_current_object()
    return person


def back(partnership: Partnership, sentence: str, kind: str = "success") -> ResponseReturnValue:
    """To the list of settings, with what was done."""
    flash(sentence, kind)
    return redirect(url_for("partnerships.settings", ref=partnership.ref), 303)
