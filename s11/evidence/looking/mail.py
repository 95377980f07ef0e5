"""What lies in an e-mail message: its attachments are looked into as if they had been added themselves."""

import io
import re
from collections.abc import Callable
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from typing import IO

from .archives import ARCHIVES, BEGINS_ZIP, PROGRAMMES
from .found import Refused, listed, many

HEADERS = ("from", "to", "date", "subject", "message-id", "received")
ATTACHED_AT_MOST = 100
NO_MESSAGE = (
    "is no e-mail message that can be read. Save the message again, or print it to a PDF, and add that."
)
INSIDE = "carries an attachment that cannot be kept: “{name}” {words}"
PROGRAMME = "is a programme or an archive. Save the message without it and add that."
RUNS = (
    ".exe", ".com", ".scr", ".bat", ".cmd", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".ps1", ".lnk",
    ".iso", ".img", ".hta", ".msi", ".jar", ".docm", ".xlsm", ".pptm", ".zip", ".rar",
    ".7z", ".html", ".htm", ".svg",
)  # fmt: skip
# Outlook's own files are a small file system; the names of its parts stand in it as they are.
OUTLOOK = "__properties_version1.0".encode("utf-16-le")
ATTACHED = re.compile("__attach_version1.0_#".encode("utf-16-le") + rb"(?:[0-9A-F]\0){8}")
WORDS = ("WordDocument", "Workbook", "PowerPoint Document", "EncryptedPackage")

Look = Callable[[IO[bytes], str, int], list[str]]


def look(source: IO[bytes], within: Look) -> list[str]:
    """What an .eml file holds; `within` looks into an attachment: stream, ending, size."""
    source.seek(0)
    try:
        message = BytesParser(policy=policy.default).parse(source)
        if sum(name in message for name in HEADERS) < 2:
            raise Refused(NO_MESSAGE)
        attached = _attached(message)
    except (MessageError, LookupError, ValueError, RecursionError, AttributeError):
        raise Refused(NO_MESSAGE) from None
    hidden = [what for name, content in attached for what in _inside(name, content, within)]
    if not attached:
        return []
    names = listed([name for name, _ in attached])
    return [f"{many(len(attached), 'attachment')} to the message: {names}", *hidden]


def _attached(message: EmailMessage) -> list[tuple[str, bytes]]:
    found = []
    for part in message.walk():
        name = part.get_filename()
        if not name or part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        found.append((str(name)[:100], content if isinstance(content, bytes) else b""))
        if len(found) > ATTACHED_AT_MOST:
            raise Refused(NO_MESSAGE)
    return found


def _inside(name: str, content: bytes, within: Look) -> list[str]:
    suffix = "." + name.lower().rpartition(".")[2]
    archive = content.startswith(ARCHIVES) and not content.startswith(BEGINS_ZIP)
    if suffix in RUNS or archive or content.startswith(PROGRAMMES):
        raise Refused(INSIDE.format(name=name, words=PROGRAMME))
    try:
        found = within(io.BytesIO(content), suffix, len(content))
    except Refused as refusal:
        raise Refused(INSIDE.format(name=name, words=refusal)) from None
    return [f"In “{name}”: {what[0].lower()}{what[1:]}" for what in found]


def look_outlook(source: IO[bytes]) -> list[str]:
    """What an .msg file holds, as far as the names of its parts say."""
    source.seek(0)
    content = source.read()
    others = any(name.encode("utf-16-le") in content for name in WORDS)
    if OUTLOOK not in content or (others and not ATTACHED.search(content)):
        raise Refused(NO_MESSAGE)
    attached = len(set(ATTACHED.findall(content)))
    return [f"{many(attached, 'attachment')} to the message"] if attached else []
