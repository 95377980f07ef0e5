"""A mail as it goes out: who it is from, its words, and what stands under them."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from secrets import token_hex

from s11.core import clock
from s11.core.config import Settings
from s11.notices import stopping_links
from s11.notices.models import Notice
from s11.notices.rules import may_unsubscribe
from s11.organisations.models import Partnership

# As mail servers number what went wrong: 5.1.1.
STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# Headers go out unfolded: a long link in one would be encoded, and no program finds its way by it then.
UNFOLDED = SMTP.clone(max_line_length=998)
CALENDAR_FILE = "invite.ics"
METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


def sender_of(partnership: Partnership | None, mail_from: str) -> str:
    """The address of the service, under the name of the partnership that writes."""
    name, address = parseaddr(mail_from)
    return formataddr((one_line(partnership.name) if partnership else name, address or mail_from))


def one_line(text: str) -> str:
    return " ".join(text.split())


def signed(body: str, partnership: Partnership | None) -> str:
    """The words, and under them what the partnership puts under every mail."""
    signature = partnership.mail_signature.strip() if partnership else ""
    return f"{body.rstrip()}\n\n{signature}\n" if signature else f"{body.rstrip()}\n"


def new_message_id(notice: Notice, mail_from: str) -> str:
    """A name nobody can guess, so that only who got the mail can report that it came back."""
    domain = parseaddr(mail_from)[1].rpartition("@")[2] or "localhost"
    return f"<{notice.ref}.{token_hex(12)}@{domain}>"


def as_sent(message: EmailMessage) -> bytes:
    """The message as it goes over the line."""
    return message.as_bytes(policy=UNFOLDED)


def compose(notice: Notice, partnership: Partnership | None, settings: Settings) -> EmailMessage:
    """The message of a notice. Raises ValueError where an address or a name cannot stand in a header."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender_of(partnership, settings.mail_from)
    message["To"] = formataddr((notice.to_name, notice.to_address))
    if partnership and partnership.office_email:
        message["Reply-To"] = formataddr((one_line(partnership.name), partnership.office_email))
    message["Subject"] = notice.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = notice.message_id
    message["Auto-Submitted"] = "auto-generated"
    body = signed(notice.body, partnership)
    if may_unsubscribe(notice.kind, notice.template):
        link = stopping_links.link_for(notice, settings.address)
        message["List-Unsubscribe"] = f"<{link}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        body += f"\nYou need not do anything about this mail. To get no more of its kind: {link}\n"
    message.set_content(body, cte="quoted-printable")
    if notice.calendar:
        _attach(message, notice.calendar)
    return message


def _attach(message: EmailMessage, calendar: str) -> None:
    """Put a day for the calendar beside the words. What it wants to be, a request or a cancellation, has to
    stand in the header too, or calendar programs do not offer to take it."""
    method = METHOD.search(calendar)
    message.add_attachment(
        calendar,
        subtype="calendar",
        cte="base64",
        filename=CALENDAR_FILE,
        params={"method": method[1] if method else "PUBLISH"},
    )
