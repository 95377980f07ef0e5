"""The blueprint of the room."""

from flask import Blueprint

blueprint = Blueprint("joining", __name__)
