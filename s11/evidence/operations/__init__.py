"""What happens to evidence: it arrives, is looked at, and is added to an organisation's library."""

from s11.evidence.operations.adding import add_file, add_link, add_reference
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
from s11.evidence.operations.sweeping import scan_waiting, sweep

__all__ = [
    "Arrived",
    "Turned",
    "accept",
    "add_file",
    "add_link",
    "add_reference",
    "leave_out",
    "put_away",
    "receive",
    "scan_waiting",
    "settle",
    "sweep",
    "warn_of_viruses",
]
