"""The blueprint of the room."""

from flask import Blueprint

blueprint = Blueprint("access", __name__)
