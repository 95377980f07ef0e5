"""What a file of 5 and of 25 MB costs to take as evidence, and whether memory stays flat meanwhile.

    .venv/bin/python bench/uploading.py [--tries 5]

Beside the least it can cost: Flask, the file to the disk, its SHA-256, one UPDATE. Ours also looks into the
file in a process of its own, whose time is counted. Each file is new, so that none is recognised.
"""

import argparse
import os
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import minimal
from bench.answering import prepared
from bench.serving import Server, gunicorn, open_page, sign_in, token_in
from s11.core.config import Settings
from tests.factories.world import POLICE_LEAD
from tests.pages import PASSWORD

MEGABYTE = 1024 * 1024
SIZES = (1, 5, 24)  # the last is as large as the setting takes, with room for what stands around it
BOUNDARY = "a-line-between"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tries", type=int, default=5, help="how often each file is sent")
    tries = asked.parse_args().tries
    with tempfile.TemporaryDirectory() as folder:
        ref = prepared(Settings(data=Path(folder), fast_passwords=True))
        database = str(Path(folder) / "minimal.sqlite3")
        minimal.prepare(database)
        with (
            gunicorn("wsgi:app", {"S11_DATA": folder, "S11_FAST_PASSWORDS": "true"}) as ours,
            gunicorn("bench.minimal:app", {"MINIMAL_DATABASE": database}) as least,
        ):
            compare(ours, least, ref, tries)
    return 0


def compare(ours: Server, least: Server, ref: str, tries: int) -> None:
    """Each size, sent to both in turn."""
    page = Page(ours, ref)
    print(f"{'file':>6}{'ours':>10}{'minimal':>10}{'ratio':>8}{'memory of ours':>17}")
    for size in SIZES:
        mine, its = [], []
        for _ in range(tries):
            content = pdf(size * MEGABYTE)
            mine.append(page.send(content))
            its.append(send(least, "/upload", {}, {}, content))
        # The system counts in hundredths of a second, so that one upload alone tells little.
        used, least_used = (max(sum(all_), 0.01) * 1000 / tries for all_ in (mine, its))
        figures = f"{used:>8.0f}ms{least_used:>8.0f}ms{used / least_used:>8.1f}{ours.memory() // 1024:>14} MB"
        print(f"{size:>3} MB{figures}")


def pdf(size: int) -> bytes:
    """A PDF of one page and one stream that compresses no further."""
    head = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
        b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
    )
    stream = b"4 0 obj<</Length %d>>stream\n" % size + os.urandom(size)
    return head + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Page:
    """The page of one criterion's evidence, opened by its lead."""

    def __init__(self, server: Server, ref: str) -> None:
        self.server, self.place = server, f"/returns/{ref}/evidence/1.1"
        page, self.cookie = open_page(server.port, self.place, sign_in(server.port, POLICE_LEAD, PASSWORD))
        self.token = token_in(page)

    def send(self, content: bytes) -> float:
        fields = {"csrf_token": self.token, "what": "file", "personal_data": "no", "note": ""}
        headers = {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin"}
        return send(self.server, self.place, fields, headers, content)


def send(
    server: Server,
    place: str,
    fields: dict[str, str],
    headers: dict[str, str],
    content: bytes,
) -> float:
    """Send one file as a form does; the seconds of processor time it took the server."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    named = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="Report.pdf"\r\n'
    parts += [
        f"{named}Content-Type: application/pdf\r\n\r\n".encode(),
        content,
        f"\r\n--{BOUNDARY}--\r\n".encode(),
    ]
    before = server.cpu()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=120)
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    connection.request("POST", place, b"".join(parts), {**headers, "Content-Type": kind})
    answer = connection.getresponse()
    page = answer.read()
    assert answer.status in (200, 303) and b"What you typed" not in page, f"{place} answered {answer.status}"
    return server.cpu() - before


if __name__ == "__main__":
    sys.exit(main())
