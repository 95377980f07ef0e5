"""The blueprint of planning; the pages of the year are the desk's."""

from flask import Blueprint

blueprint = Blueprint("cycles", __name__, url_prefix="/cycles")
