"""The blueprint the pages of requests for evidence share."""

from flask import Blueprint

blueprint = Blueprint("evidence_requests", __name__, url_prefix="/evidence-requests")
