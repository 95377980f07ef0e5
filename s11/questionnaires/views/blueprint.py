"""The blueprint all pages of questionnaires hang on."""

from flask import Blueprint

blueprint = Blueprint("questionnaires", __name__, url_prefix="/questionnaires")
