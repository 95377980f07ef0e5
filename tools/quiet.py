"""Small things that start.py and assets.py share. Standard library only.

A noisy installer is run quietly: its words go to a log file, and the person sees one sentence,
or on failure what went wrong, what to do about it, and where the log is.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

NETWORK_SIGNS = re.compile(
    r"name resolution|Name or service not known|getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH"
    r"|ETIMEDOUT|Network is unreachable|Connection refused|ConnectTimeout|ReadTimeout|timed out|ProxyError"
    r"|NewConnectionError",
    re.IGNORECASE,
)
CERTIFICATE_SIGNS = re.compile(
    r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|unable to get local issuer", re.IGNORECASE
)
COMPILER_SIGNS = re.compile(
    r"Failed building wheel|Failed to build|command '\S*(gcc|cc|cl\.exe)'", re.IGNORECASE
)
DISK_SIGNS = re.compile(r"No space left on device|ENOSPC", re.IGNORECASE)


def fingerprint(paths: list[Path], *facts: str) -> str:
    """A hash of facts, and of the names and contents of files, to tell whether a step must be done again."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(fact.encode() + b"\0")
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def stamped(stamp: Path, value: str) -> bool:
    """Whether a step that left this stamp was finished, with the same inputs."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == value


def run_quietly(command: list[str], log: Path, failure: str) -> None:
    """Run an installer with its output in a log; on failure stop with a sentence that helps."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
    if done.returncode:
        raise SystemExit(explain(failure, log))


def explain(failure: str, log: Path) -> str:
    """The failure, its likely cure, and the last words of the log."""
    words = log.read_text(encoding="utf-8", errors="replace")
    shown = os.path.relpath(log, ROOT) if log.is_relative_to(ROOT) else str(log)
    last = "\n".join("    " + line for line in words.strip().splitlines()[-6:])
    return f"{failure}\n{cure(words)}\nThe whole account is in {shown}; it ends:\n{last}"


def cure(words: str) -> str:
    """The sentence that answers the commonest causes."""
    if CERTIFICATE_SIGNS.search(words):
        return "The download site's certificate was not trusted: a filtering proxy may need its own set up."
    if NETWORK_SIGNS.search(words):
        return "The network did not answer. The first run needs the internet, or your proxy settings."
    if DISK_SIGNS.search(words):
        return "The disk is full: the set-up needs about 1.5 GB."
    if COMPILER_SIGNS.search(words):
        return "A package has no ready-made build for this Python: use one from 3.11 to 3.14."
    return "Running the same command again is safe."
