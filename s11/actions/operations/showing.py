"""What shows how an action went: documents of a library, and files that arrive."""

from collections.abc import Iterable, Sequence

from s11.actions import queries, rules
from s11.actions.models import Action, ShownForAction
from s11.actions.operations.checks import write_down
from s11.actions.rules import Status
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.evidence import operations as library
from s11.evidence.models import Revision, Upload
from s11.evidence.operations import Arrived, Turned
from s11.evidence.rules import check_no_virus
from s11.organisations.models import Organisation
from s11.people.models import Person

OVER = "The Board has closed this action, or another took its place, so nothing is added to it any more."
CLAIMED_WITH = "The action was said to be complete with this, so it stays with it."


def show(action: Action, revisions: Iterable[Revision], *, note: str = "", by: Person) -> int:
    """Show documents of a library for an action; gives how many were not shown yet."""
    hold(action)
    there = {one.revision_id for one in queries.shown_for(action.id)}
    added = 0
    for revision in revisions:
        check_no_virus(revision, revision.file_name)
        if revision.id in there:
            continue
        db.session.add(
            ShownForAction(
                action_id=action.id,
                revision=revision,
                note=note.strip()[: rules.TITLE_LONGEST],
                added_at=clock.now(),
                added_by_name=by.name,
            )
        )
        there.add(revision.id)
        added += 1
    db.session.flush()
    if added:
        write_down(action, "action:evidence:shown", by=by, documents=added)
    return added


def show_files(
    action: Action,
    organisation: Organisation,
    arrived: Sequence[Arrived | Turned],
    *,
    personal_data: str,
    note: str = "",
    by: Person,
) -> tuple[list[Revision], list[Upload], list[Turned]]:
    """Show files that arrived: those added, those to decide about, those turned away."""
    hold(action)
    added: list[Revision] = []
    asked: list[Upload] = []
    turned = [one for one in arrived if isinstance(one, Turned)]
    for one in arrived:
        if isinstance(one, Turned):
            continue
        purpose = {"action": action.ref, "note": note.strip()[: rules.TITLE_LONGEST]}
        kept = library.settle(organisation, one, by=by, purpose=purpose, personal_data=personal_data)
        if isinstance(kept, Revision):
            added.append(kept)
        elif isinstance(kept, Upload):
            asked.append(kept)
        else:
            turned.append(kept)
    show(action, added, note=note, by=by)
    library.warn_of_viruses(organisation, turned, by=by)
    return added, asked, turned


def accept_file(action: Action, organisation: Organisation, upload: Upload, *, by: Person) -> Revision:
    """Show a file although something hides in it."""
    revision = library.accept(organisation, upload, by=by)
    show(action, [revision], note=str(upload.purpose.get("note", "")), by=by)
    return revision


def take_off(action: Action, organisation: Organisation, revision_ref: str, *, by: Person) -> str:
    """No longer show a document of an organisation for an action; it stays there. Gives its title."""
    hold(action)
    for one in queries.shown_for(action.id):
        document = one.revision.document
        if one.revision.ref == revision_ref and document.organisation_id == organisation.id:
            if one.update_id is not None:
                raise DomainError(CLAIMED_WITH)
            db.session.delete(one)
            db.session.flush()
            write_down(action, "action:evidence:taken_off", by=by)
            return document.title
    return ""


def hold(action: Action) -> None:
    """Lock an action that takes evidence for the rest of the transaction, and read it as it stands now."""
    db.session.flush()
    db.session.refresh(action, with_for_update={"of": Action})
    if action.status in (Status.CLOSED, Status.SUPERSEDED):
        raise DomainError(OVER)
