"""What mail servers and mailbox providers report: that a mail came back, was delayed, or is unwanted.

Delivery reports are RFC 3464, complaints RFC 5965; some servers only say X-Failed-Recipients.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from s11.notices.rules import Bounce, has_no_address

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
CODE = re.compile(r"\b([45]\d\d)[ -]")
MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\s]{3,190}>)", re.IGNORECASE | re.MULTILINE)
LOOKED_AT = 200_000
UNWANTED = ("abuse", "fraud", "opt-out", "other")


@dataclass(frozen=True)
class Report:
    """One thing reported of one mail. `key` is the report's own name."""

    key: str
    kind: Bounce
    message_id: str = ""
    address: str = ""
    said: str = ""
    # It says of the address, and not only of this mail, that nothing arrives there.
    no_address: bool = False


def read(raw: bytes) -> list[Report]:
    """What a message of the mailbox reports; nothing where it is no report, such as somebody's reply."""
    message = message_from_bytes(raw[:LOOKED_AT], policy=compat32)
    key = _one_line(message.get("Message-ID", "")) or hashlib.sha256(raw).hexdigest()
    about = _returned_id(message)
    found = [replace(one, message_id=about) for one in (*_complaints(message), *_deliveries(message))]
    if not found:
        found = [replace(one, message_id=about) for one in _failed_recipients(message)]
    return [replace(one, key=f"{key} {place}") for place, one in enumerate(found, 1)]


def _complaints(message: Message) -> Iterator[Report]:
    for part in message.walk():
        if part.get_content_type() == "message/feedback-report":
            for fields in _fields_of(part):
                if fields.get("Feedback-Type", "abuse").strip().lower() in UNWANTED:
                    address = _address(fields.get("Original-Rcpt-To", ""))
                    yield Report("", Bounce.COMPLAINT, address=address, said="Called unwanted")


def _deliveries(message: Message) -> Iterator[Report]:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in _fields_of(part):
            action = fields.get("Action", "").strip().lower()
            if action not in ("failed", "delayed"):
                continue
            status = STATUS.search(fields.get("Status", ""))
            said = _one_line(fields.get("Diagnostic-Code", "") or fields.get("Status", ""))
            address = fields.get("Final-Recipient") or fields.get("Original-Recipient") or ""
            yield _judged(status[0] if status else "", said, _address(address), failed=action == "failed")


def _failed_recipients(message: Message) -> Iterator[Report]:
    listed = message.get("X-Failed-Recipients", "")
    if listed:
        text = _text_of(message)
        status = STATUS.search(text)
        for address in listed.split(","):
            yield _judged(status[0] if status else "", _near(text, status), _address(address), failed=True)


def _judged(status: str, said: str, address: str, *, failed: bool) -> Report:
    """Hard where it will never arrive, soft where it may another time."""
    code = CODE.search(f"{said} ")
    is_hard = failed and (status.startswith("5") or (not status and not (code and code[1].startswith("4"))))
    no_address = is_hard and has_no_address(int(code[1]) if code else 0, "" if status == "5.0.0" else status)
    return Report(
        "", Bounce.HARD if is_hard else Bounce.SOFT, address=address, said=said[:300], no_address=no_address
    )


def _fields_of(part: Message) -> list[Message]:
    """The blocks of fields in a report: one about all, then one for each recipient."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [block for block in payload if isinstance(block, Message)]
    return [message_from_bytes(str(payload).encode("utf-8", "replace"), policy=compat32)]


def _returned_id(message: Message) -> str:
    """The name of the mail that came back, from its headers, which go with the report."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and part is not message:
            for inner in _fields_of(part):
                if inner.get("Message-ID"):
                    return _one_line(inner["Message-ID"])
        if kind == "text/rfc822-headers":
            found = MESSAGE_ID.search(_decoded(part))
            if found:
                return found[1]
    found = MESSAGE_ID.search(_text_of(message))
    return found[1] if found else ""


def _text_of(message: Message) -> str:
    return "\n".join(_decoded(part) for part in message.walk() if part.get_content_maintype() == "text")


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _near(text: str, status: re.Match[str] | None) -> str:
    """The line that says what went wrong."""
    if status is None:
        return "It could not be delivered"
    return _one_line(next(line for line in text.splitlines() if status[0] in line))


def _address(field: str) -> str:
    """The address of "rfc822; ann@council.example"."""
    return _one_line(str(field)).rpartition(";")[2].strip(" <>").lower()[:254]


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
