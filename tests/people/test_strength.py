"""What may be a password, and the one form of an address."""

import gzip
import unicodedata
from pathlib import Path

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from s11 import create_app
from s11.core.database import unit_of_work
from s11.core.errors import Invalid
from s11.people import operations, passwords
from s11.people import queries as people
from s11.people.breached import FILE, WIDTH, digest, is_known
from s11.people.rules import canonical_address
from s11.people.strength import fault, words_in
from tests.conftest import settings
from tests.factories.world import POLICE_LEAD, World
from tools import breached as maker

SAMPLE = (Path(__file__).parent / "breached-sample.txt").read_text().splitlines()
NEAR = words_in(["Pat Lead", "pat.lead@northshire.police.example", "Northshire Police", "Harbour Trust"])


def test_a_thousand_stolen_passwords_are_refused() -> None:
    assert len(set(SAMPLE)) == 1000 and all(len(password) >= 12 for password in SAMPLE)
    taken = [password for password in SAMPLE if not is_known(password)]
    assert not taken
    assert not [password for password in SAMPLE if "stolen passwords" not in (fault(password) or "")]


def test_the_list_is_long_sorted_and_names_nobody() -> None:
    content = FILE.read_bytes()
    digests = [content[place : place + WIDTH] for place in range(0, len(content), WIDTH)]
    assert len(digests) > 100_000 and digests == sorted(set(digests))
    assert all(is_known_digest in digests for is_known_digest in (digests[0], digests[-1]))
    assert digest("Password1234") == digest("password1234")


def test_the_list_can_be_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, packed, made = tmp_path / "top.txt", tmp_path / "more.txt.gz", tmp_path / "made.bin"
    plain.write_bytes(b"sunshine\r\n123456\nLong-Enough-One\n\xff\xfe not a text\nabc\n")
    packed.write_bytes(gzip.compress(b"long-enough-one\nanother long one\nshort\n"))
    monkeypatch.setattr(maker, "FILE", made)
    assert maker.main([str(plain), str(packed)]) == 0
    kept = {digest(word) for word in ("sunshine", "long-enough-one", "another long one")}
    assert made.read_bytes() == b"".join(sorted(kept))
    assert maker.main([]) == 2


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "at least 12"),
        ("eleven char", "at least 12"),
        ("x" * 64 + "y" * 65, "at most 128"),
        # On the lists, as it is or nearly.
        ("qwertyuiop[]", "stolen passwords"),
        ("PASSWORD1234", "stolen passwords"),
        ("password!2026", "stolen passwords"),
        ("1!letmein12345", "stolen passwords"),
        ("i love you forever", "stolen passwords"),
        ("ｐａｓｓｗｏｒｄ１２３４", "stolen passwords"),
        # One piece again and again.
        ("mariposa!mariposa!", "again and again"),
        ("xk4xk4xk4xk4xk", "again and again"),
        ("a" * 40, "again and again"),
        ("aaaabbbbccccdddd", "different characters"),
        # Words of the trade, of the person, of the place; also as people disguise them.
        ("Safeguarding2026!", "“safeguarding”"),
        ("S@feguard1ng2026", "“safeguarding”"),
        ("section11-audit", "“section11”"),
        ("section11 Board 26", "“board”"),
        ("pat.lead.police9", "“police”"),
        ("Northshire!2026", "“northshire”"),
        ("harbourtrust77", "“harbour”"),
    ],
)
def test_a_password_is_refused_with_the_reason_and_what_to_do(password: str, words: str) -> None:
    sentence = fault(password, NEAR) or ""
    assert words in sentence
    assert any(advice in sentence for advice in ("Use", "Choose", "Add"))


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "calm harbour morning 26",
        "twelve chars",
        "x7#Lq9!vT2@m",
        "no capitals no digits",
        "NOLOWERCASEHERE",
        "482910573648",
        "  spaces at the ends  ",
        "пятница вечером дома",
        "☂🐎🔋📎☂🌧🎻🏛🥐🚲🧭🪁",
        "safeguarding my tortoise quietly",
        "pat the velvet lamp",
        "q" * 60 + "fewdifferentsignsbutlong" + "z" * 44,
    ],
)
def test_no_rule_asks_for_any_kind_of_character(password: str) -> None:
    assert 12 <= len(password) <= 128
    assert fault(password, NEAR) is None


@pytest.mark.database
def test_words_near_a_person_are_their_name_address_and_places(app: Flask, world: World) -> None:
    with app.app_context():
        person = people.by_address(POLICE_LEAD)
        assert person is not None
        assert operations.near(person) == {"pat", "lead", "police", "example", "northshire"}
        with unit_of_work(), pytest.raises(Invalid, match="northshire") as refusal:
            operations.set_password(person, "Northshire2026!")
        assert refusal.value.field == "password"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_fits_however_the_keyboard_writes_its_letters(app: Flask, form: str) -> None:
    with app.app_context():
        kept = passwords.hash_of("crème brûlée à midi")
        assert passwords.fits(unicodedata.normalize(form, "crème brûlée à midi"), kept)
        assert not passwords.fits("creme brulee a midi", kept)


def test_every_sign_of_a_long_password_counts(app: Flask) -> None:
    with app.app_context():
        kept = passwords.hash_of("z" * 127 + "!")
        assert passwords.fits("z" * 127 + "!", kept) and not passwords.fits("z" * 127 + "?", kept)
        assert not passwords.fits("z" * 127 + "!" + "z" * 100_000, kept)


def test_passwords_are_hashed_as_owasp_advises(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path, "").model_copy(update={"fast_passwords": False}))
    with app.app_context():
        made = extract_parameters(passwords.hash_of("correct horse battery staple"))
        assert (made.type, made.memory_cost, made.time_cost, made.parallelism) == (Type.ID, 19 * 1024, 2, 1)
        assert made.salt_len == 16 and made.hash_len >= 16
        assert not passwords.wants_rehash(passwords.hash_of("correct horse battery staple"))


@pytest.mark.parametrize(
    "typed",
    [
        " Ann.Bell@Council.GOV.uk ",
        "ANN.BELL@COUNCIL.GOV.UK",
        "ａｎｎ．ｂｅｌｌ＠ｃｏｕｎｃｉｌ．ｇｏｖ．ｕｋ",
        "\u00a0ann.bell@council.gov.u\u212a\u2003",  # a no-break space, the Kelvin sign, a wide space
    ],
)
def test_look_alikes_of_an_address_are_one_address(typed: str) -> None:
    assert canonical_address(typed) == "ann.bell@council.gov.uk"


@given(st.text(max_size=60))
def test_the_one_form_of_an_address_stays_as_it_is(typed: str) -> None:
    once = canonical_address(typed)
    assert canonical_address(once) == once
    for same in (f" {typed}\t", unicodedata.normalize("NFKC", typed), unicodedata.normalize("NFD", typed)):
        assert canonical_address(same) == once
