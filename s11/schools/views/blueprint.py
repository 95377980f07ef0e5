"""The blueprint of the pages of schools."""

from flask import Blueprint

schools = Blueprint("schools", __name__, url_prefix="/schools")
