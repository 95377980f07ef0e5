"""Drafting letters, changing one, and releasing it: whoever drafted it last does not release it."""

from collections.abc import Sequence

from sqlalchemy import update

from s11.challenge.models import ChallengeDay
from s11.challenge.rules import was_held
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, NotAllowed, Stale
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.packs.document import kept
from s11.packs.letters import contents, queries, wording
from s11.packs.models import Letter
from s11.packs.rules import FOREWORD_LONGEST
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.trail.operations import record
from s11.web.filters import day as day_words

RELEASED = "This letter was released, and a released letter never changes."
TOO_EARLY = "The letters of a day are released once it was held."
FOUR_EYES = (
    "You drafted this letter, so somebody else has to release it: two people read each letter before it goes."
)
OVERTAKEN = (
    "{name} changed this letter since you opened it. Their words stand below yours: put both together."
)
TEXT_OVERTAKEN = "Somebody changed these words since you opened them. Theirs stand below yours."


def draft_all(day: ChallengeDay, *, by: Person) -> list[Letter]:
    """A letter for everybody who was at a day and has none yet, in the words of the day."""
    made = [_draft(day, organisation, by) for organisation in queries.to_be_written(day.id)]
    if made:
        db.session.add_all(made)
        db.session.flush()
        record(
            "challenge_day:letters:drafted",
            day.id,
            by=by,
            partnership_id=day.cycle.partnership_id,
            after={"letters": len(made)},
        )
    return made


def _draft(day: ChallengeDay, organisation, by: Person) -> Letter:  # type: ignore[no-untyped-def]
    values = {
        "organisation": organisation.name,
        "audit": day.cycle.title,
        "day": day_words(day.held_on),
        "place": day.place or "the challenge day",
        "partnership": day.cycle.partnership.name,
    }
    return Letter(
        day_id=day.id,
        organisation_id=organisation.id,
        body=wording.filled(day.letter or wording.DEFAULT, values),
        drafted_at=clock.now(),
        drafted_by_id=by.id,
        drafted_by_name=by.name,
    )


def change(letter: Letter, *, body: str, version: int, by: Person) -> None:
    """Other words for a letter. Raises Stale when somebody changed it since, Invalid for words that will
    not do, DomainError when it was released."""
    if letter.released_at is not None:
        raise DomainError(RELEASED)
    body = body.replace("\r\n", "\n").strip()
    if body == letter.body:
        return
    if version != letter.version:
        raise Stale(OVERTAKEN.format(name=letter.drafted_by_name), field="body")
    if fault := wording.fault_of(body):
        raise Invalid(fault, field="body")
    taken = db.session.scalar(
        update(Letter)
        .where(Letter.id == letter.id, Letter.version == version, Letter.released_at.is_(None))
        .values(
            body=body,
            version=version + 1,
            drafted_at=clock.now(),
            drafted_by_id=by.id,
            drafted_by_name=by.name,
        )
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise Stale(OVERTAKEN.format(name="Somebody"), field="body")
    db.session.refresh(letter)
    _note("challenge_day:letter:changed", letter, by)


def release(letter: Letter, *, version: int, by: Person) -> None:
    """Send a letter on its way: from now on it never changes, and its organisation reads it.

    Raises NotAllowed to whoever drafted it, Stale where it is not the letter that was read, DomainError
    before the day was held.
    """
    if letter.released_at is not None:
        return
    if not was_held(letter.day.held_on, letter.day.finished_at, clock.today()):
        raise DomainError(TOO_EARLY)
    if letter.drafted_by_id == by.id:
        raise NotAllowed(FOUR_EYES)
    if version != letter.version:
        raise Stale(f"{letter.drafted_by_name} changed this letter since you opened it. Read it again first.")
    document = contents.gather(letter, released_by=by.name)
    taken = db.session.scalar(
        update(Letter)
        .where(Letter.id == letter.id, Letter.version == version, Letter.released_at.is_(None))
        .values(contents=kept(document), released_at=clock.now(), released_by_name=by.name)
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:  # released by somebody else at the same moment
        return
    db.session.refresh(letter)
    _note("challenge_day:letter:released", letter, by)
    _tell(letter)


def release_all(letters: Sequence[tuple[Letter, int]], *, by: Person) -> int:
    """Release several letters, each in the version that was read; how many went."""
    waiting = [(letter, version) for letter, version in letters if letter.released_at is None]
    for letter, version in waiting:
        release(letter, version=version, by=by)
    return len(waiting)


def _tell(letter: Letter) -> None:
    """A mail that says that there is a letter, and nothing of what it says."""
    whose, board = letter.organisation, letter.day.cycle.partnership
    for _, person in people.members(whose.id, Role.LEAD, Role.DEPUTY, Role.SIGNATORY):
        queue(
            to_address=person.email,
            to_name=person.name,
            subject=f"{board.name}: the letter after {letter.day.title}",
            body=f"Dear {person.name},\n\nThe letter to {whose.name} after {letter.day.title} is ready. "
            "Sign in to read it: it is under “From the Board” on your home page.",
            kind=Kind.LETTER,
            organisation_id=whose.id,
            partnership_id=letter.day.cycle.partnership_id,
            about=letter.day.cycle.ref,
            once=f"feedback letter {letter.ref} {person.ref}",
        )


def _note(tag: str, letter: Letter, by: Person) -> None:
    record(
        tag,
        letter.day_id,
        by=by,
        organisation_id=letter.organisation_id,
        partnership_id=letter.day.cycle.partnership_id,
        after={"letter": letter.ref, "version": letter.version},
    )


# The words of a day


def word_letters(day: ChallengeDay, *, text: str, was: str, by: Person) -> None:
    """The words from which the letters of this day are drafted; those drafted already stay as they are.

    `was` are the words the person had before them. Raises Stale where they are not those kept now.
    """
    text = text.replace("\r\n", "\n").strip()
    if fault := wording.fault_of(text):
        raise Invalid(fault, field="text")
    _check_was(day.letter or wording.DEFAULT, was, text)
    day.letter = "" if text == wording.DEFAULT else text
    _worded(day, "letter", by)


def word_foreword(day: ChallengeDay, *, text: str, was: str, shipped: str, by: Person) -> None:
    """What the overview report begins with."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > FOREWORD_LONGEST:
        raise Invalid(f"Use at most {FOREWORD_LONGEST:,} characters.", field="text")
    _check_was(day.foreword or shipped, was, text)
    day.foreword = "" if text == shipped else text
    _worded(day, "foreword", by)


def _check_was(now: str, was: str, text: str) -> None:
    if now not in (was.replace("\r\n", "\n").strip(), text):
        raise Stale(TEXT_OVERTAKEN, field="text")


def _worded(day: ChallengeDay, what: str, by: Person) -> None:
    db.session.flush()
    record(
        "challenge_day:words:changed",
        day.id,
        by=by,
        partnership_id=day.cycle.partnership_id,
        after={"what": what},
    )
