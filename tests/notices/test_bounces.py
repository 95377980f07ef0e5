"""What comes back: read from a mailbox or told by a provider, each report once, and believed with reason."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import func, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices import operations, queries, reports, running
from s11.notices.models import BounceReport, Notice
from s11.notices.rules import Bounce, Kind, State, Why, state_of
from tests.notices.letterbox import put

pytestmark = pytest.mark.database

OURS = "<ours@host.example>"


class MemoryMailbox:
    """A mailbox that holds messages, and those of them that were read."""

    def __init__(self, *messages: bytes) -> None:
        self.messages, self.seen, self.closed = messages, [], False

    def unread(self) -> Iterator[tuple[str, bytes]]:
        for place, message in enumerate(self.messages):
            if str(place) not in self.seen:
                yield str(place), message

    def note_read(self, name: str) -> None:
        self.seen.append(name)

    def close(self) -> None:
        self.closed = True


def delivery_report(
    status: str = "5.1.1", said: str = "550 5.1.1 No such user", action: str = "failed", about: str = OURS
) -> bytes:
    """A report as mail servers send it (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@host.example\nTo: audit@host.example\nSubject: Undelivered Mail\n"
        f"Message-ID: <{status}-{action}@daemon.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="X"\n\n'
        "--X\nContent-Type: text/plain\n\nI could not deliver your message.\n"
        "--X\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; host.example\n\n"
        f"Final-Recipient: rfc822; Ann@Council.example\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {said}\n\n"
        f"--X\nContent-Type: text/rfc822-headers\n\nFrom: audit@host.example\nMessage-ID: {about}\n"
        "Subject: Please sign\n\n--X--\n"
    ).encode()


COMPLAINT = (
    "From: feedback@provider.example\nMessage-ID: <complaint@provider.example>\nMIME-Version: 1.0\n"
    'Content-Type: multipart/report; report-type=feedback-report; boundary="X"\n\n'
    "--X\nContent-Type: text/plain\n\nThis is a complaint.\n"
    "--X\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"
    "Original-Rcpt-To: ann@council.example\n\n"
    f"--X\nContent-Type: message/rfc822\n\nMessage-ID: {OURS}\nSubject: Please sign\n\nDear Ann\n\n--X--\n"
).encode()
FAILED_RECIPIENTS = (
    "From: mailer@exim.example\nX-Failed-Recipients: ann@council.example\nMessage-ID: <exim@exim.example>\n"
    "Subject: Mail delivery failed\n\nThe following address failed:\n\n  ann@council.example\n"
    "    550 5.1.1 User unknown\n\n------ This is a copy of the message ------\n\n"
    f"Message-ID: {OURS}\nSubject: Please sign\n\nDear Ann\n"
).encode()


def a_reply() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = (
        "ann@council.example",
        "Re: x",
        "<re@x.example>",
    )
    message.set_content("Thank you, 550 5.1.1 is our office.")
    return message.as_bytes()


@pytest.fixture
def sent(app: Flask) -> int:
    """A reminder that was sent to Ann under our name for it."""
    number = put(app, kind=Kind.REMINDER)
    with app.app_context(), unit_of_work():
        notice = queries.by_id(number)
        notice.message_id = OURS
        operations.mark_sent(notice)
    return number


def read(app: Flask, *messages: bytes) -> str:
    box = MemoryMailbox(*messages)
    with app.app_context():
        said = running.read_mailbox(app.config["S11"], box)
    assert box.closed and len(box.seen) == len(messages)
    return said


def bounce_of(app: Flask, number: int) -> tuple[str, list[tuple[str, str]]]:
    with app.app_context():
        return queries.by_id(number).bounce, queries.known_of("ann@council.example")


def test_a_report_of_an_address_that_is_not_there_stops_all_mail_to_it(app: Flask, sent: int) -> None:
    assert read(app, delivery_report()).startswith("1 reports about our mail")
    assert bounce_of(app, sent) == (Bounce.HARD, [(Why.BOUNCED, "")])
    with app.app_context():
        assert "550 5.1.1 No such user" in queries.by_id(sent).bounce_said


@pytest.mark.parametrize(
    ("status", "said", "action", "kind"),
    [
        ("4.2.2", "452 4.2.2 Mailbox full", "failed", Bounce.SOFT),
        ("4.4.1", "connection timed out", "delayed", Bounce.SOFT),
        ("5.2.2", "552 5.2.2 Mailbox full", "failed", Bounce.HARD),
        ("5.7.1", "550 5.7.1 Refused by policy", "failed", Bounce.HARD),
    ],
)
def test_what_says_nothing_of_the_address_stops_nothing(
    app: Flask, sent: int, status: str, said: str, action: str, kind: Bounce
) -> None:
    read(app, delivery_report(status, said, action))
    assert bounce_of(app, sent) == (kind, [])


def test_a_mail_that_was_delivered_after_all_is_no_bounce(app: Flask, sent: int) -> None:
    assert read(app, delivery_report("2.0.0", "250 ok", "delivered")).startswith("0 reports")
    assert bounce_of(app, sent) == ("", [])


def test_a_report_read_twice_counts_once(app: Flask, sent: int) -> None:
    read(app, delivery_report())
    assert read(app, delivery_report(), delivery_report()).startswith("0 reports")
    with app.app_context():
        assert db.session.scalar(select(func.count(BounceReport.id))) == 1
        assert len(queries.stops_of("ann@council.example")) == 1


def test_a_complaint_stops_reminders_and_news_and_nothing_that_has_to_be_done(app: Flask, sent: int) -> None:
    read(app, COMPLAINT)
    assert bounce_of(app, sent) == (Bounce.COMPLAINT, [(Why.COMPLAINED, "")])
    reminder, task = put(app, kind=Kind.REMINDER), put(app, kind=Kind.TASK, subject="Sign")
    app.test_cli_runner().invoke(args=["notices", "send"])
    with app.app_context():
        states = [state_of(queries.by_id(number), clock.now()) for number in (reminder, task)]
    assert states == [State.NOT_SENT, State.SENT]


def test_servers_that_only_name_who_failed_are_understood(app: Flask, sent: int) -> None:
    read(app, FAILED_RECIPIENTS)
    assert bounce_of(app, sent) == (Bounce.HARD, [(Why.BOUNCED, "")])


def test_a_report_that_does_not_name_a_mail_of_ours_stops_nothing(app: Flask, sent: int) -> None:
    """Anybody can write to the mailbox that mail to somebody came back."""
    said = read(app, delivery_report(about="<guessed@host.example>"), a_reply(), b"", b"\xff\xfe rubbish")
    assert said == "0 reports about our mail taken in, 3 messages are none and stay in the mailbox."
    assert bounce_of(app, sent) == ("", [])


def test_what_comes_back_proves_that_a_mail_left(app: Flask) -> None:
    number = put(app)
    with app.app_context(), unit_of_work():
        notice = queries.by_id(number)
        notice.message_id, notice.handed_at = OURS, clock.now()
    read(app, delivery_report("4.2.2", "452 full"))
    with app.app_context():
        assert state_of(queries.by_id(number), clock.now()) == State.SENT


def test_no_message_breaks_the_reading(app: Flask) -> None:
    for raw in (COMPLAINT, FAILED_RECIPIENTS, delivery_report()):
        for cut in range(0, len(raw), 40):
            reports.read(raw[:cut])


def test_without_a_mailbox_nothing_is_read(app: Flask) -> None:
    assert "No mailbox is set up" in app.test_cli_runner().invoke(args=["notices", "bounces"]).output


def test_a_mailbox_that_does_not_answer_is_said(app: Flask) -> None:
    settings = app.config["S11"]
    settings.bounce_imap, settings.bounce_port, settings.bounce_tls = "127.0.0.1", 9, False
    result = app.test_cli_runner().invoke(args=["notices", "bounces"])
    assert result.exit_code == 1 and "cannot be read: ConnectionRefusedError" in result.output


# Told by a mail provider


def tell(app: Flask, told: object, secret: str = "a shared secret") -> tuple[int, dict[str, object]]:
    answer = app.test_client().post(
        "/notices/bounces", json=told, headers={"Authorization": f"Bearer {secret}"}
    )
    return answer.status_code, answer.get_json(silent=True) or {}


def test_a_provider_that_knows_the_secret_reports_by_name_or_by_address(app: Flask, sent: int) -> None:
    assert tell(app, [])[0] == 404  # nothing is set up
    app.config["S11"].bounce_secret = SecretStr("a shared secret")
    assert tell(app, [], secret="another")[0] == 403
    told = [{"address": "Ann@council.example", "kind": "hard", "said": "550 unknown", "id": "1"}]
    assert tell(app, told) == (200, {"taken": 1, "others": 0})
    assert tell(app, told) == (200, {"taken": 0, "others": 1})
    assert bounce_of(app, sent) == (Bounce.HARD, [(Why.BOUNCED, "")])


@pytest.mark.parametrize(
    "told",
    [{}, "x", None, [1], [{}], [{"kind": "hard"}], [{"kind": "odd", "address": "a@b.example"}], [{}] * 1001],
)
def test_a_report_that_is_not_as_agreed_is_refused_whole(app: Flask, told: object) -> None:
    app.config["S11"].bounce_secret = SecretStr("a shared secret")
    status, said = tell(app, told)
    assert status == 422 and "Send a list" in str(said["error"])
    with app.app_context():
        assert db.session.scalar(select(func.count(Notice.id)).where(Notice.bounce != "")) == 0
