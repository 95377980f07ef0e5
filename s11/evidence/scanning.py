"""Asking the virus scanner: ClamAV's daemon, spoken to over its own protocol (INSTREAM).

A scanner that is away, slow or says something strange never makes a file clean, and never a fault.
"""

import logging
import re
import socket
from dataclasses import dataclass
from time import monotonic
from typing import BinaryIO

from flask import current_app

from s11.evidence.rules import ScanState

CHUNK = 128 * 1024
ANSWER_LONGEST = 4096
# While somebody waits for a page, and while nobody does.
PATIENCE_SECONDS = 8.0
PATIENCE_OF_THE_COMMAND = 120.0
FOUND = re.compile(r"^stream: (.+) FOUND$")
log = logging.getLogger("s11.evidence")


@dataclass(frozen=True)
class Verdict:
    """What the scanner said of one file."""

    state: ScanState
    note: str = ""


AWAY = Verdict(ScanState.WAITING, "The scanner did not answer.")


def is_configured() -> bool:
    """Whether this installation has a scanner, so that nothing unscanned leaves."""
    return bool(current_app.config["S11"].clamav)


def scan(stream: BinaryIO, *, patience: float | None = None) -> Verdict:
    """What the scanner says of a file; WAITING while it does not answer. The file is read from its start."""
    if not is_configured():
        return Verdict(ScanState.NOT_SCANNED)
    try:
        stream.seek(0)
        until = monotonic() + (patience or PATIENCE_SECONDS)
        with _connected(current_app.config["S11"].clamav, until) as line:
            return _understood(_asked(line, stream, until))
    except OSError as error:
        log.warning("the virus scanner does not answer: %s", error)
        return AWAY
    finally:
        stream.seek(0)


def _left(until: float) -> float:
    """The patience that is left; none at all is an answer that did not come."""
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError("it is too slow")
    return left


def _connected(address: str, until: float) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_left(until))
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=min(3.0, _left(until)))


def _asked(line: socket.socket, stream: BinaryIO, until: float) -> str:
    """Send a file in pieces, each after its length, and read the answer."""
    line.sendall(b"zINSTREAM\0")
    try:
        while chunk := stream.read(CHUNK):
            line.settimeout(_left(until))
            line.sendall(len(chunk).to_bytes(4, "big") + chunk)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has heard enough, and its answer says why
    answer = b""
    while b"\0" not in answer and len(answer) < ANSWER_LONGEST:
        line.settimeout(_left(until))
        piece = line.recv(ANSWER_LONGEST)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _understood(answer: str) -> Verdict:
    """Only the scanner's own words for "nothing found" make a file clean."""
    if answer == "stream: OK":
        return Verdict(ScanState.CLEAN)
    found = FOUND.match(answer)
    if found:
        return Verdict(ScanState.INFECTED, found[1][:200])
    if answer.endswith("ERROR"):
        return Verdict(ScanState.UNCHECKED, answer[:200])
    log.warning("the virus scanner answered something that is no answer")
    return AWAY
