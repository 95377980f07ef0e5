"""The office's own words for a kind of mail."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid, Stale
from s11.notices import queries
from s11.notices.models import NoticeTemplate
from s11.notices.placeholders import fault_of_body, fault_of_subject
from s11.notices.wording import Words
from s11.people.models import Person
from s11.trail.operations import record

CHANGED = "Somebody else changed these words while you wrote. Both stand below: put together what you want."


def mark_of(found: NoticeTemplate | None) -> str:
    """Which words a page began from: the row and its version, or nothing for the product's own."""
    return f"{found.ref}.{found.version}" if found else ""


def reword(partnership_id: int, key: str, words: Words, *, mark: str, by: Person) -> None:
    """Use these words from now on. `mark` says from which words the page began."""
    check(key, words)
    found = _as_marked(partnership_id, key, mark)
    before = {"subject": found.subject, "body": found.body} if found else None
    if found is None:
        found = NoticeTemplate(partnership_id=partnership_id, key=key, version=0)
        db.session.add(found)
    found.subject, found.body, found.version = words.subject, words.body, found.version + 1
    found.changed_at, found.changed_by_name = clock.now(), by.name
    db.session.flush()
    after = {"mail": key, "subject": words.subject, "body": words.body}
    record("mail:words:changed", found.id, by=by, partnership_id=partnership_id, before=before, after=after)


def check(key: str, words: Words) -> None:
    """Raises Invalid for words that would not go out as they should."""
    if fault := fault_of_subject(key, words.subject):
        raise Invalid(fault, field="subject")
    if fault := fault_of_body(key, words.body):
        raise Invalid(fault, field="body")


def _as_marked(partnership_id: int, key: str, mark: str) -> NoticeTemplate | None:
    """The partnership's own words, held until the end of this work; Stale where they are others by now."""
    found = queries.template(partnership_id, key)
    if found is not None:
        db.session.refresh(found, with_for_update=True)
    if mark_of(found) != mark:
        raise Stale(CHANGED)
    return found


def put_back(partnership_id: int, key: str, *, mark: str, by: Person) -> None:
    """Go back to the product's words."""
    found = _as_marked(partnership_id, key, mark)
    if found is None:
        return
    before = {"subject": found.subject, "body": found.body}
    after = {"mail": key}
    record("mail:words:put_back", found.id, by=by, partnership_id=partnership_id, before=before, after=after)
    db.session.delete(found)
