"""The blueprint of mail."""

from flask import Blueprint

notices = Blueprint("notices", __name__)
