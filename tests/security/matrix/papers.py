"""Packs and letters of the world of the matrix."""

import io

from s11.challenge.models import ChallengeDay
from s11.core import clock
from s11.core.storage import files
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.packs import operations, queries
from s11.packs.contents import Wanted
from s11.packs.document import read
from s11.packs.kinds import Audience, Format
from s11.packs.letters import operations as letters
from s11.packs.models import Pack
from s11.packs.writing import formats
from s11.people.models import Person


def a_pack(cycle: Cycle, wanted: Wanted, manager: Person) -> Pack:
    """A pack as a Word document, written."""
    made = operations.begin(cycle, operations.prepare(cycle, wanted, by=manager), [Format.WORD], by=manager)
    (file,) = queries.files_of([made.id])[made.id]
    stored = files().save(io.BytesIO(formats.write(read(made.contents), Format.WORD).content))
    file.storage_key, file.size, file.sha256 = stored.key, stored.size, stored.sha256
    file.written_at = clock.now()
    return made


def packs_of(cycle: Cycle, beside: Organisation, manager: Person) -> tuple[Pack, Pack]:
    """The chair's pack about the organisation that is in, and that organisation's own."""
    chairs = a_pack(cycle, Wanted(Audience.CHAIR, (beside.id,)), manager)
    return chairs, a_pack(cycle, Wanted(Audience.AGENCY, organisation=beside), manager)


def a_letter(day: ChallengeDay, organisation: Organisation, manager: Person) -> str:
    """The ref of the letter to an organisation after a day."""
    drafted = letters.draft_all(day, by=manager)
    return next(one.ref for one in drafted if one.organisation_id == organisation.id)
