"""Who needs a second factor, what a code looks like, and how long each step may take."""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from s11.access.rules import FIVE_MINUTES, Allowance, minutes
from s11.core.refs import ALPHABET
from s11.people.rules import BOARD_ROLES, INSTALLATION_ROLES, Role

# How long a browser that has shown the password may take to show the code.
BETWEEN_STEPS = timedelta(minutes=10)
# How long somebody may take to bring a new secret into their telephone.
ENROLMENT = timedelta(hours=1)
# After signing in, how long a person without a password counts as having just shown who they are.
FRESH = timedelta(minutes=10)

STEP_SECONDS = 30
SKEW = 1  # steps by which a telephone's clock may differ
RECOVERY_CODES = 10
RECOVERY_LENGTH = 10
FEW_RECOVERY_CODES = 3

# How often codes may be tried: few enough at once, and few enough in a day that a million codes are safe.
CODES = Allowance(10, FIVE_MINUTES)
CODES_A_DAY = Allowance(30, timedelta(days=1))
# Passwords of somebody who is signed in, before their way in is changed.
PASSWORDS_AGAIN = Allowance(10, FIVE_MINUTES)
WARNINGS = Allowance(1, timedelta(days=1))


class RolesUnknown(ValueError):
    """A setting names a role that does not exist."""


def roles_required(setting: str, *, https: bool) -> frozenset[Role]:
    """The roles that need a second factor, from the setting: role codes, or all, board, none.

    Left empty it is the Board and the system administrator, but nobody on a plain http address: a
    demonstration on a laptop asks nobody for a telephone.
    """
    chosen = setting.strip().casefold() or ("board" if https else "none")
    groups = {"all": frozenset(Role), "board": BOARD_ROLES | INSTALLATION_ROLES, "none": frozenset[Role]()}
    if chosen in groups:
        return groups[chosen]
    named = [code.strip() for code in chosen.split(",") if code.strip()]
    unknown = [code for code in named if code not in set(Role)]
    if unknown:
        raise RolesUnknown(
            f"S11_SECOND_FACTOR_ROLES names “{unknown[0]}”, which is no role. "
            f"Write all, board, none, or some of: {', '.join(Role)}."
        )
    return frozenset(Role(code) for code in named)


def step_of(moment: datetime) -> int:
    """The time step a moment lies in; a telephone shows one code for each."""
    return int(moment.timestamp()) // STEP_SECONDS


def matching_step(typed: str, expected: Iterable[tuple[int, str]]) -> int | None:
    """The step whose code was typed, or None. Every code is compared, in a time that tells nothing."""
    found = [step for step, code in expected if hmac.compare_digest(code.encode(), typed.encode())]
    return found[-1] if found else None


def plain_code(typed: str) -> str:
    """A code as it is compared, however it was typed: spaces and hyphens are only there to be read."""
    return "".join(char for char in typed.casefold() if char.isalnum())


def new_recovery_codes() -> list[str]:
    """Fresh codes for the day the telephone is lost, without characters that look alike."""
    return ["".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]


def in_groups(text: str, size: int) -> str:
    """Text as it is easily copied from one screen to another: "jbsw y3dp ehpk"."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def too_many_codes(wait: timedelta) -> str:
    return (
        f"Too many codes were tried. Wait {hours(wait)}, then try again. If it was not you who tried, "
        "somebody knows your password: set a new one with “Forgotten your password?” on the sign-in page."
    )


def too_many_passwords(wait: timedelta) -> str:
    return f"The password was tried too often. Wait {minutes(wait)}, then try again."


def hours(wait: timedelta) -> str:
    """A waiting time in words, by the hour where it is long: "5 minutes", "about 20 hours"."""
    long = round(wait / timedelta(hours=1))
    return f"about {long} hours" if long >= 2 else minutes(wait)
