"""Who may look into an organisation's library: its own people only.

The Board opens evidence through the return it was submitted with: see `s11.returns`.
"""

from s11.evidence.models import Revision
from s11.people.models import Person


def can_open(person: Person, revision: Revision) -> bool:
    return bool(person.roles_at(revision.document.organisation_id))
