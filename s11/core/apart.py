"""Work on a file that somebody sent, done by a process of its own: whatever the file is, the answer is what
was found or `GaveUp`, never a fault and never a page that hangs."""

import contextlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO

# Each may take half a gigabyte: a few at once, and the others wait their turn.
TURNS = threading.BoundedSemaphore(2)


class GaveUp(Exception):
    """The process was stopped, ran out of time or memory, or failed."""


def ask(command: Sequence[str], source: BinaryIO | bytes, *, patience: float) -> Any:
    """What a Python process of its own answers, as JSON, when it reads the file from its standard input.

    A file that lies on the disk is handed over as it lies, so that it never passes through our memory.
    """
    if not TURNS.acquire(timeout=patience):
        raise GaveUp("too many others are at it")
    try:
        with _lying(source) as lying:
            done = subprocess.run(
                [sys.executable, "-I", *command],
                stdin=lying,
                capture_output=True,
                timeout=patience,
                check=True,
            )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise GaveUp(type(error).__name__) from error
    finally:
        TURNS.release()


def package(folder: Path) -> list[str]:
    """The command that runs a package of ours by itself, without the application around it."""
    start = f"import runpy, sys; sys.path.insert(0, {str(folder.parent)!r}); "
    return ["-c", f"{start}runpy.run_module({folder.name!r}, run_name='__main__', alter_sys=True)"]


def _lying(source: BinaryIO | bytes) -> IO[bytes]:
    """The same file opened anew, where another process can get at it; the source stays as it was.

    Not the source's own descriptor: its place in the file would be shared, and moved while we still read.
    """
    if not isinstance(source, bytes):
        source.seek(0)
        with contextlib.suppress(AttributeError, OSError):
            source.flush()
            return open(f"/proc/self/fd/{source.fileno()}", "rb")
        source.seek(0)
    aside = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    shutil.copyfileobj(io.BytesIO(source) if isinstance(source, bytes) else source, aside)
    aside.seek(0)
    return aside
