"""What the pages of the settings print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from s11.core import clock
from s11.notices.wording import Words, filled, words_of
from s11.organisations.models import Partnership
from s11.partnerships import colours
from s11.partnerships.chains import steps_of
from s11.partnerships.rules import Pending, Subject, evidence_words, years_words
from s11.people import queries as people
from s11.people.rules import ROLE_LABELS, Role
from s11.questionnaires.models import Framework
from s11.questionnaires.signing import chain_words

TITLES = {
    Subject.NAMES: "Names",
    Subject.COLOUR: "Colour",
    Subject.MAIL: "Mail",
    Subject.TIME: "Time zone",
    Subject.EVIDENCE: "Evidence in new cycles",
    Subject.GROUPS: "Small groups",
    Subject.SECOND_STEP: "Second step of signing in",
}
# Invented, and printed as such: what a mail looks like.
SAMPLE = {
    "audit": "Section 11 audit 2027",
    "due": "31 March 2027",
    "name": "Alex Green",
    "organisation": "Example Trust",
    "standing": "41 of 69 criteria are answered.",
    "link": "(the address of this service)",
}


@dataclass(frozen=True)
class Row:
    """A line of the settings: what it is, how it stands, and where it is changed."""

    key: str
    value: str
    subject: str
    hidden: str = ""


def rows(partnership: Partnership) -> dict[str, list[Row]]:
    """Everything that is set, under its headings. What has a page of its own is added by the template."""
    names, colour = Subject.NAMES, partnership.colour or "The colour of this service"
    return {
        "Names and words": [
            Row("Name", partnership.name, names),
            Row("What people call it", partnership.board_word, names),
            Row("Group that approves the questionnaire", partnership.quality_group, names),
        ],
        "Look": [Row("Colour", colour, Subject.COLOUR)],
        "Mail and time": [
            Row("Under every mail", partnership.mail_signature or "Nothing", Subject.MAIL),
            Row("Address of the office", partnership.office_email or "None", Subject.MAIL),
            Row("Time zone", zone_words(partnership.time_zone), Subject.TIME),
        ],
        "Evidence and figures": [
            Row("In new cycles", evidence_words(partnership), Subject.EVIDENCE, "evidence in new cycles"),
            Row(
                "Small groups",
                f"A group of fewer than {partnership.small_group} organisations is not shown",
                Subject.GROUPS,
            ),
        ],
        "Signing in": [Row("Second step needed of", roles_words(partnership), Subject.SECOND_STEP)],
    }


def zone_words(name: str) -> str:
    """Europe/London, where it is 14:32 now."""
    here = clock.now().astimezone(clock.zone_of(name))
    return f"{name.replace('_', ' ')}, where it is {here:%H:%M} now"


def roles_words(partnership: Partnership) -> str:
    held = [ROLE_LABELS[role] for role in Role if role in partnership.second_factor_roles]
    return ", ".join(held) or "Nobody beyond those this installation asks"


def retention_words(partnership: Partnership) -> str:
    return years_words(partnership.evidence_years)


@dataclass(frozen=True)
class Asked:
    """A shorter time that waits for a second person."""

    words: str
    years: int
    by: str
    at: datetime
    mark: str
    own: bool


def asked(partnership: Partnership, person_ref: str) -> Asked | None:
    wanted = Pending.of(partnership.pending)
    if wanted is None:
        return None
    who = people.by_ref(wanted.by)
    return Asked(
        words=years_words(wanted.years).lower(),
        years=wanted.years,
        by=who.name if who else "Somebody who has left",
        at=datetime.fromisoformat(wanted.at),
        mark=wanted.mark,
        own=wanted.by == person_ref,
    )


@dataclass(frozen=True)
class Chain:
    """Who signs in a new edition of a framework here, in words."""

    code: str
    title: str
    words: str
    is_set: bool


def chains(partnership: Partnership, frameworks: Iterable[Framework]) -> list[Chain]:
    found = []
    for one in frameworks:
        steps = steps_of(partnership.sign_off_chains.get(one.code, []))
        words = chain_words(steps) if steps else "As the questionnaire says"
        found.append(Chain(one.code, one.title, words, bool(steps)))
    return found


def sample_mail(partnership: Partnership, signature: str) -> Words:
    """A reminder as it would go out, with a signature under it."""
    mail = filled(words_of(partnership.id, "reminder"), _Sample({**SAMPLE, "partnership": partnership.name}))
    return Words(mail.subject, f"{mail.body}\n\n{signature}".rstrip())


class _Sample(dict[str, str]):
    """What a partnership's own template asks for beyond the sample is shown as it is written there."""

    def __missing__(self, name: str) -> str:
        return f"(({name}))"


@dataclass(frozen=True)
class Figures:
    """How a colour stands: against white words, and against the yellow of the focus."""

    white: str
    focus: str


def figures(colour: str) -> Figures | None:
    if not colour:
        return None
    return Figures(
        colours.figure(colours.contrast(colour, colours.WHITE)),
        colours.figure(colours.contrast(colour, colours.FOCUS)),
    )
