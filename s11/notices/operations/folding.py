"""Putting somebody's news together into one mail."""

from sqlalchemy import update

from s11.core import clock
from s11.core.database import db
from s11.notices import queries
from s11.notices.models import MailChoice, Notice
from s11.notices.operations.queueing import queue
from s11.notices.rules import DIGEST_EVERY, Digest, Kind
from s11.people.models import Person

AT_MOST = 100
SUBJECTS = {
    Digest.DAILY: "Today’s news from your self-assessments",
    Digest.WEEKLY: "This week’s news from your self-assessments",
}


def fold(choice: MailChoice) -> Notice | None:
    """One mail of everything that waits for somebody; None when it is not time, or nothing waits.

    Two runs at once fold once: the second finds another moment of the last digest than it read.
    """
    if not _is_time(choice) or not _take_turn(choice):
        return None
    news = queries.words_for_digest(choice.person_id, AT_MOST)
    if not news:
        return None
    person = choice.person
    digest = queue(
        to_address=person.email,
        to_name=person.name,
        subject=SUBJECTS[Digest(choice.digest)],
        body=together(person, news),
        kind=Kind.DIGEST,
        partnership_id=_shared(news),
        template="digest",
    )
    db.session.flush()
    for one in news:
        one.digest_id, one.body = digest.id, ""
    return digest


def together(person: Person, news: list[Notice]) -> str:
    """Every subject with its words, one below the other."""
    parts = [f"{one.subject}\n\n{_without_greeting(one)}" for one in news]
    return f"Dear {person.name},\n\n" + "\n\n----------\n\n".join(parts)


def _without_greeting(notice: Notice) -> str:
    return notice.body.strip().removeprefix(f"Dear {notice.to_name},").strip()


def _shared(news: list[Notice]) -> int | None:
    """The partnership it all is from, if it is one."""
    found = {one.partnership_id for one in news}
    return found.pop() if len(found) == 1 else None


def _is_time(choice: MailChoice) -> bool:
    last = choice.last_digest_at
    return last is None or clock.now() - last >= DIGEST_EVERY[Digest(choice.digest)]


def _take_turn(choice: MailChoice) -> bool:
    before = choice.last_digest_at
    is_as_read = (
        MailChoice.last_digest_at.is_(None) if before is None else MailChoice.last_digest_at == before
    )
    turn = db.session.scalar(
        update(MailChoice)
        .where(MailChoice.id == choice.id, is_as_read, MailChoice.digest != Digest.AT_ONCE.value)
        .values(last_digest_at=clock.now())
        .returning(MailChoice.id)
        .execution_options(synchronize_session=False)
    )
    return turn is not None
