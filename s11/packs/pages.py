"""What the pages of packs and letters print, and what an agency finds under “From the Board”."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from s11.core import clock
from s11.moderation.operations.replying import why_no_reply
from s11.moderation.permissions import can_see_said, is_own, replies
from s11.moderation.rules import last_day_to_reply
from s11.packs import permissions, queries
from s11.packs.kinds import AUDIENCE_LABELS, FORMAT_LABELS, Audience, Format
from s11.packs.letters import queries as letters
from s11.packs.models import Letter, Pack, PackFile
from s11.people.models import Person
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.queries import FromTheBoard
from s11.returns.rules import Stage
from s11.web.filters import day as day_words
from s11.web.filters import size

WHAT_FOR = {
    Audience.CHAIR: "Everything, named: agenda, matrix, charts, a page for each organisation, the lines of "
    "enquiry with room to write, and record sheets.",
    Audience.PARTNERSHIP: "For all partners. Where they share their packs, it names everybody; elsewhere it "
    "names nobody. It holds no lines of enquiry.",
    Audience.AGENCY: "For one organisation: its own answers in full, and where it stands among others, who "
    "are not named.",
    Audience.QUESTIONER: "For one organisation that asks questions: a page for each it questions, and "
    "the lines of enquiry given to it.",
    Audience.CLUSTER: "Several organisations side by side: the schools of a trust, a district or a phase.",
    Audience.REPORT: "After the day, for the sub-group and the Board: figures, themes, trend, good practice, "
    "outcomes and actions.",
}


@dataclass(frozen=True)
class FileLine:
    """A file of a pack: to be opened, being written, waiting, or not written."""

    label: str
    format: str
    state: str  # written, writing, waiting, fault
    about: str
    fault: str


@dataclass(frozen=True)
class PackLine:
    """A pack with its files, and whether the data changed since."""

    pack: Pack
    label: str
    files: tuple[FileLine, ...]
    is_outdated: bool

    @property
    def done(self) -> int:
        return sum(one.state == "written" for one in self.files)

    @property
    def waits(self) -> bool:
        """Whether a file can be written now."""
        return any(one.state == "waiting" for one in self.files)

    @property
    def is_busy(self) -> bool:
        """Whether somebody is writing one."""
        return any(one.state == "writing" for one in self.files)

    @property
    def has_fault(self) -> bool:
        return any(one.state == "fault" for one in self.files)

    @property
    def is_finished(self) -> bool:
        return not self.waits and not self.is_busy

    @property
    def about(self) -> str:
        """Whom it is about, in a line."""
        names = [str(one["name"]) for one in self.pack.organisations]
        if not names:
            return "Nobody is named in it"
        shown = ", ".join(names) if len(names) <= 4 else f"{', '.join(names[:3])} and {len(names) - 3} more"
        return shown


def lines_of(packs: Sequence[Pack], version: str) -> list[PackLine]:
    """Packs as a page shows them; `version` is the digest of the data as they are now."""
    files = queries.files_of([pack.id for pack in packs])
    return [
        PackLine(
            pack,
            AUDIENCE_LABELS[Audience(pack.audience)],
            tuple(_file_line(one) for one in files[pack.id]),
            pack.data_version != version,
        )
        for pack in packs
    ]


def _file_line(file: PackFile) -> FileLine:
    if file.written_at is not None:
        state = "written"
    elif file.fault:
        state = "fault"
    else:
        state = "waiting" if queries.may_be_taken(file, clock.now()) else "writing"
    pages = f"{file.pages} pages, " if file.pages else ""
    about = f"{pages}{size(file.size)}" if state == "written" else ""
    return FileLine(FORMAT_LABELS[Format(file.format)], file.format, state, about, file.fault)


# What an agency finds


def from_the_board(person: Person) -> list[FromTheBoard]:
    """What was released to the organisations of this person, and what helps them to present themselves."""
    mine = [one for one in person.organisation_ids if permissions.reads_for(person, one)]
    if not mine:
        return []
    packs = queries.released_to(mine, queries.cycles_asked_of(mine))
    return [*_letters(letters.released_to(mine)), *_packs(packs, person), *_to_read(person, mine)]


def of_return(return_: Return, person: Person) -> list[FromTheBoard]:
    """What was released about one return: what the moderators said, its letters and its packs."""
    own, cycle = [return_.organisation_id], return_.cycle_id
    found = (
        [_said(return_, "What the moderators said")]
        if can_see_said(person, return_) and is_own(person, return_)
        else []
    )
    if permissions.reads_for(person, return_.organisation_id):
        found += _letters(one for one in letters.released_to(own) if one.day.cycle_id == cycle)
        packs = queries.released_to(own, [cycle])
        found += _packs((one for one in packs if one.cycle_id == cycle), person)
    return found


def _letters(found: Iterable[Letter]) -> list[FromTheBoard]:
    return [
        FromTheBoard(
            f"Letter after {letter.day.title}",
            url_for("letters.letter", ref=letter.ref),
            f"{letter.organisation.short_name}, {day_words(letter.released_at)}",
        )
        for letter in found
    ]


def _packs(found: Iterable[Pack], person: Person) -> list[FromTheBoard]:
    return [
        FromTheBoard(
            f"{AUDIENCE_LABELS[Audience(pack.audience)]}, {pack.cycle.title}",
            url_for("packs.pack", ref=pack.ref),
            f"released {day_words(pack.released_at)}",
        )
        for pack in found
        if permissions.is_released_to(person, pack)
    ]


def _said(return_: Return, title: str = "") -> FromTheBoard:
    """The moderated ratings with their reasons, and until when they can be replied to."""
    last = last_day_to_reply(return_.cycle.challenge_on, return_.invitation.closes_on)
    note = return_.organisation.short_name
    if not why_no_reply(return_):
        note += f", replies until {day_words(last)}" if last else ", you can reply"
    href = url_for("moderation.said", ref=return_.ref)
    return FromTheBoard(title or f"What the moderators said, {return_.cycle.title}", href, note)


def _to_read(person: Person, mine: Sequence[int]) -> list[FromTheBoard]:
    """What the moderators said, until the return is closed, and the briefings for days still to come."""
    days = {day.cycle_id: day for day in queries.days_from(clock.today(), queries.cycles_asked_of(mine))}
    own = returns.of_organisations(list(mine))
    turns = queries.presenting([day.id for day in days.values()])
    said = [_said(one) for one in own if Stage(one.stage) is Stage.MODERATED and replies(person, one)]
    return said + [
        FromTheBoard(
            f"Prepare your session of {days[return_.cycle_id].title}",
            url_for("packs.prepare", ref=return_.ref),
            f"{return_.organisation.short_name}, {day_words(days[return_.cycle_id].held_on)}",
        )
        for return_ in own
        if return_.cycle_id in days
        and (days[return_.cycle_id].id, return_.organisation_id) in turns
        and permissions.can_prepare(person, return_)
    ]
