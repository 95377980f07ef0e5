"""What a pack says of all organisations together: how it counts, the agenda, the matrix, the charts."""

from collections.abc import Iterable, Sequence

from s11.analysis import queries as analysis
from s11.analysis.rules import (
    BEST_RULE,
    OF_ALL_RULE,
    WEAK_EVIDENCE_RULE,
    Basis,
    counting_rules,
)
from s11.challenge import ratings as agency_ratings
from s11.challenge.ratings import StandardRatings, Tally, tally
from s11.packs import rules
from s11.packs.contents import shown
from s11.packs.contents.material import Material
from s11.packs.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Of,
    OneOf,
    Paragraph,
    Section,
    Table,
    Tone,
)
from s11.packs.rules import excerpt
from s11.returns.queries import Submitted

COMPARED_RULE = (
    "Change since the cycle before is said only of what was asked in the same words and rated on the same "
    "scale both times; everything else is a break, and is left out."
)


def how_to_read(material: Material) -> Section:
    """How this paper counts, and what its letters mean. It prints no percentage of everything asked."""
    edition = material.edition
    sentences = [rule for rule in counting_rules(edition, Basis.SELF, Basis.MODERATED) if rule != OF_ALL_RULE]
    sentences += [BEST_RULE, WEAK_EVIDENCE_RULE]
    sentences += [COMPARED_RULE] if material.before else []
    return Section(
        "How to read this",
        (
            Paragraph(
                "Everything here comes from returns as they were submitted and signed, and from what a "
                "moderator made of them. Both ratings stand side by side; neither replaces the other."
            ),
            Bullets(tuple(sentences)),
            key_of(material),
        ),
        starts_page=True,
        key="how",
    )


def key_of(material: Material) -> Table:
    """What each letter means, in the words printed in the questionnaire."""
    rows = [
        (Cell(level.letter, chip=shown.chip(level)), Cell(level.label), Cell(excerpt(level.meaning, 300)))
        for level in material.levels
    ]
    rows.append(
        (
            Cell("N/A", chip=shown.NOT_APPLICABLE),
            Cell("Not applicable"),
            Cell("Does not apply to this organisation; a reason was given."),
        )
    )
    return Table(
        "What the letters mean",
        (
            Column("Letter", Of.RATING, 0.8),
            Column("Rating", width=1.6),
            Column("What it means", width=6),
        ),
        tuple(rows),
        names=2,
    )


def returns_facts(material: Material) -> tuple[tuple[str, str], ...]:
    """How many returns are in, of how many; how many of them are here."""
    expected = analysis.standing([material.cycle.id])[material.cycle.id]
    return (
        ("Returns in", f"{expected.returned} of {expected.expected}"),
        ("In this paper", str(len(material.chosen))),
    )


def returns_section(material: Material) -> Section:
    """Whose returns are in and whose are not, with why: the denominator of everything after it."""
    expected = analysis.standing([material.cycle.id])[material.cycle.id]
    missing = analysis.not_in(material.cycle.id)
    rows = tuple(
        (Cell(one.organisation), Cell(one.why.capitalize()), Cell(excerpt(one.reason, 120)))
        for one in missing
    )
    table = Table(
        "Returns that are not in",
        (Column("Organisation", width=3), Column("Why", width=2), Column("Reason", width=4)),
        rows,
        sheet="Not in",
        empty="Every return asked for is in.",
        note="Whoever was exempted or has withdrawn is not among those expected.",
    )
    words = (
        f"{expected.returned} of {expected.expected} returns are in. "
        f"The figures of this paper are about {len(material.chosen)} of them."
    )
    return Section("Returns", (Paragraph(words, Tone.LEAD), table), key="returns")


def agenda_section(material: Material) -> Section | None:
    """The sessions with their times; None where no day is planned or it has none."""
    if material.day is None or not material.agenda:
        return None
    rows = tuple(
        (
            Cell(line.time),
            Cell(line.session.name, strong=line.session.organisation is not None),
            Cell(line.questioner if line.session.organisation else shown.NOTHING),
            shown.number_cell(line.session.minutes),
        )
        for line in material.agenda
    )
    table = Table(
        "Agenda of the day",
        (
            Column("Time", width=2),
            Column("Presents", width=4),
            Column("Asks the questions", width=4),
            Column("Minutes", Of.NUMBER, 1),
        ),
        rows,
        sheet="Agenda",
        names=2,
    )
    return Section("Agenda", (table,), starts_page=True, key="agenda")


def matrix_section(material: Material) -> Section:
    """Every organisation by every standard, as each rated itself and as it was moderated."""
    blocks: list[Block] = [matrix(material, Basis.SELF, "Self-assessment")]
    if any(not r.moderated.blank for r in material.all_ratings()):
        blocks.append(matrix(material, Basis.MODERATED, "Moderated ratings"))
    _, bodies = bodies_of(material)
    return Section(
        f"All {bodies} by {material.word('standard').lower()}", tuple(blocks), starts_page=True, key="matrix"
    )


def matrix(material: Material, basis: Basis, caption: str) -> Table:
    standards = agency_ratings.by_standard(material.edition, material.all_ratings())
    body, _ = bodies_of(material)
    waits = " A dash stands where nothing is moderated yet." if basis is Basis.MODERATED else ""
    columns = [Column(rules.capital(body), width=2.6)]
    columns += [Column(one.number, Of.RATINGS, 1, f"{one.number} {one.title}") for one in standards]
    columns += [Column("All", Of.RATINGS, 1.7), Column("Best", Of.SHARE, 0.9, "Share at the best level")]
    return Table(
        caption,
        tuple(columns),
        tuple(_matrix_row(material, one, standards, basis) for one in material.chosen),
        sheet=caption,
        wide=True,
        note=f"“Best” is the share of the ratings given that are at the best level.{waits}",
    )


def _matrix_row(
    material: Material, one: Submitted, standards: Sequence[StandardRatings], basis: Basis
) -> tuple[Cell, ...]:
    rated = material.ratings[one.return_id]
    mine = {found.key: found for found in agency_ratings.by_standard(material.edition, rated)}
    total = tally([r.own if basis is Basis.SELF else r.moderated for r in rated], material.levels)
    cells = [_matrix_cell(material, mine.get(standard.key), basis) for standard in standards]
    name = Cell(one.short_name or one.organisation, strong=True)
    if basis is Basis.MODERATED and not any(found.is_moderated for found in mine.values()):
        return (name, *cells, Cell(shown.NOTHING), Cell(shown.NOTHING))
    return (name, *cells, shown.tally_cell(total, material.levels), shown.share_cell(total))


def _matrix_cell(material: Material, found: StandardRatings | None, basis: Basis) -> Cell:
    if found is None:
        return Cell("Not asked")
    if basis is Basis.SELF:
        return shown.tally_cell(found.own, material.levels)
    return shown.tally_cell(found.moderated, material.levels) if found.is_moderated else Cell(shown.NOTHING)


def standards_section(material: Material) -> Section:
    """Each standard over everybody in the paper, as a table and a chart."""
    found = agency_ratings.by_standard(material.edition, material.all_ratings())
    word, (_, bodies) = material.word("standard"), bodies_of(material)
    caption = f"Each {word.lower()} over all {bodies}"
    lines = [(f"{one.number} {one.title}", one.own) for one in found]
    return Section(
        caption,
        (
            shown.chart_of(f"Self-assessment by {word.lower()}", lines, material.levels, said_of_bars(lines)),
            standards_table(material, found, caption),
        ),
        starts_page=True,
        key="standards",
    )


def standards_table(
    material: Material, found: Sequence[StandardRatings], caption: str, sheet: str = "Standards"
) -> Table:
    """Standards with what was rated in each, and how it was moderated."""
    columns = (
        Column(material.word("standard"), width=4),
        Column("Self-assessment", Of.RATINGS, 2.4),
        Column("At best level", Of.TEXT, 1.3),
        Column("Share", Of.SHARE, 1.1),
        Column("Moderated", Of.RATINGS, 2.4),
        Column("Share", Of.SHARE, 1.1, "Share, moderated"),
    )
    return Table(
        caption, columns, tuple(_standard_row(material, one) for one in found), sheet=sheet, wide=True
    )


def _standard_row(material: Material, one: StandardRatings) -> tuple[Cell, ...]:
    moderated = (
        (shown.tally_cell(one.moderated, material.levels), shown.share_cell(one.moderated))
        if one.is_moderated
        else (Cell("Not moderated"), Cell(shown.NOTHING))
    )
    return (
        Cell(f"{one.number} {one.title}", strong=True),
        shown.tally_cell(one.own, material.levels),
        Cell(one.own.best_of),
        shown.share_cell(one.own),
        *moderated,
    )


def organisations_section(material: Material) -> Section:
    """Each organisation's own ratings as a bar, in the order of the profiles."""
    body, bodies = bodies_of(material)
    lines = [
        (
            one.short_name or one.organisation,
            tally([r.own for r in material.ratings[one.return_id]], material.levels),
        )
        for one in material.chosen
    ]
    rows = tuple(
        (
            Cell(label, strong=True),
            shown.tally_cell(found, material.levels),
            Cell(found.best_of),
            shown.share_cell(found),
        )
        for label, found in lines
    )
    columns = (
        Column(rules.capital(body), width=3),
        Column("Self-assessment", Of.RATINGS, 3),
        Column("At best level", width=1.4),
        Column("Share", Of.SHARE, 1.2),
    )
    title = f"Each {body} as it rated itself"
    return Section(
        title,
        (
            shown.chart_of(f"Self-assessment by {body}", lines, material.levels, said_of_bars(lines)),
            Table(title, columns, rows, sheet=rules.capital(bodies)),
        ),
        starts_page=True,
        key="organisations",
    )


def said_of_bars(lines: Iterable[tuple[str, Tally]]) -> str:
    """What a chart of bars says, in a sentence; every figure stands in the table beside it."""
    rated = sorted(
        ((label, found) for label, found in lines if found.counted),
        key=lambda pair: -pair[1].best / pair[1].counted,
    )
    if not rated:
        return "Nothing is rated."
    words = [f"{label}, {found.best_of} ({found.share})" for label, found in (rated[0], rated[-1])]
    if len(rated) == 1:
        return f"At the best level, of the ratings given: {words[0]}."
    return f"At the best level, of the ratings given, the most are in {words[0]}, the fewest in {words[1]}."


def bodies_of(material: Material) -> tuple[str, str]:
    return rules.body_words(one.kind for one in material.chosen)


def one_of(material: Material, one: Submitted, series: str) -> OneOf:
    """A section that every organisation of the paper has, in the series it belongs to."""
    body, _ = bodies_of(material)
    return OneOf(series, rules.capital(body), one.organisation)
