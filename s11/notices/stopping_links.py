"""The link under a mail with which whoever got it stops its kind."""

from s11.core.hiding import Unreadable, hide, reveal
from s11.notices.models import Notice
from s11.notices.rules import Kind, subject_of_stop

PURPOSE = "stop"


def link_for(notice: Notice, address: str) -> str:
    """An address that says for whom and what, unreadable to everybody but us."""
    return f"{address}/mail/stop/{token_for(notice.to_address, subject_of_stop(notice.kind))}"


def token_for(address: str, kind: Kind) -> str:
    return hide(f"{PURPOSE}|{kind}|{address}")


def read(token: str) -> tuple[str, Kind] | None:
    """For which address what is to be stopped; None for a token that is none of ours."""
    try:
        purpose, kind, address = reveal(token).split("|", 2)
        return (address, Kind(kind)) if purpose == PURPOSE else None
    except (Unreadable, ValueError):
        return None
