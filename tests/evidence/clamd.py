"""A stand-in for ClamAV's daemon: speaks INSTREAM, and answers as it is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Daemon:
    """What it was sent, and what it `says`: an answer, "hang", or nothing given (None) to look by itself."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.says: str | None = None
        self.seen: list[bytes] = []

    @property
    def address(self) -> str:
        name = self.line.getsockname()
        return name if isinstance(name, str) else f"127.0.0.1:{name[1]}"

    def serve(self) -> None:
        while True:
            try:
                caller, _ = self.line.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(10)
                try:
                    self._answer(caller)
                except OSError:
                    continue

    def _answer(self, caller: socket.socket) -> None:
        content = self._read(caller)
        self.seen.append(content)
        if self.says == "hang":
            caller.recv(1)
        elif self.says is not None:
            caller.sendall(self.says.encode() + b"\0")
        else:
            found = EICAR in content
            caller.sendall(b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0")

    def _read(self, caller: socket.socket) -> bytes:
        file = caller.makefile("rb")
        assert file.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(file.read(4), "big"):
            content += file.read(size)
        return content


@contextmanager
def daemon(path: str = "") -> Iterator[Daemon]:
    """One that listens until the block ends: on a free port, or at a path."""
    family = socket.AF_UNIX if path else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.bind(path or ("127.0.0.1", 0))
        line.listen(8)
        made = Daemon(line)
        threading.Thread(target=made.serve, daemon=True).start()
        yield made
        line.shutdown(socket.SHUT_RDWR)
