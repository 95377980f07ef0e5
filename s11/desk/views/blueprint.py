"""The blueprint of the desk: the office's pages of the year."""

from flask import Blueprint

desk = Blueprint("desk", __name__, url_prefix="/cycles")
