"""The blueprint all pages of questionnaires hang on."""

from flask import Blueprint

from s11.questionnaires.signing import chain_words

blueprint = Blueprint("questionnaires", __name__, url_prefix="/questionnaires")
blueprint.add_app_template_filter(chain_words, "chain_words")
