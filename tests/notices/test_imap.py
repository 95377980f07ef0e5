"""The mailbox over the line: a small IMAP server that knows just what reading needs."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from pydantic import SecretStr

from s11.notices.mailbox import Away, ImapMailbox


class Answering(socketserver.StreamRequestHandler):
    """One conversation."""

    server: "ImapServer"

    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            self.answer(tag, rest)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def answer(self, tag: str, rest: str) -> None:
        server, command = self.server, rest.upper()
        if command.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4rev1")
        elif command.startswith("LOGIN") and "a secret" not in rest:
            self.say(f"{tag} NO wrong password")
            return
        elif command.startswith("SELECT") and "INBOX" not in rest:
            self.say(f"{tag} NO no such folder")
            return
        elif command.startswith("SELECT"):
            self.say(f"* {len(server.messages)} EXISTS")
        elif command.startswith("UID SEARCH"):
            unread = [str(uid) for uid in server.messages if uid not in server.seen]
            self.say(f"* SEARCH {' '.join(unread)}")
        elif command.startswith("UID FETCH"):
            uid = int(rest.split()[2])
            self.say(f"* 1 FETCH (UID {uid} BODY[] {{{len(server.messages[uid])}}}")
            self.wfile.write(server.messages[uid] + b")\r\n")
        elif command.startswith("UID STORE"):
            server.seen.add(int(rest.split()[2]))
        self.say(f"{tag} OK done")


class ImapServer(socketserver.ThreadingTCPServer):
    """Messages by number, and which of them were read."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, messages: dict[int, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.messages, self.seen = messages, set[int]()


@contextmanager
def a_mailbox(app: Flask, messages: dict[int, bytes]) -> Iterator[ImapServer]:
    with ImapServer(messages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = app.config["S11"]
        settings.bounce_imap, settings.bounce_port = "127.0.0.1", server.server_address[1]
        settings.bounce_tls, settings.bounce_user = False, "bounces"
        settings.bounce_password = SecretStr("a secret")
        yield server
        server.shutdown()


def test_each_message_is_read_once_and_left_where_it_is(app: Flask) -> None:
    with a_mailbox(app, {3: b"Subject: one\r\n\r\n1", 7: b"Subject: two\r\n\r\n2"}) as server:
        first = app.test_cli_runner().invoke(args=["notices", "bounces"]).output
        assert first == "0 reports about our mail taken in, 2 messages are none and stay in the mailbox.\n"
        assert server.seen == {3, 7}
        assert "0 messages" in app.test_cli_runner().invoke(args=["notices", "bounces"]).output


def test_a_wrong_password_or_a_folder_that_is_not_there_is_said(app: Flask) -> None:
    with a_mailbox(app, {}):
        settings = app.config["S11"]
        settings.bounce_folder = 'Odd "one"'
        with pytest.raises(Away, match="no folder"):
            ImapMailbox(settings)
        settings.bounce_password = SecretStr("wrong")
        with pytest.raises(Away, match="wrong password"):
            ImapMailbox(settings)
