"""What is done with the outbox by a command or by the clock. Each opens its own units of work."""

from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

from flask import current_app

from s11.core import clock
from s11.core.config import Settings
from s11.core.database import glance, unit_of_work
from s11.core.errors import DomainError
from s11.notices import mailbox, operations, queries, reports
from s11.notices.composing import as_sent, compose
from s11.notices.mail import Lost, Mail, Refused, ServerAway, Withheld, mail_of
from s11.notices.rules import STOPPED_WORDS, Bounce, has_no_address, stopped

PER_RUN = 1000
RUN_LASTS = timedelta(minutes=5)


@dataclass
class Sent:
    """How a run went."""

    sent: int = 0
    failed: int = 0
    unsure: int = 0
    stopped: int = 0
    away: str = ""

    @property
    def sentence(self) -> str:
        said = f"{self.sent} sent, {self.failed} could not be sent and stay in the outbox."
        if self.stopped:
            said += f" {self.stopped} not sent to addresses that get no more."
        if self.unsure:
            said += f" {self.unsure} may have been sent: the connection broke on the way."
        return said


def send_waiting(settings: Settings, *, at_most: int = PER_RUN) -> Sent:
    """Send what is waiting, each once.

    No transaction is open while a mail is on its way: a slow mail server must not hold up whoever is saving
    an answer.
    """
    done, mail, until = Sent(), mail_of(settings), clock.now() + RUN_LASTS
    with glance():
        numbers = [notice.id for notice in queries.waiting(at_most)]
    try:
        for number in numbers:
            if clock.now() > until:
                break
            mail.ready()
            _count(done, deliver(number, mail, settings))
    except ServerAway as error:
        done.away = str(error)
    finally:
        mail.close()
    return done


def _count(done: Sent, how: str) -> None:
    if how != "taken":
        setattr(done, how, getattr(done, how) + 1)


def deliver(notice_id: int, mail: Mail, settings: Settings) -> str:
    """One attempt: "sent", "failed", "unsure", "stopped", or "taken" when somebody else has it."""
    with unit_of_work():
        claimed_at = operations.claim(notice_id)
        if claimed_at is None:
            return "taken"
        message = prepare(notice_id, settings)
    if not isinstance(message, EmailMessage):
        return message

    def handing() -> None:
        with unit_of_work():
            if not operations.hand(notice_id, claimed_at):
                raise Withheld

    try:
        mail.send(message, handing)
    except Withheld:
        return "taken"
    except ServerAway:
        with unit_of_work():
            operations.release(queries.by_id(notice_id))
        raise
    except Lost as error:
        with unit_of_work():
            operations.lose(queries.by_id(notice_id), str(error))
        return "unsure"
    except Refused as error:
        return refused(notice_id, error)
    with unit_of_work():
        operations.mark_sent(queries.by_id(notice_id))
    return "sent"


def prepare(notice_id: int, settings: Settings) -> EmailMessage | str:
    """The message of a claimed mail; or how it ended, where it does not go out at all."""
    notice = queries.by_id(notice_id)
    why = stopped(notice.kind, notice.template, queries.known_of(notice.to_address))
    if why is not None:
        operations.give_up(notice, STOPPED_WORDS[why])
        return "stopped"
    operations.name_for_servers(notice, settings)
    try:
        message = compose(notice, queries.partnership_of(notice), settings)
        as_sent(message)
    except ValueError as error:
        operations.give_up(notice, f"It cannot be written as a mail: {error}")
        return "failed"
    return message


def refused(notice_id: int, error: Refused) -> str:
    """The server did not take it: for good where it says that there is no such address."""
    with unit_of_work():
        notice = queries.by_id(notice_id)
        if error.of_recipient and error.code >= 500 and has_no_address(error.code, error.status):
            operations.give_up(notice, str(error), bounce=Bounce.HARD)
            operations.note_no_address(notice, str(error))
        else:
            operations.put_off(notice, str(error))
    return "failed"


def read_mailbox(settings: Settings, box: mailbox.Mailbox | None = None) -> str:
    """Take in every report of the mailbox, each in a transaction of its own; says what was found."""
    box = box or mailbox.mailbox_of(settings)
    taken = others = 0
    try:
        for name, raw in box.unread():
            found = reports.read(raw)
            with unit_of_work():
                taken += sum([operations.take(report) for report in found])
            others += not found
            box.note_read(name)
    finally:
        box.close()
    return f"{taken} reports about our mail taken in, {others} messages are none and stay in the mailbox."


def fold_news() -> str:
    """Put together the news of everybody whose time it is, each in a transaction of its own."""
    with glance():
        numbers = [choice.id for choice in queries.wanting_digests()]
    made = 0
    for number in numbers:
        with unit_of_work():
            made += operations.fold(queries.choice_by_id(number)) is not None
    return f"{made} digests put together."


# By the clock: see `s11.core.schedule`.


def send_by_clock() -> str:
    done = send_waiting(current_app.config["S11"])
    if done.away:
        raise DomainError(f"{done.sentence} The mail server does not answer: {done.away}")
    return done.sentence


def read_by_clock() -> str:
    settings = current_app.config["S11"]
    if not mailbox.is_set_up(settings):
        return "No mailbox is set up (S11_BOUNCE_IMAP)."
    try:
        return read_mailbox(settings)
    except mailbox.Away as error:
        raise DomainError(f"The mailbox cannot be read: {error}") from None
