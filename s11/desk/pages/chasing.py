"""The mails of a chase, page by page, with what was ticked on all of them."""

from collections.abc import Collection
from dataclasses import dataclass

from s11.desk.operations.composing import LeftOut, Outlook, Parcel

ON_A_PAGE = 100


@dataclass(frozen=True)
class Line:
    """The mails of one organisation on the page."""

    parcel: Parcel
    ticked: bool

    @property
    def value(self) -> str:
        """What its box sends: the organisation, and the seal of what was looked at."""
        return value_of(self.parcel)


def value_of(parcel: Parcel) -> str:
    return f"{parcel.one.organisation_ref}.{parcel.seal}"


@dataclass(frozen=True)
class Preview:
    """Every mail as it would go out, and who gets none and why."""

    lines: list[Line]  # of this page
    elsewhere: list[str]  # what is ticked on other pages
    left_out: list[LeftOut]
    page: int
    pages: int
    organisations: int
    mails: int
    to_send: int  # organisations ticked

    @property
    def first(self) -> int:
        return (self.page - 1) * ON_A_PAGE


def preview_of(outlook: Outlook, page: int, unticked: Collection[str] = ()) -> Preview:
    """A page of the mails. `unticked`: refs of organisations somebody took out."""
    parcels = outlook.parcels
    pages = max(1, -(-len(parcels) // ON_A_PAGE))
    page = min(max(1, page), pages)
    lines = [Line(parcel, parcel.one.organisation_ref not in unticked) for parcel in parcels]
    start, end = (page - 1) * ON_A_PAGE, page * ON_A_PAGE
    return Preview(
        lines=lines[start:end],
        elsewhere=[line.value for line in lines[:start] + lines[end:] if line.ticked],
        left_out=outlook.left_out,
        page=page,
        pages=pages,
        organisations=len(parcels),
        mails=outlook.mails,
        to_send=sum(line.ticked for line in lines),
    )
