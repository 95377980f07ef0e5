"""What happens to evidence: it arrives, is looked at, is added to a library, and is kept up to date there."""

from s11.evidence.operations.adding import add_file, add_link, add_reference
from s11.evidence.operations.keeping import confirm, describe, note_fault, remove
from s11.evidence.operations.receiving import (
    Arrived,
    Turned,
    accept,
    leave_out,
    put_away,
    receive,
    settle,
    warn_of_viruses,
)
from s11.evidence.operations.revising import accept_revision, add_revision, revise
from s11.evidence.operations.sweeping import scan_waiting, sweep

__all__ = [
    "Arrived",
    "Turned",
    "accept",
    "accept_revision",
    "add_file",
    "add_link",
    "add_reference",
    "add_revision",
    "confirm",
    "describe",
    "leave_out",
    "note_fault",
    "put_away",
    "receive",
    "remove",
    "revise",
    "scan_waiting",
    "settle",
    "sweep",
    "warn_of_viruses",
]
