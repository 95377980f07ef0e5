"""Starting an edition on screen, and throwing a draft away."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.questionnaires import format as files
from s11.questionnaires import queries
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.models import Edition, Framework
from s11.questionnaires.operations.editing import Refused, check_worded
from s11.questionnaires.operations.loading import framework_for
from s11.questionnaires.operations.writing import check_is_free, counts, write
from s11.questionnaires.stages import Stage
from s11.trail import operations as trail


def start(file: QuestionnaireFile, *, owner: Partnership, by: Person | None) -> Edition:
    """A new draft of a partnership that follows no other edition."""
    code = file.edition.code
    check_is_free(code)
    try:
        file = files.checked(file)
    except files.Faults as error:
        raise Refused(error.faults) from None
    try:
        framework = framework_for(file, None)
    except DomainError as refusal:
        raise Invalid(refusal.sentence, field="framework_title") from None
    edition = write(file, framework, None, None)
    edition.partnership = owner
    db.session.flush()
    trail.record(
        "questionnaire:edition:started", edition.id, by=by, partnership_id=owner.id, after=counts(file)
    )
    return edition


def check_may_delete(edition: Edition) -> None:
    """Refuse to throw away what is no draft, or what a later edition goes back to."""
    check_worded(edition)
    if edition.stage != Stage.DRAFT:
        raise DomainError(f"{edition.code} is in review. Take it out of review before you delete it.")
    successor = db.session.scalar(
        select(Edition).where(Edition.predecessor_id == edition.id).order_by(Edition.id).limit(1)
    )
    if successor is not None:
        raise DomainError(
            f"A later edition, {successor.code}, goes back to {edition.code}, so it cannot be deleted."
        )


def delete_draft(edition: Edition, *, by: Person | None) -> None:
    """Throw a draft away, and its framework when it was the only edition. What something rests on stays."""
    check_may_delete(edition)
    told = {"code": edition.code, "title": edition.title}
    edition_id, partnership_id, framework = edition.id, edition.partnership_id, edition.framework
    alone = not queries.has_other_editions(framework, edition)
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Edition).where(Edition.id == edition_id))
    except IntegrityError:
        raise DomainError(
            f"A cycle was planned with {told['code']}, so it cannot be deleted. Choose another there first."
        ) from None
    db.session.expunge(edition)
    if alone:
        db.session.execute(delete(Framework).where(Framework.id == framework.id))
    trail.record(
        "questionnaire:edition:deleted", edition_id, by=by, partnership_id=partnership_id, before=told
    )
