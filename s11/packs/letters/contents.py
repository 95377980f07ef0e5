"""What a letter says: its words, with the ratings, findings and actions as they stand."""

from collections.abc import Callable
from dataclasses import dataclass

from s11.actions import queries as actions
from s11.actions.rules import is_open
from s11.challenge import pages as challenge_pages
from s11.challenge import queries as challenge
from s11.challenge.models import Outcome
from s11.core import clock
from s11.cycles.queries import content_of
from s11.moderation.marks import Mark
from s11.packs import rules
from s11.packs.contents import profiles, shown
from s11.packs.contents.material import Material, read
from s11.packs.contents.report import actions_table
from s11.packs.document import Block, Cell, Column, Document, Of, Paragraph, Section, Table, Tone
from s11.packs.document import read as read_kept
from s11.packs.letters import wording
from s11.packs.models import Letter
from s11.packs.rules import excerpt
from s11.questionnaires.rules import EditionContent
from s11.returns import queries as returns
from s11.returns.queries import Submitted
from s11.web.filters import day as day_words
from s11.web.filters import moment

NO_RETURN = "No return is in, so there are no ratings."
NOT_MODERATED = "Your ratings have not been moderated."


@dataclass(frozen=True)
class Found:
    """What a letter is made from."""

    letter: Letter
    edition: EditionContent
    material: Material | None  # None where the return is not in
    outcomes: tuple[Outcome, ...]

    @property
    def one(self) -> Submitted | None:
        return self.material.chosen[0] if self.material else None


def document_of(letter: Letter) -> Document:
    """A released letter as it was released; a draft as it would be released now."""
    return read_kept(letter.contents) if letter.released_at is not None else gather(letter)


def gather(letter: Letter, *, released_by: str = "") -> Document:
    """What a letter says at this moment."""
    found = _found(letter)
    day, whose = letter.day, letter.organisation
    state = f"Released on {moment(clock.now())} by {released_by}." if released_by else "Draft: not released."
    return Document(
        title=f"Feedback to {whose.name}",
        subtitle=f"{day.title}, {day.cycle.title}",
        partnership=day.cycle.partnership.name,
        facts=(("Challenge day", day_words(day.held_on)), ("Date of this letter", day_words(clock.now()))),
        notice=f"For {whose.name} and {day.cycle.partnership.name}.",
        built=state,
        sections=tuple(_sections(found)),
        file_stem=rules.stem_of(whose.short_name or whose.name, day.title, "feedback letter"),
        has_cover=False,
        has_contents=False,
    )


def _found(letter: Letter) -> Found:
    cycle, whose = letter.day.cycle, letter.organisation_id
    is_in = any(one.organisation_id == whose for one in returns.submitted(cycle.id))
    return Found(
        letter,
        content_of(cycle),
        read(cycle, [whose], for_board=False) if is_in else None,
        tuple(challenge.outcomes(letter.day_id, whose)),
    )


def _sections(found: Found) -> list[Section]:
    """The letter by its headings; what stands before the first is under the title of the letter."""
    title, blocks = f"Feedback after {found.letter.day.title}", list[Block]()
    sections: list[Section] = []
    for paragraph in wording.paragraphs(found.letter.body):
        heading, table = wording.heading_in(paragraph), wording.table_in(paragraph)
        if heading is not None:
            sections.append(Section(title, tuple(blocks)))
            title, blocks = heading or "Further", []
        elif table is not None:
            blocks += MAKERS[table](found)
        else:
            blocks.append(Paragraph(paragraph))
    sections.append(Section(title, tuple(blocks)))
    return [one for one in sections if one.blocks] or [Section(title, (Paragraph(""),))]


def _ratings(found: Found) -> list[Block]:
    material, one = found.material, found.one
    if material is None or one is None:
        return [Paragraph(NO_RETURN)]
    letters = [f"{level.letter} {level.label}" for level in material.levels]
    blocks: list[Block] = [
        profiles.standards_of(material, one),
        Paragraph(f"{', '.join(letters)}, N/A not applicable.", Tone.QUIET),
    ]
    rated = material.ratings[one.return_id]
    if all(rating.moderated.blank for rating in rated):
        blocks.append(Paragraph(NOT_MODERATED))
    elif differing := rules.differing(rated):
        answers = material.answers(one.return_id)
        rows = tuple(
            (
                Cell(rating.number, strong=True),
                Cell(excerpt(answers[rating.key].text, rules.SHORT_EXCERPT)),
                shown.rating_cell(rating.own),
                shown.rating_cell(rating.moderated),
                Cell(excerpt(profiles.reason_of(material, one, rating.key), rules.ANSWER_EXCERPT)),
            )
            for rating in differing
        )
        columns = (
            Column("No.", width=0.7),
            Column(material.word("criterion"), width=3),
            Column("You", Of.RATING, 1.1),
            Column("Moderated", Of.RATING, 1.3),
            Column("Why", width=4),
        )
        blocks.append(Table("Where the moderator rated otherwise", columns, rows, names=2))
    if agreed := _agreed(found):
        blocks.append(agreed)
    return blocks


def _agreed(found: Found) -> Table | None:
    """The ratings agreed on the day; None where there are none."""
    levels = found.edition.levels
    rows = tuple(
        (
            Cell(_about(found, outcome) or "Your presentation", strong=True),
            Cell(
                outcome.agreed_level.label,
                chip=shown.chip(levels[outcome.agreed_level_id])
                if outcome.agreed_level_id in levels
                else None,
            ),
        )
        for outcome in found.outcomes
        if outcome.agreed_level is not None
    )
    columns = (Column("About", width=5), Column("Agreed on the day", Of.RATING, 2))
    return Table("Ratings agreed on the day", columns, rows) if rows else None


def _about(found: Found, outcome: Outcome) -> str:
    title = challenge_pages.standard_title(found.edition, outcome.standard_key)
    criterion = found.edition.by_key.get(outcome.criterion_key)
    return f"{title}, {criterion.number}" if criterion and title else title


def _findings(found: Found) -> list[Block]:
    rows = tuple(
        (
            Cell(_about(found, one) or shown.NOTHING, strong=True),
            Cell(one.challenge.strip() or shown.NOTHING),
            Cell(
                one.answer.strip() or shown.NOTHING,
                note=f"Evidence promised: {one.evidence_promised.strip()}"
                if one.evidence_promised.strip()
                else "",
            ),
        )
        for one in found.outcomes
        if one.challenge.strip() or one.answer.strip() or one.evidence_promised.strip()
    )
    columns = (Column("About", width=2.4), Column("Asked", width=3.6), Column("You answered", width=4))
    return [
        Table(
            "At the challenge day", columns, rows, empty="No challenge was recorded about your organisation."
        )
    ]


def _practice(found: Found) -> list[Block]:
    said: list[Block] = [
        Paragraph(one.good_practice.strip()) for one in found.outcomes if one.good_practice.strip()
    ]
    if found.material is not None and found.one is not None:
        by_id = {criterion.id: criterion for criterion in found.edition.criteria}
        said += [
            Paragraph(f"{by_id[criterion_id].number} {excerpt(by_id[criterion_id].headline, 200)}")
            for (return_id, criterion_id), mark in found.material.marks.items()
            if return_id == found.one.return_id and mark == Mark.GOOD_PRACTICE and criterion_id in by_id
        ]
    return said or [Paragraph("None was recorded.")]


def _actions(found: Found) -> list[Block]:
    whose, cycle = found.letter.organisation_id, found.letter.day.cycle
    of_the_day = {one.action_id for one in found.outcomes if one.action_id is not None}
    every = actions.of_organisation(whose, partnership_id=cycle.partnership_id)
    mine = [one for one in every if one.id in of_the_day or is_open(one.status)]
    return [actions_table(clock.today(), mine, names=False)]


MAKERS: dict[str, Callable[[Found], list[Block]]] = {
    wording.RATINGS: _ratings,
    wording.FINDINGS: _findings,
    wording.PRACTICE: _practice,
    wording.ACTIONS: _actions,
}
