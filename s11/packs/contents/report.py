"""The overview report after the day, for the sub-group and the Board."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from s11.actions.models import Action
from s11.actions.rules import DONE, standing
from s11.analysis.lazy import frames
from s11.challenge import pages as challenge_pages
from s11.challenge import ratings as agency_ratings
from s11.challenge.ratings import CriterionRating, StandardRatings, tally
from s11.core.shares import share
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of
from s11.cycles.queries.register import before_of
from s11.moderation.marks import Mark
from s11.packs import queries, rules
from s11.packs.contents import shown
from s11.packs.contents.material import Material, comparable
from s11.packs.contents.overview import said_of_bars
from s11.packs.document import (
    Block,
    Cell,
    Column,
    Facts,
    Finding,
    Findings,
    Line,
    Of,
    Paragraph,
    Section,
    Table,
    Tone,
    Trend,
)
from s11.packs.rules import excerpt
from s11.web.filters import day as day_words

FOREWORD = (
    "This report brings together what the agencies of the partnership said of themselves, what moderators "
    "made of it, and what was agreed when partners questioned each other at the challenge day.\n\n"
    "It is meant to be acted on: each gap below has an action with an owner and a date, or it wants one."
)
YEARS_BACK = 6
NAMED = 5  # strongest and weakest standards, and criteria below
LISTED = 12


def foreword_section(material: Material) -> Section:
    """The words the chair begins with, as this day has them or as shipped."""
    text = (material.day.foreword if material.day else "") or FOREWORD
    parts = tuple(Paragraph(" ".join(part.split())) for part in text.split("\n\n") if part.strip())
    return Section("Foreword", parts, starts_page=True, key="foreword")


def in_figures_section(material: Material) -> Section:
    """The few figures a meeting wants first."""
    every = material.all_ratings()
    own = tally([r.own for r in every], material.levels)
    moderated = tally([r.moderated for r in every], material.levels)
    actions = queries.actions_of_cycle(material.cycle.id)
    late = sum(bool(standing(a.status, a.due_on, material.today).days_overdue) for a in actions)
    pairs = [
        ("Returns in this report", str(len(material.chosen))),
        (f"At the best level by their own ratings: {own.best_of}", own.share),
    ]
    if moderated.counted:
        pairs.append((f"At the best level, moderated: {moderated.best_of}", moderated.share))
    lower = sum(rules.is_lower(r) for r in every)
    pairs += [
        ("Ratings a moderator lowered", str(lower)),
        ("Outcomes recorded at the challenge day", str(len(material.outcomes))),
        ("Actions that came of it", str(len(actions))),
        ("Of these overdue", str(late)),
    ]
    return Section("In figures", (Facts(tuple(pairs), big=True),), key="figures")


def themes_section(material: Material) -> Section | None:
    """Ratings by theme; None where no criterion carries one."""
    themes = theme_ratings(material)
    if not themes:
        return None
    lines = [(label, tally([r.own for r in found], material.levels)) for label, found in themes.items()]
    rows = []
    for label, found in themes.items():
        own = tally([r.own for r in found], material.levels)
        moderated = tally([r.moderated for r in found], material.levels)
        rows.append(
            (
                Cell(label, strong=True),
                shown.number_cell(len({r.key for r in found})),
                shown.tally_cell(own, material.levels),
                shown.share_cell(own),
                shown.share_cell(moderated),
            )
        )
    columns = (
        Column("Theme", width=3),
        Column("Criteria", Of.NUMBER, 1),
        Column("Self-assessment", Of.RATINGS, 3),
        Column("Share", Of.SHARE, 1.2),
        Column("Share", Of.SHARE, 1.2, "Share, moderated"),
    )
    return Section(
        "Themes",
        (
            shown.chart_of("Self-assessment by theme", lines, material.levels, said_of_bars(lines)),
            Table(
                "Ratings by theme",
                columns,
                tuple(rows),
                sheet="Themes",
                note="A criterion that carries several themes is counted in each. The first share is of own "
                "ratings at the best level, the second of moderated ones.",
            ),
        ),
        starts_page=True,
        key="themes",
    )


def theme_ratings(material: Material) -> dict[str, list[CriterionRating]]:
    """The ratings of each theme, in the order in which the edition first names it."""
    found: dict[str, list[CriterionRating]] = {}
    ratings: dict[str, list[CriterionRating]] = defaultdict(list)
    for rating in material.all_ratings():
        ratings[rating.key].append(rating)
    for criterion in material.edition.asked_criteria:
        for theme in criterion.themes:
            label = rules.capital(theme.replace("-", " "))
            found.setdefault(label, []).extend(ratings[criterion.key])
    return {label: rated for label, rated in found.items() if rated}


def trend_section(material: Material) -> Section:
    """The share at the best level over the years, as far as the same was asked in the same way."""
    years = years_of(material.cycle)
    keys, points, why = compared(years)
    marks = tuple(str(cycle.edition.year) for cycle in years)
    rows = tuple(
        (
            Cell(cycle.title, strong=True),
            shown.number_cell(point[2]) if point else Cell(shown.NOTHING),
            Cell(f"{point[0]} of {point[1]}" if point else shown.NOTHING),
            shown.percent_cell(*point[:2]) if point else Cell("Break", note=why),
        )
        for cycle, point in zip(years, points, strict=True)
    )
    table = Table(
        "Own ratings at the best level, year by year",
        (
            Column("Audit", width=3),
            Column("Returns", Of.NUMBER, 1),
            Column("At best level", width=2),
            Column("Share", Of.SHARE, 1.4),
        ),
        rows,
        sheet="Trend",
        note=f"Over the {len(keys)} criteria asked in the same words on the same scale in every year shown.",
    )
    blocks: list[Block] = []
    known = [(mark, point) for mark, point in zip(marks, points, strict=True) if point]
    if len(known) > 1:
        says = "; ".join(f"{mark}: {share(point[0], point[1])}" for mark, point in known)
        line = Line(
            "Own ratings at the best level",
            tuple(100 * p[0] / p[1] if p and p[1] else None for p in points),
            why,
        )
        blocks.append(Trend("Own ratings at the best level", f"{says}.", marks, (line,)))
    elif len(years) == 1:
        blocks.append(Paragraph("This is the first audit here, so there is no trend yet."))
    else:
        blocks.append(
            Paragraph("Nothing can be compared with earlier years: the wording or the scale changed.")
        )
    if why:
        blocks.append(Paragraph(why, Tone.QUIET))
    return Section("Trend", (*blocks, table), starts_page=True, key="trend")


def years_of(cycle: Cycle) -> list[Cycle]:
    """This cycle and those before it, the earliest first."""
    found = [cycle]
    while len(found) < YEARS_BACK and (earlier := before_of(found[0])) is not None:
        found.insert(0, earlier)
    return found


def compared(
    years: Sequence[Cycle],
) -> tuple[frozenset[str], list[tuple[int, int, int] | None], str]:
    """The criteria every year can be compared by, and for each year best, counted and returns; None before
    a break, and the sentence that says why."""
    now = content_of(years[-1])
    keys = frozenset(one.key for one in now.asked_criteria if one.rated)
    broken, why = 0, ""
    for place in range(len(years) - 2, -1, -1):
        both = keys & comparable(content_of(years[place]), now)
        if not both:
            broken = place + 1
            why = (
                f"Break before {years[broken].title}: no criterion was asked in the same words on the same "
                f"scale as in {years[place].title}."
            )
            break
        keys = both
    points = [best_of(cycle, keys) if place >= broken else None for place, cycle in enumerate(years)]
    return keys, points, why


def best_of(cycle: Cycle, keys: frozenset[str]) -> tuple[int, int, int]:
    frame = frames.ratings(cycle)
    frame = frame[frame["criterion_key"].isin(keys)]
    return int(frame["best"].sum()), int(frame["counts"].sum()), int(frame["return_id"].nunique())


def strengths_section(material: Material) -> Section:
    """What is strong and what is weak over everybody, by standard and by criterion."""
    found = agency_ratings.by_standard(material.edition, material.all_ratings())
    rated = [one for one in found if standing_of(one)[1]]
    ordered = sorted(rated, key=lambda one: -share_of(one))
    best, worst = ordered[:NAMED], list(reversed(ordered))[:NAMED]
    return Section(
        "Strengths and gaps",
        (
            Findings("Strongest standards", tuple(_standard(one) for one in best), "Nothing is rated yet."),
            Findings(
                "Standards with the widest gaps", tuple(_standard(one) for one in worst), "Nothing is rated."
            ),
            weakest_criteria(material),
        ),
        starts_page=True,
        key="strengths",
    )


def standing_of(one: StandardRatings) -> tuple[int, int]:
    """Best and counted: moderated where it is, own elsewhere."""
    found = one.moderated if one.is_moderated else one.own
    return found.best, found.counted


def share_of(one: StandardRatings) -> float:
    best, counted = standing_of(one)
    return best / counted if counted else 0


def _standard(one: StandardRatings) -> Finding:
    best, counted = standing_of(one)
    basis = "moderated" if one.is_moderated else "own ratings"
    return Finding(
        one.number,
        one.title,
        None,
        (f"{best} of {counted} at the best level ({share(best, counted)}), {basis}.",),
    )


def weakest_criteria(material: Material) -> Table:
    """The criteria that fewest stand at the best level in."""
    counted: dict[str, list[CriterionRating]] = defaultdict(list)
    for rating in material.all_ratings():
        if rating.standing.level and rating.standing.level.counts:
            counted[rating.key].append(rating)
    ordered = sorted(counted, key=lambda key: sum(r.standing.best for r in counted[key]) / len(counted[key]))
    rows = []
    for key in ordered[:LISTED]:
        criterion, found = material.criteria[key], counted[key]
        best = sum(r.standing.best for r in found)
        rows.append(
            (
                Cell(criterion.number, strong=True),
                Cell(excerpt(criterion.headline, 160)),
                Cell(f"{best} of {len(found)}"),
                shown.percent_cell(best, len(found)),
            )
        )
    return Table(
        "Criteria fewest stand at the best level in",
        (
            Column("No.", width=0.7),
            Column(material.word("criterion"), width=6),
            Column("At best level", width=1.4),
            Column("Share", Of.SHARE, 1.1),
        ),
        tuple(rows),
        sheet="Gaps",
        names=2,
        empty="Nothing is rated yet.",
        note="Moderated ratings where there are any, own ratings elsewhere.",
    )


def practice_section(material: Material) -> Section:
    """Good practice to share: what moderators marked, and what was heard on the day."""
    numbers = {criterion.id: criterion for criterion in material.edition.criteria}
    rows = [
        (
            Cell(one.organisation, strong=True),
            Cell(f"{numbers[criterion_id].number} {excerpt(numbers[criterion_id].headline, 90)}"),
            Cell(
                excerpt(material.reasons.get((return_id, criterion_id), ""), 300) or "Marked by a moderator."
            ),
        )
        for one in material.chosen
        for (return_id, criterion_id), mark in material.marks.items()
        if return_id == one.return_id and mark == Mark.GOOD_PRACTICE and criterion_id in numbers
    ]
    rows += [
        (
            Cell(outcome.organisation.name, strong=True),
            Cell(challenge_pages.standard_title(material.edition, outcome.standard_key) or "Challenge day"),
            Cell(excerpt(outcome.good_practice, 400)),
        )
        for outcome in material.outcomes
        if outcome.good_practice.strip()
    ]
    table = Table(
        "Good practice to share",
        (Column("Organisation", width=2.5), Column("About", width=3), Column("What", width=5)),
        tuple(rows),
        sheet="Good practice",
        empty="No good practice was marked or recorded.",
    )
    return Section("Good practice", (table,), key="practice")


def outcomes_section(material: Material) -> Section:
    """What was asked, answered and agreed on the day."""
    held = f"{material.day.title}, {day_words(material.day.held_on)}" if material.day else ""
    rows = tuple(
        (
            Cell(one.organisation.name, strong=True),
            Cell(challenge_pages.standard_title(material.edition, one.standard_key) or shown.NOTHING),
            Cell(excerpt(one.challenge, 300)),
            Cell(
                excerpt(one.answer, 300),
                note=f"Evidence promised: {excerpt(one.evidence_promised, 200)}"
                if one.evidence_promised
                else "",
            ),
            Cell(
                one.agreed_level.label,
                chip=shown.chip(material.edition.levels[one.agreed_level_id])
                if one.agreed_level_id in material.edition.levels
                else None,
            )
            if one.agreed_level
            else Cell(shown.NOTHING),
        )
        for one in material.outcomes
    )
    table = Table(
        f"What came of the challenges: {held}" if held else "What came of the challenges",
        (
            Column("Organisation", width=2.2),
            Column("About", width=2.4),
            Column("Asked", width=3.6),
            Column("Answered", width=3.6),
            Column("Rating agreed", Of.RATING, 1.3),
        ),
        rows,
        sheet="Outcomes",
        wide=True,
        empty="Nothing is recorded of a challenge day.",
    )
    return Section("The challenge day", (table,), starts_page=True, key="outcomes")


def actions_section(material: Material) -> Section:
    """The actions that came of this audit, and how they stand."""
    actions = queries.actions_of_cycle(material.cycle.id)
    done = sum(one.status in DONE for one in actions)
    late = sum(bool(standing(one.status, one.due_on, material.today).days_overdue) for one in actions)
    words = (
        f"{len(actions)} actions came of this audit: {done} complete, {late} overdue, "
        f"{len(actions) - done - late} in hand."
    )
    return Section(
        "Actions",
        (Paragraph(words, Tone.LEAD), actions_table(material.today, actions)),
        starts_page=True,
        key="actions",
    )


def _whose(action: Action) -> str:
    return (action.organisation.short_name if action.organisation else "") or action.holder


def actions_table(today: date, actions: Iterable[Action], *, names: bool = True) -> Table:
    columns = [Column("Organisation", width=2.2)] if names else []
    columns += [
        Column("Action", width=5),
        Column("Owner", width=2.6),
        Column("Due", Of.DATE, 1.4),
        Column("Stands", width=1.8),
    ]
    rows = tuple(
        (
            *(
                (
                    Cell(
                        one.organisation.short_name or one.organisation.name
                        if one.organisation
                        else one.holder,
                        strong=True,
                    ),
                )
                if names
                else ()
            ),
            Cell(excerpt(one.text, 300)),
            Cell(one.owner_name, note=one.owner_role),
            shown.day_cell(one.due_on),
            Cell(standing(one.status, one.due_on, today).label),
        )
        for one in actions
    )
    return Table(
        "Actions and how they stand", tuple(columns), rows, sheet="Actions", wide=names, empty="No action."
    )
