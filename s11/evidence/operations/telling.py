"""Telling an organisation's lead of a file in which a virus was found."""

from s11.evidence.models import Revision
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.trail.operations import record

SUBJECT = "A virus was found in a file of your evidence"
BODY = """Dear {name}

The virus scanner of this service found a virus in a file added for {organisation}:

  {file}
  found: {virus}
  added by: {by}

{what}

Please tell whoever looks after the computer the file came from, and add a clean copy.
"""
REFUSED = "The file was refused and is not kept here."
LOCKED = "The file is locked, and nobody can open it here. It may have been opened before."


def tell_of_virus(
    organisation: Organisation,
    file_name: str,
    virus: str,
    *,
    by: Person | None,
    revision: Revision | None = None,
) -> None:
    """Queue a mail to each lead and deputy, and leave an entry in the trail."""
    who = by.name if by else revision.added_by_name if revision else ""
    for _, lead in people.members(organisation.id, Role.LEAD, Role.DEPUTY):
        queue(
            to_address=lead.email,
            to_name=lead.name,
            subject=SUBJECT,
            body=BODY.format(
                name=lead.name,
                organisation=organisation.name,
                file=file_name,
                virus=virus,
                by=who,
                what=LOCKED if revision else REFUSED,
            ),
            kind=Kind.TASK,
            organisation_id=organisation.id,
        )
    record(
        "document:file:infected",
        revision.document_id if revision else organisation.id,
        by=by,
        organisation_id=organisation.id,
        after={"virus": virus, "kept": revision is not None},
    )
