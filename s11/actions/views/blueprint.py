"""The blueprint of the room."""

from flask import Blueprint

blueprint = Blueprint("actions", __name__, url_prefix="/actions")
