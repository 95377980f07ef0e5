"""Building a pack and keeping it as it was built."""

import io
from collections.abc import Iterable

from s11.core import clock
from s11.core.database import db
from s11.core.storage import files
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.packs import pdf
from s11.packs.contents import gather
from s11.packs.kinds import Format
from s11.packs.models import Pack, PackFile
from s11.partnerships.looks import look_of
from s11.people.models import Person
from s11.trail.operations import record


def build(cycle: Cycle, organisations: Iterable[Organisation], *, by: Person | None) -> Pack:
    """A pack about these organisations, as a PDF that is kept and never changes.

    Raises Invalid when none is chosen, or when one is chosen whose return is not in.
    """
    chosen = list(organisations)
    name = by.name if by else "the partnership office"
    contents = gather(cycle, [one.id for one in chosen], by_name=name)
    document = pdf.write(contents, look_of(cycle.partnership))
    stored = files().save(io.BytesIO(document.content))
    pack = Pack(
        cycle=cycle,
        title=f"{contents.title}, {contents.cycle}",
        organisations=[{"ref": one.ref, "name": one.name} for one in chosen],
        built_by_id=by.id if by else None,
        built_by_name=name,
        built_at=clock.now(),
    )
    written = PackFile(
        pack=pack,
        format=Format.PDF,
        file_name=contents.file_name,
        written_at=clock.now(),
        storage_key=stored.key,
        size=stored.size,
        sha256=stored.sha256,
        pages=document.pages,
    )
    db.session.add_all([pack, written])
    db.session.flush()
    record(
        "pack:file:built",
        pack.id,
        by=by,
        partnership_id=cycle.partnership_id,
        after={"organisations": len(chosen), "pages": written.pages, "sha256": written.sha256},
    )
    return pack
