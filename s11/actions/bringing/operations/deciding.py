"""A plan that is brought: begun, told what its columns hold, and mended row by row."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import update

from s11.actions.bringing.columns import guess_all
from s11.actions.bringing.keeping import (
    Meanings,
    kept_meanings,
    kept_mended,
    kept_post,
    kept_tables,
    meanings_from,
    mended_from,
    post_from,
    tables_from,
)
from s11.actions.bringing.known import known_of
from s11.actions.bringing.reading import read, read_pasted
from s11.actions.bringing.shapes import Known, Meaning, Mended, Post, UnderstoodPlan
from s11.actions.bringing.understanding import understand
from s11.actions.models import PlanImport, PlanSource
from s11.actions.operations import source_there
from s11.actions.operations.checks import check
from s11.actions.rules import TITLE_LONGEST, WITH_RECOMMENDATIONS
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, Stale
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.trail.operations import record

DONE = "This plan has been brought in. What is in the plan is changed there."
MEANWHILE = (
    "Somebody else changed this import while you were at it. What you see now is theirs; make your change "
    "again if it is still needed."
)


@dataclass(frozen=True)
class About:
    """What a plan belongs to: a review, an inspection or an audit with its title and day, or one that stands
    in the plan already."""

    kind: str
    title: str
    dated_on: date | None = None
    source: PlanSource | None = None


def begin(
    partnership: Partnership,
    *,
    about: About,
    data: bytes | None = None,
    file_name: str = "",
    pasted: str = "",
    by: Person | None,
) -> PlanImport:
    """Read a plan and keep its tables as printed, with a guess at what the columns hold.

    Raises Invalid, with the field: "kind", "title", "file" or "pasted".
    """
    title = " ".join(about.source.title.split() if about.source else about.title.split())
    kind = about.source.kind if about.source else about.kind
    source = about.source or source_there(partnership, kind=kind, title=title)
    check("kind", None if kind in WITH_RECOMMENDATIONS else "Choose a review, an inspection or an audit.")
    check("title", None if title else "Enter the title of the review, inspection or audit.")
    if data is not None:
        tables = read(data, file_name)
    else:
        tables = read_pasted(pasted)
    begun = PlanImport(
        partnership=partnership,
        source=source,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(data if data is not None else pasted.encode("utf-8", "replace")).hexdigest(),
        about={
            "kind": str(kind),
            "title": title[:TITLE_LONGEST],
            "dated_on": about.dated_on.isoformat() if about.dated_on else None,
        },
        tables=kept_tables(tables),
        chosen={"columns": kept_meanings(guess_all(tables))},
        mended={},
        begun_at=clock.now(),
        begun_by_id=by.id if by else None,
        begun_by_name=by.name if by else "System",
        version=1,
    )
    db.session.add(begun)
    db.session.flush()
    rows = sum(len(table.rows) for table in tables)
    note("plan_import:plan:begun", begun, by, after={"title": title, "tables": len(tables), "rows": rows})
    return begun


def understood(import_: PlanImport) -> UnderstoodPlan:
    """The plan as it is understood with what was decided so far."""
    return understand(
        tables_from(import_.tables),
        meanings_of(import_),
        mended_of(import_),
        known_for(import_),
        posts_of(import_),
    )


def known_for(import_: PlanImport) -> Known:
    return known_of(import_.partnership, today=clock.today(), source=import_.source)


def meanings_of(import_: PlanImport) -> dict[int, dict[int, Meaning]]:
    """What each column of each table holds, as guessed or chosen."""
    return meanings_from(import_.chosen.get("columns", {}))


def mended_of(import_: PlanImport) -> dict[int, Mended]:
    """What somebody decided about single rows."""
    return {int(row): mended_from(kept) for row, kept in import_.mended.get("rows", {}).items()}


def posts_of(import_: PlanImport) -> dict[str, Post]:
    """Owners that were mended for every row in which they stand, by their spelling."""
    return {spelling: post_from(spelling, kept) for spelling, kept in import_.mended.get("posts", {}).items()}


def choose_columns(import_: PlanImport, meanings: Meanings, *, by: Person | None, version: int) -> None:
    """Say what the columns hold. Raises Stale, and Invalid where no table has a column of actions."""
    known = {meaning for columns in meanings.values() for meaning in columns.values()}
    if not known & {Meaning.ACTION, Meaning.RECOMMENDATION}:
        raise Invalid("Say in which column the actions stand, or the recommendations.", field="columns")
    take_turn(import_, version, chosen={**import_.chosen, "columns": kept_meanings(meanings)}, stage="rows")
    note("plan_import:columns:chosen", import_, by)


def mend(import_: PlanImport, row: int, mended: Mended, *, by: Person | None, version: int) -> None:
    """Say what a row is, or put right what was understood of it; replaces what was decided about it before.

    Raises Stale, and Invalid where there is no such row.
    """
    if row not in {printed["number"] for table in import_.tables for printed in table["rows"]}:
        raise Invalid("There is no such row in this plan.", field="row")
    rows = {**import_.mended.get("rows", {}), str(row): kept_mended(mended)}
    rows = {number: kept for number, kept in rows.items() if kept}
    take_turn(import_, version, mended={**import_.mended, "rows": rows})
    note("plan_import:row:mended", import_, by, after={"row": row})


def merge_posts(
    import_: PlanImport,
    key: str,
    *,
    name: str = "",
    role: str = "",
    organisation_ref: str = "",
    of_board: bool = False,
    spellings: tuple[str, ...] | None = None,
    by: Person | None,
    version: int,
) -> None:
    """Say who a post is, in whatever way it is spelt. `spellings` are those meant, where not all of them are.

    Raises Stale, and Invalid where the plan has no such post or nothing is said of it.
    """
    same = next((post for post in understood(import_).posts if post.key == key), None)
    if same is None:
        raise Invalid("There is no such post in this plan.", field="key")
    if not (name.strip() or role.strip()):
        raise Invalid("Enter the role, and the name if you know it.", field="role")
    post = Post("", " ".join(name.split()), " ".join(role.split()), organisation_ref, of_board)
    meant = [one for one in same.spellings if spellings is None or one in spellings]
    posts = {**import_.mended.get("posts", {}), **dict.fromkeys(meant, kept_post(post))}
    take_turn(import_, version, mended={**import_.mended, "posts": posts})
    note("plan_import:posts:merged", import_, by, after={"spellings": len(meant)})


def take_turn(import_: PlanImport, version: int, **values: Any) -> None:
    """Change an import in one statement, so that of two people one is told, and a done one stays as it is.

    Raises Stale, and DomainError where it is done.
    """
    changed = db.session.execute(
        update(PlanImport)
        .where(PlanImport.id == import_.id, PlanImport.version == version, PlanImport.stage != "done")
        .values(version=version + 1, **values)
    )
    db.session.refresh(import_)
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        raise DomainError(DONE) if import_.stage == "done" else Stale(MEANWHILE)


def note(tag: str, import_: PlanImport, by: Person | None, after: Mapping[str, Any] | None = None) -> None:
    record(tag, import_.id, by=by, partnership_id=import_.partnership_id, after=dict(after or {}))
