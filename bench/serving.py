"""A server to measure: started with gunicorn as in use, and asked over real connections."""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
# What a user sends the so-manieth time: method, path, body, headers. With a method `hear(user, content)` it
# is told each answer.
Ask = Callable[[int, int], tuple[str, str, str | bytes | None, dict[str, str]]]


@dataclass(frozen=True)
class Measured:
    """Processor milliseconds a request of all the server's processes; seconds at the middle and the 95th."""

    cpu: float
    middle: float
    p95: float
    faults: int


class Server:
    """A running gunicorn: where it answers, and what its processes have used."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def pids(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def cpu(self) -> float:
        """Seconds of processor time used so far, with what processes they started and awaited have used."""
        used = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += sum(int(field) for field in fields[11:15])
        return used / TICKS

    def memory(self) -> int:
        """The most memory a process of it has held, in kilobytes."""
        found = []
        for pid in self.pids():
            status = Path(f"/proc/{pid}/status").read_text()
            found += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
        return max(found)

    def measure(self, ask: Ask, *, users: int, requests: int) -> Measured:
        """Let so many users send so many requests between them, each over a connection of their own."""
        hear = getattr(ask, "hear", lambda user, content: None)
        taken: list[float] = []
        faults: list[int] = []
        lock = threading.Lock()

        def use(number: int) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            for count in range(requests // users):
                method, path, body, headers = ask(number, count)
                began = time.perf_counter()
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                content = answer.read()
                hear(number, content)
                with lock:
                    taken.append(time.perf_counter() - began)
                    faults.extend([answer.status] if answer.status >= 400 else [])
            connection.close()

        before = self.cpu()
        threads = [threading.Thread(target=use, args=(number,)) for number in range(users)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        cut = quantiles(taken, n=20)
        return Measured((self.cpu() - before) * 1000 / len(taken), cut[9], cut[18], len(faults))


@contextmanager
def gunicorn(application: str, settings: dict[str, str], *, workers: int = 1) -> Iterator[Server]:
    """Workers of four threads each; one, as a small installation has it."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-w",
        str(workers),
        "--threads",
        "4",
        "-b",
        f"127.0.0.1:{port}",
    ]
    process = subprocess.Popen(
        [*command, "--log-level", "error", application],
        cwd=ROOT,
        env={**os.environ, **settings},
    )
    try:
        wait_for(port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not start")


def sign_in(port: int, email: str, password: str) -> str:
    """The cookie of somebody who has signed in."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/sign-in")
    answer = connection.getresponse()
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())[1]
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    body = urlencode({"csrf_token": token, "email": email, "password": password})
    kind = "application/x-www-form-urlencoded"
    headers = {"Cookie": cookie, "Content-Type": kind, "Sec-Fetch-Site": "same-origin"}
    connection.request("POST", "/sign-in", body, headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 303, f"signing in answered {answer.status}"
    return "; ".join(cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or [])


def open_page(port: int, place: str, cookie: str) -> tuple[str, str]:
    """A page, and the cookie afterwards: the first form of a session puts the token of its forms into it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", place, headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read().decode()
    for changed in answer.headers.get_all("Set-Cookie") or []:
        pair = changed.partition(";")[0]
        name = pair.partition("=")[0]
        cookie = "; ".join([*(one for one in cookie.split("; ") if not one.startswith(f"{name}=")), pair])
    return page, cookie


def token_in(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
