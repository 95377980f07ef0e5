"""Saying something about an edition in review, answering it, and taking it back.

A comment hangs on the key of what it is about, so it stays where it belongs when the draft is rewritten.
"""

from sqlalchemy import select

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.people.models import Person
from s11.questionnaires import queries
from s11.questionnaires.models import Edition, EditionComment
from s11.questionnaires.stages import COMMENT_LONGEST, COMMENTED, Stage
from s11.trail import operations as trail

EMPTY = "Write your comment."
TOO_LONG = f"Shorten your comment to at most {COMMENT_LONGEST:,} characters."
NOT_IN_REVIEW = (
    "{code} is not in review, so no comment can be added or taken back now. Ask the partnership office."
)


def comment(edition: Edition, *, about: str, key: str = "", text: str, by: Person) -> EditionComment:
    """Say something about the whole, a standard or a criterion. The same again gives the same comment."""
    _lock(edition)
    _check_in_review(edition)
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text or len(text) > COMMENT_LONGEST:
        raise Invalid(TOO_LONG if text else EMPTY, field="text")
    if not _is_asked(edition, about, key):
        raise Invalid(
            "Choose what your comment is about. It may have been taken out meanwhile.", field="text"
        )
    if same := queries.same_comment(edition.id, by.id, about, key, text):
        return same
    made = EditionComment(
        edition=edition, about=about, key=key, text=text, person_id=by.id, name=by.name, made_at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    _record("questionnaire:comment:made", edition, by)
    return made


def answer(comment: EditionComment, *, text: str, resolve: bool, by: Person) -> None:
    """Answer a comment, resolve it, or both. Doing the same again changes nothing."""
    _lock(comment.edition)
    db.session.refresh(comment)
    text = text.strip()
    if comment.resolved_at is not None:
        if text in ("", comment.answer):
            return
        raise DomainError("This comment is resolved already, so its answer no longer changes.", field="text")
    if not text and not resolve:
        raise Invalid("Write an answer, or resolve the comment.", field="text")
    if len(text) > COMMENT_LONGEST:
        raise Invalid(f"Shorten your answer to at most {COMMENT_LONGEST:,} characters.", field="text")
    comment.answer = text or comment.answer
    if resolve:
        comment.resolved_at, comment.resolved_by_id, comment.resolved_by_name = clock.now(), by.id, by.name
    _record(
        "questionnaire:comment:resolved" if resolve else "questionnaire:comment:answered", comment.edition, by
    )


def take_back(comment: EditionComment, *, by: Person) -> None:
    """Remove one's own comment, as long as nobody has answered or resolved it."""
    _lock(comment.edition)
    db.session.refresh(comment)
    _check_in_review(comment.edition)
    if comment.answer or comment.resolved_at is not None:
        raise DomainError("Your comment was answered already, so it can no longer be taken back.")
    db.session.delete(comment)
    _record("questionnaire:comment:taken_back", comment.edition, by)


def _check_in_review(edition: Edition) -> None:
    if Stage(edition.stage) not in COMMENTED:
        raise DomainError(NOT_IN_REVIEW.format(code=edition.code), field="text")


def _is_asked(edition: Edition, about: str, key: str) -> bool:
    """Whether it stands in the edition or the one before: whether to retire something is spoken of too."""
    if about == "edition":
        return key == ""
    both = [queries.content(one) for one in (edition, edition.predecessor) if one is not None]
    if about == "criterion":
        return any(key in content.by_key for content in both)
    return about == "standard" and any(one.key == key for content in both for one in content.standards)


def _lock(edition: Edition) -> None:
    """One at a time: a double click finds what the first one did, and nobody speaks after an approval."""
    db.session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    db.session.refresh(edition)


def _record(tag: str, edition: Edition, by: Person) -> None:
    trail.record(
        tag,
        edition.id,
        by=by,
        partnership_id=edition.partnership_id,
        after={"code": edition.code},
    )
