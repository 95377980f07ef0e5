"""Documents in the library of the police, shown for criteria of their return."""

import io
from dataclasses import dataclass

from s11.core.database import unit_of_work
from s11.evidence import operations as evidence
from s11.evidence import queries as documents
from s11.people import queries as people
from s11.returns import queries as returns
from s11.returns.operations import attach
from tests.factories.world import POLICE_LEAD, World

MOST = 1_000_000


@dataclass(frozen=True)
class Kept:
    """A document by its refs."""

    document: str
    revision: str


def a_document(
    world: World,
    name: str = "policy.txt",
    content: bytes = b"Our policy.\n",
    *,
    title: str = "",
    by: str = POLICE_LEAD,
    shown: str = "",
    note: str = "",
) -> Kept:
    """A file in the library of the police; `shown` are the numbers of criteria, as "1.1 2.1"."""
    with world.app.app_context(), unit_of_work():
        return_, person = returns.by_ref(world.police), people.by_address(by)
        assert return_ is not None and person is not None
        stream = io.BytesIO(content)
        added = evidence.add_file(return_.organisation, stream, name, by=person, title=title, most=MOST)
        for number in shown.split():
            criterion = next(c for c in returns.edition_of(return_).criteria if c.number == number)
            attach(return_, criterion, added, note=note, by=person)
        return Kept(added.document.ref, added.ref)


def a_newer_one(world: World, document: str, content: bytes, name: str = "policy.txt") -> str:
    """One more revision of a document; its ref."""
    with world.app.app_context(), unit_of_work():
        found, person = documents.document_by_ref(document), people.by_address(POLICE_LEAD)
        assert found is not None and person is not None
        return evidence.add_revision(found, io.BytesIO(content), name, by=person, most=MOST).ref


def key_of(world: World, revision: str) -> str:
    """Where a revision lies in the store."""
    with world.app.app_context():
        found = documents.revision_by_ref(revision)
        assert found is not None
        return found.storage_key


def library_of_police(world: World) -> str:
    """The address of their library."""
    with world.app.app_context():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        return f"/evidence/of/{return_.organisation.ref}"
