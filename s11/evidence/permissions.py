"""Who may look into an organisation's library: its own people only. Who keeps it up to date.

The Board opens evidence through the return it was submitted with: see `s11.returns`.
"""

from s11.evidence.models import Document, Revision
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.people.rules import EDITORS, LEADS, TRUST_ROLES


def belongs_to(person: Person, organisation: Organisation) -> bool:
    return bool(person.roles_at(organisation.id))


def can_open(person: Person, revision: Revision) -> bool:
    return bool(person.roles_at(revision.document.organisation_id))


def can_see(person: Person, document: Document) -> bool:
    return bool(person.roles_at(document.organisation_id))


def can_keep(person: Person, document: Document) -> bool:
    """Whether somebody keeps a document up to date: the lead every one, a contributor what they added."""
    roles = person.roles_at(document.organisation_id)
    if roles & (LEADS | TRUST_ROLES):
        return True
    return bool(roles & EDITORS) and document.added_by_id == person.id


def can_show(person: Person, document: Document) -> bool:
    """Whether somebody may show a document at all; for which criteria, each return says."""
    return bool(person.roles_at(document.organisation_id) & EDITORS)
