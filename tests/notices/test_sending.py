"""The outbox is sent by a command, each mail once, over a real connection."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from pydantic import SecretStr

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices import operations, queries
from s11.notices.models import Notice
from s11.notices.rules import Bounce, Kind, State, state_of
from s11.organisations import queries as organisations
from tests.factories.world import World
from tests.notices.letterbox import a_server, put, send

pytestmark = pytest.mark.database
NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


def one(app: Flask, number: int) -> Notice:
    with app.app_context():
        notice = queries.by_id(number)
        db.session.expunge(notice)
        return notice


def state(app: Flask, number: int) -> State:
    return state_of(one(app, number), clock.now())


def test_issuing_a_cycle_queues_a_letter_for_each_lead(world: World) -> None:
    with world.app.app_context():
        addresses = {notice.to_address for notice in queries.waiting()}
        assert {"lead@police.example", "lead@housing.example", "dsl@school.example"} <= addresses


def test_without_a_server_mail_is_printed_and_counts_as_sent(app: Flask) -> None:
    put(app)
    said = send(app)
    assert "Subject: Please sign" in said and "1 sent, 0 could not be sent" in said
    assert "0 sent" in send(app)


def test_mail_is_sent_once_through_the_server_and_its_words_go(app: Flask) -> None:
    number = put(app)
    with a_server(app) as letterbox:
        send(app)
        send(app)
    (mail,) = letterbox.read
    assert mail["To"] == "Ann Bell <ann@council.example>"
    assert "Please sign." in mail.get_payload(decode=True).decode()
    sent = one(app, number)
    assert sent.message_id == mail["Message-ID"] and sent.ref in sent.message_id
    assert sent.sent_at and not sent.body and sent.subject == "Please sign"


def test_many_mails_go_over_one_connection(app: Flask) -> None:
    for place in range(20):
        put(app, f"a{place}@council.example")
    with a_server(app) as letterbox:
        assert "20 sent" in send(app)
    assert (len(letterbox.mails), letterbox.connections) == (20, 1)


def test_a_connection_that_went_stale_is_made_anew_and_nothing_is_lost(app: Flask) -> None:
    for place in range(4):
        put(app, f"a{place}@council.example")
    with a_server(app) as letterbox:
        letterbox.hangs_up_after = 2
        send(app)
        # The second was taken, but the connection broke before the server could say so.
        assert len(letterbox.mails) == 4 and letterbox.connections == 2
    with app.app_context():
        assert queries.numbers() == (0, 1, 0)


def test_a_server_that_is_away_loses_nothing_and_counts_against_no_mail(app: Flask) -> None:
    number = put(app)
    app.config["S11"].mail_server, app.config["S11"].mail_port = "127.0.0.1", 9
    result = app.test_cli_runner().invoke(args=["notices", "send"])
    assert result.exit_code == 1 and "The mail server does not answer: ConnectionRefused" in result.output
    assert (one(app, number).tries, state(app, number)) == (0, State.WAITING)
    with a_server(app) as letterbox:
        send(app)
    assert len(letterbox.mails) == 1


def test_what_is_refused_for_now_is_tried_again_after_longer_and_longer_pauses(app: Flask) -> None:
    number, minutes = put(app), []
    with a_server(app) as letterbox, time_machine.travel(NINE, tick=False) as now:
        letterbox.refuses["ann@council.example"] = "451 4.7.1 Greylisted, come back later"
        began = before = clock.now()
        while (waiting := one(app, number)).given_up_at is None:
            if waiting.next_try_at is not None:
                now.move_to(waiting.next_try_at - timedelta(seconds=1))
                assert "0 sent, 0 could not" in send(app)
                now.move_to(waiting.next_try_at)
            minutes.append(round((clock.now() - before).total_seconds() / 60))
            before = clock.now()
            send(app)
        assert minutes == [0, 1, 5, 15, 60, 240, 720, 720, 720]
        assert clock.now() - began == timedelta(minutes=2481)
        assert (one(app, number).tries, state(app, number)) == (9, State.NOT_SENT)
        assert "451 4.7.1 Greylisted" in one(app, number).last_error
    assert not letterbox.mails


def test_a_mail_that_is_refused_once_keeps_its_name_and_arrives_once(app: Flask) -> None:
    number = put(app)
    with a_server(app) as letterbox, time_machine.travel(NINE, tick=False) as now:
        letterbox.after["ann@council.example"] = "451 4.3.0 Try later"
        send(app)
        name = one(app, number).message_id
        assert name and not letterbox.mails
        letterbox.after.clear()
        now.shift(timedelta(minutes=1))
        send(app)
    assert [mail["Message-ID"] for mail in letterbox.read] == [name]


def test_an_address_that_is_not_there_bounces_at_once_and_gets_nothing_more(app: Flask) -> None:
    number = put(app)
    with a_server(app) as letterbox:
        letterbox.refuses["ann@council.example"] = "550 5.1.1 No such user"
        send(app)
        bounced = one(app, number)
        assert (bounced.bounce, bounced.tries) == (Bounce.HARD, 1) and "No such user" in bounced.bounce_said
        assert state(app, number) == State.RETURNED
        letterbox.refuses.clear()
        later = put(app, "ANN@council.example", subject="Another")
        assert "1 not sent to addresses that get no more" in send(app)
        assert state(app, later) == State.NOT_SENT and not letterbox.mails


def test_a_server_that_does_not_like_us_does_not_condemn_the_address(app: Flask) -> None:
    """A server set up wrongly answers 550 or 554 to everything: that says nothing of any address."""
    number = put(app)
    with a_server(app) as letterbox:
        letterbox.refuses["ann@council.example"] = "554 5.7.1 Relay access denied"
        send(app)
    assert state(app, number) == State.WAITING and one(app, number).next_try_at
    with app.app_context():
        assert queries.known_of("ann@council.example") == []


def test_one_bad_address_does_not_hold_up_the_others(app: Flask) -> None:
    put(app, "ann@council.example\nBcc: all@council.example")
    put(app, "bea@council.example", to_name="Bea\nBcc: all@council.example")
    put(app, "cy@council.example")
    with a_server(app) as letterbox:
        assert "2 sent, 1 could not be sent" in send(app)
    assert len(letterbox.mails) == 2 and not any(mail["Bcc"] for mail in letterbox.read)


def test_accounts_go_first_and_no_partnership_waits_for_all_the_mail_of_another(world: World) -> None:
    with world.app.app_context(), unit_of_work():
        for notice in queries.waiting():
            operations.mark_sent(notice)
        ids = {}
        for code in ("northshire", "elsewhere"):
            found = organisations.partnership_by_code(code)
            assert found is not None
            ids[code] = found.id
    for place in range(3):
        put(world.app, f"n{place}@x.example", kind=Kind.REMINDER, partnership_id=ids["northshire"])
    put(world.app, "e0@x.example", kind=Kind.REMINDER, partnership_id=ids["elsewhere"])
    put(world.app, "l0@x.example", kind=Kind.LETTER, partnership_id=ids["northshire"])
    put(world.app, "p0@x.example")
    with world.app.app_context():
        order = [notice.to_address.split("@")[0] for notice in queries.waiting()]
    assert order == ["p0", "l0", "n0", "e0", "n1", "n2"]


def test_a_mail_of_a_partnership_bears_its_name_its_signature_and_where_to_answer(world: World) -> None:
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code("northshire")
        assert board is not None
        board.mail_signature = "Mary Manager\nNorthshire Partnership, Town Hall"
        board_id = board.id
        for notice in queries.waiting():
            operations.mark_sent(notice)
    put(world.app, kind=Kind.LETTER, partnership_id=board_id)
    with a_server(world.app) as letterbox:
        world.app.config["S11"].mail_from = "audit@host.example"
        world.app.config["S11"].bounce_address = "bounces@host.example"
        send(world.app)
    (mail,) = letterbox.read
    assert mail["From"] == "Northshire Partnership <audit@host.example>"
    assert mail["Reply-To"] == "Northshire Partnership <office@board.example>"
    assert mail["Auto-Submitted"] == "auto-generated" and mail["List-Unsubscribe"] is None
    assert mail.get_payload(decode=True).decode().replace("\r\n", "\n") == (
        "Dear Ann,\n\nPlease sign.\n\nMary Manager\nNorthshire Partnership, Town Hall\n"
    )


def test_what_was_claimed_by_a_run_that_was_killed_is_free_again_after_ten_minutes(app: Flask) -> None:
    number = put(app)
    with a_server(app) as letterbox, time_machine.travel(NINE, tick=False) as now:
        with app.app_context(), unit_of_work():
            assert operations.claim(number) is not None
        now.shift(timedelta(minutes=9))
        assert "0 sent" in send(app) and state(app, number) == State.SENDING
        now.shift(timedelta(minutes=2))
        assert "1 sent" in send(app)
    assert len(letterbox.mails) == 1


def test_what_a_killed_run_had_handed_over_is_never_sent_again_by_itself(app: Flask) -> None:
    number = put(app)
    with a_server(app) as letterbox, time_machine.travel(NINE, tick=False) as now:
        with app.app_context(), unit_of_work():
            claimed_at = operations.claim(number)
            assert claimed_at is not None and operations.hand(number, claimed_at)
        now.shift(timedelta(days=3))
        assert "0 sent" in send(app) and not letterbox.mails
        assert state(app, number) == State.UNSURE
        with app.app_context(), unit_of_work():
            operations.send_again(queries.by_id(number), by=None)
        send(app)
    assert len(letterbox.mails) == 1


def test_a_run_that_was_too_slow_hands_nothing_over(app: Flask) -> None:
    """Its claim ran out, and another run has the mail in hand: only the newer claim may hand it over."""
    number = put(app)
    with time_machine.travel(NINE, tick=False) as now, app.app_context():
        with unit_of_work():
            first = operations.claim(number)
        now.shift(timedelta(minutes=11))
        with unit_of_work():
            second = operations.claim(number)
        assert first is not None and second is not None
        with unit_of_work():
            assert not operations.hand(number, first)
            assert operations.hand(number, second)


def a_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for this machine, and a file that says it may be believed."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    own, secret = folder / "own.pem", folder / "key.pem"
    own.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, secret)
    return context, own


def only_ours(_server: object, _session: object, _envelope: object, _how: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"s11", b"a secret")
    return AuthResult(success=right, handled=False)


def test_a_server_is_spoken_to_over_tls_and_signed_in_to(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, own = a_certificate(tmp_path)
    put(app)
    guarded = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with a_server(app, authenticator=only_ours, **guarded) as letterbox:
        settings = app.config["S11"]
        settings.mail_server, settings.mail_tls = "localhost", True
        settings.mail_user, settings.mail_password = "s11", SecretStr("a secret")
        assert "CERTIFICATE_VERIFY_FAILED" in send(app) and not letterbox.mails
        monkeypatch.setenv("SSL_CERT_FILE", str(own))
        settings.mail_password = SecretStr("another")
        assert "does not answer: SMTPAuthenticationError" in send(app) and not letterbox.mails
        settings.mail_password = SecretStr("a secret")
        assert "1 sent" in send(app)
    assert letterbox.went_to == ["Ann Bell <ann@council.example>"]
