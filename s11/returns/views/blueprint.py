"""The blueprint the pages of a return share."""

from flask import Blueprint

from s11.returns.differences import action_words
from s11.returns.pages import due_words, stage_kind, stage_label

blueprint = Blueprint("returns", __name__, url_prefix="/returns")
blueprint.add_app_template_filter(stage_label, "stage_label")
blueprint.add_app_template_filter(stage_kind, "stage_kind")
blueprint.add_app_template_filter(due_words, "due_words")
blueprint.add_app_template_filter(action_words, "action_words")
