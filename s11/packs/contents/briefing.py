"""What an agency needs to present itself: a briefing to read, and slides to fill in.

Both are made from its own return, its own actions and its own place on the agenda. Nothing of a moderation
is in them before the agency was shown it, and no line of enquiry: what will be asked stays the Board's.
"""

from s11.actions import queries as actions
from s11.core import clock
from s11.cycles.models import Cycle
from s11.packs import rules
from s11.packs.contents import overview, profiles, shown
from s11.packs.contents.material import Material, read
from s11.packs.contents.report import actions_table
from s11.packs.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Of,
    Paragraph,
    Section,
    Sheet,
    Table,
    Tone,
)
from s11.packs.rules import excerpt
from s11.returns.models import Return
from s11.returns.queries import Submitted
from s11.web.filters import day as day_words
from s11.web.filters import moment

NOTICE = "For {organisation} only: to prepare its own session of the challenge day."
BRING = (
    "The evidence you named, or somebody who can open it: you may be asked to show it.",
    "Whoever can speak to the gaps below: you may be asked what stands in the way.",
    "How far each unfinished action is, and by when it will be done.",
    "One example of what is different for children because of something you changed.",
)
WILL_BE = (
    "You present how you stand. Five minutes are enough: partners have read the figures.",
    "Another partner asks you questions, and you answer. Nobody is expected to know everything.",
    "What is agreed is written down: the answer, evidence you promise, a rating, an action if one is due.",
    "You get a letter afterwards with what was agreed.",
)
MINUTES_TO_PRESENT = 5


def briefing(return_: Return) -> Document:
    """What somebody who presents reads beforehand. Raises Invalid where the return is not in."""
    material, one = _read(return_)
    return _document(
        material,
        one,
        title="Briefing for your session",
        stem="briefing",
        sections=(
            _the_day(material, one),
            _position(material, one),
            Section("What is strong", (profiles.strong(material, one),), key="strong"),
            Section(
                "What you may be asked about",
                (
                    Paragraph(
                        "This is what anybody sees who reads your return: it is not the list of questions.",
                        Tone.QUIET,
                    ),
                    profiles.weak(material, one),
                    profiles.bare(material, one),
                    profiles.doubted(material, one),
                    profiles.away(material, one),
                ),
                key="weak",
            ),
            _differing(material, one),
            _promises(material, one),
        ),
    )


def slides(return_: Return) -> Document:
    """The same as slides to present from, with room for the agency's own words."""
    material, one = _read(return_)
    return _document(
        material,
        one,
        title=one.organisation,
        stem="slides",
        sections=(
            _slide("How we stand", profiles.standards_of(material, one)),
            _slide("What we are proud of", profiles.strong(material, one)),
            _slide("What difference it makes for children", Sheet("In our own words", (("An example", 6),))),
            _slide("Where we fall short", profiles.weak(material, one)),
            _slide("What we promised, and how far it is", _actions(material, one)),
            _slide(
                "What we ask of our partners",
                Sheet("In our own words", (("What would help us", 4), ("From whom", 3))),
            ),
        ),
    )


def _read(return_: Return) -> tuple[Material, Submitted]:
    material = read(return_.cycle, [return_.organisation_id], for_board=False)
    return material, material.chosen[0]


def _slide(title: str, *blocks: Block) -> Section:
    return Section(title, blocks, starts_page=True)


def _document(
    material: Material,
    one: Submitted,
    *,
    title: str,
    stem: str,
    sections: tuple[Section, ...],
) -> Document:
    cycle: Cycle = material.cycle
    return Document(
        title=title,
        subtitle=f"{cycle.title}" if title == one.organisation else f"{one.organisation}, {cycle.title}",
        partnership=cycle.partnership.name,
        facts=day_facts(material),
        notice=NOTICE.format(organisation=one.organisation),
        built=f"Made on {moment(clock.now())} from your return as it was submitted on "
        f"{day_words(one.submitted_at)}.",
        sections=sections,
        file_stem=rules.stem_of(one.short_name or one.organisation, cycle.title, stem),
        has_contents=False,
    )


def day_facts(material: Material) -> tuple[tuple[str, str], ...]:
    """When and where the day is; nothing where none is planned."""
    day = material.day
    if day is None:
        return ()
    pairs = [("Challenge day", day_words(day.held_on))]
    pairs += [("Place", day.place)] if day.place else []
    pairs += [("To join from afar", day.link)] if day.link else []
    return tuple(pairs)


def _the_day(material: Material, one: Submitted) -> Section:
    line = material.line_of(one.organisation_id)
    pairs = [*day_facts(material)]
    if line is not None:
        pairs += [
            ("Your session", line.time),
            ("Of this to present", f"about {min(MINUTES_TO_PRESENT, line.session.minutes)} minutes"),
        ]
    else:
        pairs.append(("Your session", "No session is set yet"))
    return Section(
        "The day",
        (
            Facts(tuple(pairs)),
            Paragraph("What will happen", Tone.STRONG),
            Bullets(WILL_BE),
            Paragraph("What to bring", Tone.STRONG),
            Bullets(BRING),
        ),
        starts_page=True,
        key="day",
    )


def _position(material: Material, one: Submitted) -> Section:
    return Section(
        "How you stand",
        (
            Facts(profiles.facts_of(material, one, names_questioner=False)),
            profiles.standards_of(material, one),
            overview.key_of(material),
        ),
        key="position",
    )


def _differing(material: Material, one: Submitted) -> Section:
    """Where a moderator said something else, in full: this is what a presenter must know."""
    answers = material.answers(one.return_id)
    rated = material.ratings[one.return_id]
    is_moderated = any(not rating.moderated.blank for rating in rated)
    rows = tuple(
        (
            Cell(rating.number, strong=True),
            Cell(excerpt(answers[rating.key].text, rules.SHORT_EXCERPT)),
            shown.rating_cell(rating.own),
            shown.rating_cell(rating.moderated),
            Cell(excerpt(profiles.reason_of(material, one, rating.key), rules.ANSWER_EXCERPT)),
        )
        for rating in rules.differing(rated)
    )
    table = Table(
        "Rated otherwise by a moderator",
        (
            Column("No.", width=0.7),
            Column(material.word("criterion"), width=3.4),
            Column("You", Of.RATING, 1.2),
            Column("Moderator", Of.RATING, 1.2),
            Column("Why", width=4.4),
        ),
        rows,
        sheet="Moderated",
        names=2,
        empty="No moderator rated anything otherwise than you."
        if is_moderated
        else "The moderated ratings have not been released to you yet.",
    )
    return Section(
        "Where moderators differ",
        (table, *profiles.replied(material, one)),
        key="moderated",
    )


def _promises(material: Material, one: Submitted) -> Section:
    return Section("What you promised", (_actions(material, one),), key="promises")


def _actions(material: Material, one: Submitted) -> Table:
    found = actions.of_organisation(one.organisation_id, partnership_id=material.cycle.partnership_id)
    return actions_table(material.today, found, names=False)
