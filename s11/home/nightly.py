"""What other rooms do by commands, for the clock: each does its work and says in a line what it did."""

from flask import current_app

from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.evidence import scanning
from s11.evidence.operations import scan_waiting, sweep
from s11.evidence.verifying import verify
from s11.home import retention
from s11.returns.operations import tell_of_unsigned


def scan_evidence() -> str:
    """Ask the virus scanner about what waits for it, and sweep away what nobody decided about."""
    undecided, parts = sweep()
    said = f"{undecided} undecided files and {parts} broken uploads swept away."
    if not scanning.is_configured():
        return f"{said} No scanner is set up (S11_CLAMAV)."
    told = scan_waiting()
    if told.waiting:
        raise DomainError(f"The scanner does not answer: {told.waiting} files wait and stay locked.")
    return f"{said} {told.clean} clean, {told.infected} infected, {told.unchecked} unchecked."


def verify_evidence() -> str:
    """Read every stored file, and fail loudly where one is not what was added."""
    count, faults = verify()
    if faults:
        raise DomainError(
            f"Of {count} stored files, {len(faults)} cannot be handed out: flask evidence verify"
        )
    return f"{count} stored files, all as they were added."


def tell_offices() -> str:
    """Tell each office of returns that wait for a signature nobody can give."""
    with unit_of_work():
        waiting, told = tell_of_unsigned()
    return f"{waiting} returns wait to be signed; of {told} the office was told just now."


def remove_old() -> str:
    """Remove what is past its time by the settings."""
    with unit_of_work():
        gone = retention.remove(retention.past_its_time(current_app.config["S11"]))
    return ", ".join(f"{count} {what}" for what, count in gone.items()) or "Nothing is past its time."
