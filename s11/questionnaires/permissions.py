"""Who may read questionnaires as such, and who makes them. What an organisation is asked, it reads in its
return."""

from s11.people.models import Person
from s11.people.rules import OFFICE, Role
from s11.questionnaires.models import Edition, EditionComment

# Who speaks about an edition in review: all who serve the Board, less whoever only looks.
COMMENTERS = OFFICE | {
    Role.CHAIR,
    Role.QUALITY,
    Role.MODERATOR,
    Role.EDUCATION_ADVISER,
    Role.EARLY_YEARS_ADVISER,
}

# Who is asked for comments when an edition is put in review: by mail, and at home.
REVIEWERS = (Role.CHAIR, Role.QUALITY, Role.EDUCATION_ADVISER, Role.EARLY_YEARS_ADVISER)


def can_read(person: Person) -> bool:
    """Anybody who serves a Board."""
    return any(membership.is_board for membership in person.current)


def can_read_edition(person: Person, edition: Edition) -> bool:
    """An edition that came from a file belongs to no Board, so whoever reads one may read each; one that a
    Board's office made is for those who serve that Board."""
    if edition.partnership_id is None:
        return can_read(person)
    return edition.partnership_id in person.partnership_ids


def can_make(person: Person) -> bool:
    """New editions are made by a partnership's office."""
    return any(Role(membership.role) in OFFICE for membership in person.current)


def can_change(person: Person, edition: Edition) -> bool:
    """The office changes its own editions. Whether the stage allows it is for the operations to say."""
    return edition.partnership_id is not None and bool(person.roles_for(edition.partnership_id) & OFFICE)


def can_approve(person: Person, edition: Edition) -> bool:
    """The business manager records what the sub-group decided."""
    roles = person.roles_for(edition.partnership_id) if edition.partnership_id is not None else frozenset()
    return Role.BUSINESS_MANAGER in roles


def can_comment(person: Person, edition: Edition) -> bool:
    """Those who serve the Board whose edition it is, less inspectors."""
    roles = person.roles_for(edition.partnership_id) if edition.partnership_id is not None else frozenset()
    return bool(roles & COMMENTERS)


def is_asked(person: Person, edition: Edition) -> bool:
    """Those whose comments on an edition in review are wanted."""
    roles = person.roles_for(edition.partnership_id) if edition.partnership_id is not None else frozenset()
    return not roles.isdisjoint(REVIEWERS)


def can_see_comment(person: Person, comment: EditionComment) -> bool:
    """Whoever reads the edition reads what was said about it."""
    return can_read_edition(person, comment.edition)


def can_answer(person: Person, comment: EditionComment) -> bool:
    """The office answers and resolves."""
    return can_change(person, comment.edition)


def can_take_back(person: Person, comment: EditionComment) -> bool:
    """One's own comment. Whether it was answered already is for the operations to say."""
    return comment.person_id == person.id and can_comment(person, comment.edition)
