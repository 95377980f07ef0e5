"""An organisation's own library of evidence."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.evidence import permissions, queries
from s11.evidence.models import Revision
from s11.evidence.serving import send
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.web.guards import guard
from s11.web.limits import limited

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")


def belongs_to(person: Person, organisation: Organisation) -> bool:
    return bool(person.roles_at(organisation.id))


@blueprint.get("/of/<ref>")
@guard(organisations.by_ref, see=belongs_to)
def library(organisation: Organisation) -> ResponseReturnValue:
    return render_template(
        "evidence/library.html",
        organisation=organisation,
        revisions=queries.library(organisation.id),
        person=current_user,
    )


@blueprint.get("/<ref>")
@guard(queries.revision_by_ref, see=permissions.can_open)
@limited("export")
def download(revision: Revision) -> ResponseReturnValue:
    return send(revision)
