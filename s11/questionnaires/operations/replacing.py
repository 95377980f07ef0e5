"""Taking the words of a file into an edition that a Board's office is making."""

from s11.core.errors import DomainError, Invalid, Stale
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.models import Edition
from s11.questionnaires.operations.loading import load
from s11.questionnaires.operations.writing import check_is_free, check_may_change


def check_stage(edition: Edition) -> None:
    """Refuse to replace the words of what is no draft any more."""
    check_may_change(edition)
    if edition.stage != "draft":
        raise DomainError(
            f"{edition.code} is in review, so its words are not replaced as a whole. Take it back "
            "to draft first."
        )


def check_replaces(edition: Edition, file: QuestionnaireFile) -> None:
    """Refuse a file that is not about this draft."""
    check_stage(edition)
    if file.edition.code != edition.code:
        raise Invalid(
            f"This is {file.edition.code}, and the draft here is {edition.code}. Choose the file of this "
            "draft, or change the edition code in it.",
            field="file",
        )
    if file.framework.code != edition.framework.code:
        raise Invalid(
            f"This belongs to the framework {file.framework.code}, and the draft to "
            f"{edition.framework.code}. Correct the framework code in the file.",
            field="file",
        )


def replace(edition: Edition, file: QuestionnaireFile, *, version: int, by: Person) -> Edition:
    """Write a file's words over those of a draft, as it was when its changes were looked through.

    Raises Stale when somebody has changed the draft since, and what `load` raises.
    """
    check_replaces(edition, file)
    if edition.version != version:
        raise Stale(
            f"Somebody changed {edition.code} after this preview was made, and their changes would be lost. "
            "Nothing was loaded. Download it again, and make your changes there."
        )
    return load(file, by=by).edition


def bring_in(file: QuestionnaireFile, *, owner: Partnership, by: Person) -> Edition:
    """A new draft of a partnership, with the words of a file."""
    code = file.edition.code
    check_is_free(code)
    edition = load(file, by=by).edition
    edition.partnership = owner
    return edition
