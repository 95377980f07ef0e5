"""The blueprint the pages of a library share."""

from flask import Blueprint

from s11.evidence.previews import can_be_shown

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")
blueprint.add_app_template_test(can_be_shown, "previewed")
