"""The blueprint of the room."""

from flask import Blueprint

blueprint = Blueprint("register", __name__, url_prefix="/organisations")
