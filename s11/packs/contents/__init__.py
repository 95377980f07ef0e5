"""Gathering what a pack contains, from sealed submissions and nothing an agency has not released."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from s11.challenge import queries as challenge
from s11.challenge.models import Enquiry
from s11.core import clock
from s11.core.errors import Invalid
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.packs import queries, rules
from s11.packs.contents import asking, briefing, overview, peers, profiles, report
from s11.packs.contents.material import NONE_CHOSEN, NONE_IN, NOT_IN, Material, read
from s11.packs.document import Document, Paragraph, Section
from s11.packs.kinds import AUDIENCE_LABELS, Audience
from s11.packs.rules import HOLDS
from s11.returns import queries as returns
from s11.web.filters import moment

__all__ = ["NONE_CHOSEN", "NONE_IN", "NOT_IN", "Gathered", "Wanted", "gather"]

# A paper of fewer sections is leafed through sooner than a list of them is read.
LISTED_FROM = 6
NOT_ASKING = "This organisation asks no questions at the challenge day, so there is no brief for it."
NO_DAY = "No challenge day is planned for this cycle yet. Plan it first: a brief says who is asked what."
YOURS = (
    "The questions given to you, and those of your sessions that were given to nobody, with room for the "
    "answer. The chair may ask the latter."
)
WHOSE = "Choose the organisation whose pack it is."
NOTICES = {
    Audience.CHAIR: "For the chair and the partnership office only. It holds the lines of enquiry: keep it "
    "from those who will be asked.",
    Audience.PARTNERSHIP: "For the partners of {partnership} only. Do not pass it on.",
    Audience.AGENCY: "For {organisation} only. Others are not named in it.",
    Audience.QUESTIONER: "For those of {organisation} who ask the questions. Keep it from those who will be "
    "asked, and destroy it after the day.",
    Audience.CLUSTER: "For the people of {partnership} who work with these {bodies}. Do not pass it on.",
    Audience.REPORT: "For the {group} and the Board of {partnership}.",
}


@dataclass(frozen=True)
class Wanted:
    """What is to be built: for whom, about whom, and under which name."""

    audience: Audience
    organisation_ids: tuple[int, ...] = ()  # whom it is about, where that is chosen
    organisation: Organisation | None = None  # whose pack it is
    about: str = ""  # what a cluster is called


@dataclass(frozen=True)
class Gathered:
    """What a pack says, and every organisation whose answers are in it under its name, by id."""

    document: Document
    named: tuple[int, ...]


def gather(cycle: Cycle, wanted: Wanted, *, by_name: str) -> Gathered:
    """The contents of a pack.

    Raises Invalid when nobody is chosen, when one is chosen whose return is not in, or when there is
    nothing to make it of.
    """
    holds = HOLDS[wanted.audience]
    if holds.about_one and wanted.organisation is None:
        raise Invalid(WHOSE, field="organisation")
    names = _is_named(cycle, wanted)
    ids = _about(cycle, wanted)
    material = read(
        cycle, ids, for_board=holds.for_board, everything=wanted.audience is Audience.AGENCY or not names
    )
    sections = tuple(_SECTIONS[wanted.audience](material, wanted, names))
    named = tuple(one.organisation_id for one in material.chosen) if names else ()
    return Gathered(_document(material, wanted, sections, by_name, names=names), named)


def _is_named(cycle: Cycle, wanted: Wanted) -> bool:
    """Whether those it is about stand in it under their names: for all partners, only where they agreed to
    share."""
    day = challenge.of_cycle(cycle.id)
    return wanted.audience is not Audience.PARTNERSHIP or bool(day and day.shares_packs)


def _about(cycle: Cycle, wanted: Wanted) -> Sequence[int]:
    """Whom a pack is about, by id."""
    if wanted.audience is Audience.AGENCY and wanted.organisation:
        return [wanted.organisation.id]
    if wanted.audience is Audience.QUESTIONER and wanted.organisation:
        return _asked_by(cycle, wanted.organisation.id)
    return wanted.organisation_ids


def _asked_by(cycle: Cycle, organisation_id: int) -> list[int]:
    """Whom an organisation questions at the day, by id: those of its sessions whose returns are in."""
    day = challenge.of_cycle(cycle.id)
    if day is None:
        raise Invalid(NO_DAY, field="organisation")
    is_in = {one.organisation_id for one in returns.submitted(cycle.id)}
    turns = [
        one.organisation_id for one in challenge.sessions(day.id) if one.questioner_id == organisation_id
    ]
    asked = [e.organisation_id for e in challenge.enquiries(day.id) if e.asked_by_id == organisation_id]
    found = [one for one in dict.fromkeys((*turns, *asked)) if one in is_in and one != organisation_id]
    if not found:
        raise Invalid(NOT_ASKING, field="organisation")
    return [one for one in found if one is not None]


def _document(
    material: Material, wanted: Wanted, sections: tuple[Section, ...], by_name: str, *, names: bool
) -> Document:
    cycle, audience = material.cycle, wanted.audience
    whose = wanted.organisation.name if wanted.organisation else wanted.about
    _, bodies = overview.bodies_of(material)
    label = AUDIENCE_LABELS[audience]
    version = queries.data_version(cycle)
    return Document(
        title=label,
        subtitle=f"{whose}, {cycle.title}" if whose else cycle.title,
        partnership=cycle.partnership.name,
        facts=(*briefing.day_facts(material), *_facts(material, wanted, names=names)),
        notice=NOTICES[audience].format(
            partnership=cycle.partnership.name,
            organisation=whose,
            bodies=bodies,
            group=cycle.partnership.quality_group,
        ),
        built=f"Built on {moment(clock.now())} by {by_name}, from the data as they stood then "
        f"(version {version[:8]}).",
        sections=sections,
        file_stem=rules.stem_of(cycle.title, label, whose),
        has_contents=len(sections) >= LISTED_FROM,
    )


def _facts(material: Material, wanted: Wanted, *, names: bool) -> tuple[tuple[str, str], ...]:
    _, bodies = overview.bodies_of(material)
    reader = HOLDS[wanted.audience].who.format(bodies=bodies)
    who = wanted.organisation.name if wanted.organisation else reader
    if HOLDS[wanted.audience].about_one:
        return (("For", who),)
    if not names:
        return (("For", who), overview.returns_facts(material)[0])
    return (("For", who), *overview.returns_facts(material))


# What is in each, in its order


def _of_chair(material: Material, _: Wanted, __: bool) -> list[Section]:
    agenda = overview.agenda_section(material)
    return [
        overview.how_to_read(material),
        overview.returns_section(material),
        *((agenda,) if agenda else ()),
        overview.matrix_section(material),
        overview.standards_section(material),
        overview.organisations_section(material),
        *_profiles(material),
        *asking.enquiries_sections(material),
        *asking.sheets_sections(material),
    ]


def _of_partnership(material: Material, _: Wanted, names: bool) -> list[Section]:
    if not names:
        return [overview.how_to_read(material), peers.all_section(material)]
    agenda = overview.agenda_section(material)
    return [
        overview.how_to_read(material),
        overview.returns_section(material),
        *((agenda,) if agenda else ()),
        overview.matrix_section(material),
        overview.standards_section(material),
        overview.organisations_section(material),
        *_profiles(material),
    ]


def _of_agency(material: Material, _: Wanted, __: bool) -> list[Section]:
    (one,) = material.chosen
    return [
        overview.how_to_read(material),
        profiles.profile(material, one, level=1, names_questioner=False),
        peers.position_section(material, one),
        profiles.in_full(material, one),
    ]


def _of_questioner(material: Material, wanted: Wanted, _: bool) -> list[Section]:
    whose = wanted.organisation.id if wanted.organisation else 0
    found = [overview.how_to_read(material), *_profiles(material)]
    found.append(
        Section(
            "Your lines of enquiry",
            (Paragraph(YOURS),),
            starts_page=True,
            key="asked",
        )
    )
    for place, one in enumerate(material.chosen):
        mine = _questions_for(material, one.organisation_id, whose)
        found.append(
            asking.questions_of(
                material,
                one,
                mine,
                suggests=False,
                starts_page=place > 0,
                nobodys=asking.YOU_OR_CHAIR,
            )
        )
    return found


def _questions_for(material: Material, organisation_id: int, questioner_id: int) -> list[Enquiry]:
    """What a questioner may put to an organisation: its own questions, and in a session that it questions
    those given to nobody. What another was given stays with that other."""
    line = material.line_of(organisation_id)
    may_ask: set[int | None] = {questioner_id}
    if line is not None and line.session.questioner_id == questioner_id:
        may_ask.add(None)
    return [one for one in asking.enquiries_of(material, organisation_id) if one.asked_by_id in may_ask]


def _of_cluster(material: Material, _: Wanted, __: bool) -> list[Section]:
    return [
        overview.how_to_read(material),
        overview.matrix_section(material),
        overview.standards_section(material),
        overview.organisations_section(material),
        *_profiles(material),
    ]


def _of_report(material: Material, _: Wanted, __: bool) -> list[Section]:
    themes = report.themes_section(material)
    return [
        report.foreword_section(material),
        report.in_figures_section(material),
        overview.returns_section(material),
        overview.matrix_section(material),
        overview.standards_section(material),
        *((themes,) if themes else ()),
        report.trend_section(material),
        report.strengths_section(material),
        report.practice_section(material),
        report.outcomes_section(material),
        report.actions_section(material),
        overview.how_to_read(material),
    ]


def _profiles(material: Material) -> list[Section]:
    body, _ = overview.bodies_of(material)
    first = Section(f"{rules.capital(body)} by {body}", starts_page=True, key="profiles")
    pages = (
        profiles.profile(material, one, starts_page=place > 0) for place, one in enumerate(material.chosen)
    )
    return [first, *pages]


_SECTIONS: dict[Audience, Callable[[Material, Wanted, bool], list[Section]]] = {
    Audience.CHAIR: _of_chair,
    Audience.PARTNERSHIP: _of_partnership,
    Audience.AGENCY: _of_agency,
    Audience.QUESTIONER: _of_questioner,
    Audience.CLUSTER: _of_cluster,
    Audience.REPORT: _of_report,
}
