"""The second factor: codes from a telephone, recovery codes, and devices that are not asked.

A secret counts only after a first code has shown that the telephone knows it; until then it is
in the browser that asked for it, hidden: see `s11.access.half`.
"""

import secrets
from datetime import datetime, timedelta

import pyotp
from argon2.low_level import Type, hash_secret_raw
from flask import current_app
from sqlalchemy import delete, update

from s11.access import queries
from s11.access.factor_rules import (
    CODES,
    CODES_A_DAY,
    FRESH,
    PASSWORDS_AGAIN,
    SKEW,
    STEP_SECONDS,
    WARNINGS,
    matching_step,
    new_recovery_codes,
    plain_code,
    step_of,
    too_many_codes,
    too_many_passwords,
)
from s11.access.models import Device, RecoveryCode, SecondFactor
from s11.access.operations import throttling
from s11.access.operations.throttling import Count
from s11.access.permissions import needs_second_factor
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid, TooMany
from s11.core.hashing import digest_of
from s11.core.hiding import Unreadable, hide, hide_anew, reveal
from s11.notices.operations import queue
from s11.people import passwords
from s11.people import queries as people
from s11.people.models import Person
from s11.people.operations import end_sessions
from s11.trail.operations import record

WRONG = "That code is not right. Enter the six digits your app shows now."
SPENT = "That code has been used already. Wait until your app shows the next one, and enter that."
WRONG_RECOVERY = (
    "That is not one of your recovery codes, or it has been used. Check it, or take the next one."
)


def new_secret() -> str:
    """A fresh secret for a telephone, as the 32 letters and digits an app can be told by hand."""
    return pyotp.random_base32()


def address_of(secret: str, person: Person) -> str:
    """What the QR code says: for whom and for which service the codes are."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name="Safeguarding self-assessment")


def count_code(session_id: str) -> datetime:
    """Count a try of a code before it is looked at, or raise TooMany; `right_code` wants what it gives.

    It is counted by what the session holds, so that a new password begins anew: whoever tried
    knowing the old one cannot keep the owner out.
    """
    try:
        return throttling.take(_counts(session_id), too_many_codes, field="code")
    except TooMany:
        _warn_of_guessing(session_id)
        raise


def right_code(session_id: str, counted: datetime) -> None:
    """Count a try no longer, since it was right."""
    throttling.give_back(_counts(session_id), counted)


def _counts(session_id: str) -> list[Count]:
    return [Count("code", session_id, CODES), Count("code in a day", session_id, CODES_A_DAY)]


def _warn_of_guessing(session_id: str) -> None:
    """Tell the owner, once a day, that somebody who knows their password tries codes.

    Kept although the request is refused.
    """
    try:
        throttling.take([Count("warned of codes", session_id, WARNINGS)], too_many_codes)
    except TooMany:
        return
    with unit_of_work():
        person = people.by_ref(session_id.partition(".")[0])
        if person is not None:
            _tell(
                person,
                "Many wrong sign-in codes",
                "Somebody who knows your password tried many codes to sign in to your account. They did not "
                "get in by them.",
                "person:factor:guessed",
            )


def turn_on(person: Person, secret: str, typed: str) -> list[str]:
    """Begin to ask for codes made from a secret, once a first code shows that the telephone knows it.

    Takes the place of an earlier telephone. Gives new recovery codes, which are known only now.
    """
    step = _step_typed(secret, typed)
    if step is None:
        raise Invalid(WRONG, field="code")
    known = queries.second_factor_of(person)
    if known is None:
        db.session.add(
            SecondFactor(
                person_id=person.id, hidden_secret=hide(secret), confirmed_at=clock.now(), last_step=step
            )
        )
        _tell(
            person,
            "Second step turned on",
            "Signing in to your account now asks for a code from your app besides your password.",
            "person:factor:turned_on",
        )
    else:
        known.hidden_secret, known.confirmed_at, known.last_step = hide(secret), clock.now(), step
        _tell(
            person,
            "A new telephone for your sign-in codes",
            "The codes for signing in to your account now come from another telephone or app. "
            "The one before no longer works.",
            "person:factor:replaced",
        )
    codes = _make_codes(person)
    end_sessions(person)
    return codes


def turn_off(person: Person) -> None:
    """Stop asking a person for codes."""
    if needs_second_factor(person):
        raise DomainError(
            "Your role needs the second step, so it cannot be turned off. "
            "You can change the telephone instead."
        )
    if queries.second_factor_of(person) is None:
        return
    _remove(person)
    _tell(
        person,
        "Second step turned off",
        "Signing in to your account no longer asks for a code: the password alone is enough.",
        "person:factor:turned_off",
    )


def has_one(person: Person) -> bool:
    """Whether somebody has a second factor in use."""
    return queries.second_factor_of(person) is not None


def reset_factor(person: Person, *, by: Person | None) -> bool:
    """Remove the second factor of somebody who lost their telephone, so that they can set up another.

    Ends their sessions and forgets their devices. Without one to remove it changes nothing, and says so.
    `by` None is whoever runs the service.
    """
    if queries.second_factor_of(person) is None:
        return False
    _remove(person)
    _tell(
        person,
        "Your second step was removed",
        f"{by.name if by else 'Whoever runs the service'} removed the telephone that makes your sign-in "
        "codes, and you were signed out everywhere. If your role needs the second step, you will be asked "
        "to set up a telephone when you next sign in.",
        "person:factor:reset",
        by=by,
        of_another=True,
        after={"name": person.name},
    )
    return True


def take_code(person: Person, typed: str) -> None:
    """Accept a code from the telephone, once. Count the try first: `count_code`."""
    factor = queries.second_factor_of(person)
    if factor is None:
        raise Invalid(WRONG, field="code")
    try:
        step = _step_typed(reveal(factor.hidden_secret), typed)
        hidden = hide_anew(factor.hidden_secret)
    except Unreadable:
        raise Invalid(
            "The service’s key was changed, and codes from your app cannot be checked any more. "
            "Use a recovery code, or ask the partnership office to remove your second step.",
            field="code",
        ) from None
    if step is None:
        raise Invalid(WRONG, field="code")
    # One statement looks and notes: of two browsers with the same code only one gets in.
    taken = db.session.scalar(
        update(SecondFactor)
        .where(SecondFactor.person_id == person.id, SecondFactor.last_step < step)
        .values(last_step=step, hidden_secret=hidden)
        .returning(SecondFactor.person_id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise Invalid(SPENT, field="code")


def take_recovery_code(person: Person, typed: str) -> int:
    """Accept a recovery code, once; gives how many are left. Count the try first: `count_code`."""
    used = db.session.scalar(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_hash == _slow_digest(person, plain_code(typed)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.id)
        .execution_options(synchronize_session=False)
    )
    if used is None:
        raise Invalid(WRONG_RECOVERY, field="code")
    left = queries.recovery_codes_left(person)
    _tell(
        person,
        "A recovery code was used",
        f"Somebody signed in to your account with one of your recovery codes. {left} are left.",
        "person:codes:used",
        after={"left": left},
    )
    return left


def new_codes(person: Person) -> list[str]:
    """Ten new recovery codes; the ones before are good no longer."""
    if queries.second_factor_of(person) is None:
        raise DomainError(
            "The second step is not turned on, so there are no recovery codes. Turn it on first."
        )
    codes = _make_codes(person)
    _tell(
        person,
        "New recovery codes",
        "New recovery codes were made for your account. The ones you had no longer work.",
        "person:codes:made",
    )
    return codes


def remember_device(person: Person, *, name: str) -> str:
    """Remember a browser, so that it is asked for the password only; gives the key its cookie keeps."""
    key = secrets.token_urlsafe(32)
    now = clock.now()
    days: int = current_app.config["S11"].remember_device_days
    db.session.add(
        Device(
            person_id=person.id,
            key_hash=digest_of(key),
            name=name,
            session_version=person.session_version,
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
    )
    record("person:device:remembered", person.id, by=person)
    return key


def forget_device(device: Device) -> None:
    """Ask a browser for codes again."""
    record("person:device:forgotten", device.person_id, by=device.person)
    db.session.delete(device)


def show_again(person: Person, typed: str, *, signed_in_at: datetime) -> None:
    """Have somebody who is signed in show once more who they are, before their way in is changed.

    Somebody without a password, who comes by an outside account, has shown it by having just signed in.
    """
    if person.password_hash is None:
        if clock.now() - signed_in_at > FRESH:
            raise Invalid(
                "You signed in more than ten minutes ago. Sign out, sign in again, and come back here.",
                field="password",
            )
        return
    if not typed:
        raise Invalid("Enter your password.", field="password")
    counts = [Count("password again", person.get_id(), PASSWORDS_AGAIN)]
    counted = throttling.take(counts, too_many_passwords, field="password")
    if not passwords.fits(typed, person.password_hash):
        raise Invalid("That is not your password. Type it again.", field="password")
    throttling.give_back(counts, counted)


def _step_typed(secret: str, typed: str) -> int | None:
    """The step of which somebody typed the code; None for a wrong or an old one."""
    totp, now = pyotp.TOTP(secret, interval=STEP_SECONDS), step_of(clock.now())
    expected = [(step, totp.generate_otp(step)) for step in range(now - SKEW, now + SKEW + 1)]
    return matching_step(plain_code(typed), expected)


def _make_codes(person: Person) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = new_recovery_codes()
    db.session.add_all(
        RecoveryCode(person_id=person.id, code_hash=_slow_digest(person, code)) for code in codes
    )
    return codes


def _slow_digest(person: Person, code: str) -> str:
    """A digest slow enough for a code short enough to be typed. One for all ten codes of a person:
    they are random, and checking one must not take ten times as long."""
    cost = current_app.extensions["s11-passwords"]
    return hash_secret_raw(
        code.encode(),
        bytes.fromhex(digest_of(f"recovery codes of {person.ref}"))[:16],
        time_cost=cost.time_cost,
        memory_cost=cost.memory_cost,
        parallelism=cost.parallelism,
        hash_len=32,
        type=Type.ID,
    ).hex()


def _remove(person: Person) -> None:
    for table in (SecondFactor, RecoveryCode, Device):
        db.session.execute(delete(table).where(table.person_id == person.id))
    end_sessions(person)


def _tell(
    person: Person,
    subject: str,
    what: str,
    tag: str,
    *,
    by: Person | None = None,
    of_another: bool = False,
    after: dict[str, object] | None = None,
) -> None:
    """Note in the trail, and tell the owner by mail, that something about their second factor changed."""
    record(tag, person.id, by=by if of_another else person, after=after)
    settings = current_app.config["S11"]
    queue(
        to_address=person.email,
        to_name=person.name,
        subject=subject,
        body=f"Dear {person.name},\n\n{what}\n\n"
        "If this was you, or you asked for it, you need do nothing. If not, set a new password at once "
        f"at {settings.address}/forgotten and tell your partnership office.\n",
    )
