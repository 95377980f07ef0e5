"""Loading a questionnaire file into the database."""

from dataclasses import dataclass

from s11.core.database import db
from s11.core.errors import DomainError
from s11.people.models import Person
from s11.questionnaires import queries
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.lineage import breaks
from s11.questionnaires.models import Edition, Framework
from s11.questionnaires.operations.writing import check_may_change, counts, write
from s11.trail import operations as trail


class BrokenLineage(DomainError):
    """An edition that does not follow its predecessor; `sentences` holds each thing to mend."""

    def __init__(self, code: str, predecessor: str, sentences: list[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(f"{code} does not follow {predecessor}. {' '.join(sentences)}")


@dataclass(frozen=True)
class Loaded:
    """What loading did: nothing, when it neither `created` nor `changed` the edition."""

    edition: Edition
    created: bool
    changed: bool


def load(file: QuestionnaireFile, *, by: Person | None = None) -> Loaded:
    """Put a file's edition into the database; the same file again changes nothing.

    A draft that differs is replaced. Raises DomainError for an edition whose words are frozen, a
    predecessor that is not there, or a framework that has other words already, and BrokenLineage.
    """
    code = file.edition.code
    edition = queries.edition_by_code(code)
    if edition is not None and file_of(edition) == file:
        return Loaded(edition, created=False, changed=False)
    before = None
    if edition is not None:
        check_may_change(edition)
        before = counts(file_of(edition))
    predecessor = _predecessor(file)
    framework = framework_for(file, edition)
    edition = write(file, framework, predecessor, edition)
    trail.record("questionnaire:edition:loaded", edition.id, by=by, before=before, after=counts(file))
    return Loaded(edition, created=before is None, changed=before is not None)


def _predecessor(file: QuestionnaireFile) -> Edition | None:
    if file.predecessor is None:
        return None
    code, named = file.edition.code, file.predecessor
    predecessor = queries.edition_by_code(named)
    if predecessor is None:
        raise DomainError(f"{code} names {named} as its predecessor, which is not here. Load {named} first.")
    if predecessor.framework.code != file.framework.code:
        raise DomainError(
            f"{code} belongs to {file.framework.code} and cannot follow {named}, which belongs to "
            f"{predecessor.framework.code}. Name a predecessor of the same framework, or leave it out."
        )
    if sentences := breaks(file, file_of(predecessor)):
        raise BrokenLineage(code, named, sentences)
    return predecessor


def framework_for(file: QuestionnaireFile, edition: Edition | None) -> Framework:
    """The framework of a file, made when it is new.

    Its words are shared by all its editions, so a file cannot change them once there are others.
    """
    told = file.framework
    framework = queries.framework_by_code(told.code)
    if framework is None:
        framework = Framework(code=told.code, title=told.title, duty=told.duty)
        db.session.add(framework)
        db.session.flush()
    elif (framework.title, framework.duty) != (told.title, told.duty):
        if queries.has_other_editions(framework, edition):
            raise DomainError(
                f"{told.code} is called “{framework.title}” ({framework.duty or 'no duty given'}) in its "
                "other editions. Use the same title and duty under framework."
            )
        framework.title, framework.duty = told.title, told.duty
    return framework
