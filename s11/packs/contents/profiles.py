"""One organisation on one page: how it rated itself, what changed, what is strong, weak, doubted and due."""

from collections.abc import Callable, Sequence
from datetime import date

from s11.actions.models import Action
from s11.actions.rules import standing
from s11.challenge import ratings as agency_ratings
from s11.challenge.ratings import CriterionRating, StandardRatings, tally
from s11.organisations.rules import KIND_LABELS, Kind
from s11.packs import rules
from s11.packs.contents import overview, shown
from s11.packs.contents.material import Before, Material
from s11.packs.document import (
    Beside,
    Block,
    Cell,
    Column,
    Facts,
    Finding,
    Findings,
    Of,
    Section,
    Table,
)
from s11.packs.rules import excerpt
from s11.returns.queries import Submitted
from s11.returns.sealing import SealedAnswer
from s11.web.filters import day as day_words


def profile(
    material: Material,
    one: Submitted,
    *,
    level: int = 2,
    names_questioner: bool = True,
    starts_page: bool = True,
) -> Section:
    """The page of one organisation."""
    left: tuple[Block, ...] = (
        strong(material, one),
        bare(material, one),
        doubted(material, one),
        away(material, one),
    )
    right: tuple[Block, ...] = (
        weak(material, one),
        promised(material, one),
        *replied(material, one),
    )
    return Section(
        one.organisation,
        (
            Facts(facts_of(material, one, names_questioner=names_questioner)),
            standards_of(material, one),
            Beside(left, right),
        ),
        level=level,
        starts_page=starts_page,
        key=f"profile-{one.ref}",
        one_of=overview.one_of(material, one, "Profiles"),
    )


def facts_of(material: Material, one: Submitted, *, names_questioner: bool) -> tuple[tuple[str, str], ...]:
    """The head of a profile: what it is, who signed, when it presents, how it stands in all."""
    signed = "; ".join(f"{s.name}, {s.role}" for s in material.sealed[one.return_id].signatures)
    own = tally([r.own for r in material.ratings[one.return_id]], material.levels)
    moderated = tally([r.moderated for r in material.ratings[one.return_id]], material.levels)
    is_moderated = moderated.counted + moderated.not_applicable > 0
    pairs = [
        ("Kind", KIND_LABELS[Kind(one.kind)]),
        ("Submitted", day_words(one.submitted_at)),
        ("Signed by", signed or "Nobody"),
    ]
    if line := material.line_of(one.organisation_id):
        by = f", questioned by {line.questioner}" if names_questioner else ""
        pairs.append(("Session", f"{line.time}{by}"))
    pairs.append(("Own ratings", f"{own.best_of} at the best level ({own.share})"))
    said = (
        f"{moderated.best_of} at the best level ({moderated.share})" if is_moderated else "Not moderated yet"
    )
    pairs.append(("Moderated", said))
    return tuple(pairs)


def standards_of(material: Material, one: Submitted, *, wide: bool = False) -> Table:
    """Each standard: own ratings, moderated ones, and what changed since the cycle before."""
    rated = material.ratings[one.return_id]
    moves = changes(material, one)
    columns = [
        Column(material.word("standard"), width=5.2),
        Column("Self-assessment", Of.RATINGS, 2),
        Column("Moderated", Of.RATINGS, 2),
    ]
    if material.before:
        columns.append(Column(f"Since {material.before.cycle.edition.year}", width=2.1))
    rows = tuple(
        (
            Cell(f"{found.number} {found.title}", strong=True),
            shown.tally_cell(found.own, material.levels),
            moderated_cell(material, found),
            *((Cell(moves.get(found.key, shown.NOTHING)),) if material.before else ()),
        )
        for found in agency_ratings.by_standard(material.edition, rated)
    )
    return Table(
        f"Ratings by {material.word('standard').lower()}",
        tuple(columns),
        rows,
        sheet="Ratings",
        wide=wide,
        note=note_of(material.before),
    )


def moderated_cell(material: Material, found: StandardRatings) -> Cell:
    if not found.is_moderated:
        return Cell("Not moderated")
    return shown.tally_cell(found.moderated, material.levels)


def note_of(before: Before | None) -> str:
    if before is None:
        return ""
    return (
        f"Change is since {before.cycle.title}, over the {len(before.comparable)} criteria asked in the same "
        "words on the same scale both times."
    )


def changes(material: Material, one: Submitted) -> dict[str, str]:
    """What changed in each standard since the cycle before, in words, by key of the standard."""
    before = material.before
    then = before.own.get(one.organisation_id) if before else None
    rated = material.ratings[one.return_id]
    said = {}
    for key in dict.fromkeys(rating.standard_key for rating in rated):
        mine = [rating for rating in rated if rating.standard_key == key]
        said[key] = moved(mine, before, then)
    return said


def moved(mine: Sequence[CriterionRating], before: Before | None, then) -> str:  # type: ignore[no-untyped-def]
    """2 higher, 1 lower: own ratings then and now, where both are levels and may be compared."""
    if before is None or then is None:
        return "No return then"
    steps = [
        one.own.level.order - then[one.key].level.order
        for one in mine
        if one.key in before.comparable and one.own.level and one.key in then and then[one.key].level
    ]
    if not steps:
        return "Not comparable"
    higher, lower = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    parts = [f"{higher} higher"] if higher else []
    parts += [f"{lower} lower"] if lower else []
    return f"{', '.join(parts) or 'The same'} of {len(steps)}"


# What is picked out


def picked(title: str, found: Sequence, most: int, what: str, make: Callable, empty: str) -> Findings:
    """The first of what was found, each made ready, and how many more there are."""
    items = tuple(make(one) for one in found[:most])
    return Findings(title, items, empty, rules.rest_of(found, most, what))


def strong(material: Material, one: Submitted) -> Findings:
    """What a moderator confirmed at the best level; before moderation, what is best and evidenced."""
    rated, answers = material.ratings[one.return_id], material.answers(one.return_id)
    if any(not r.moderated.blank for r in rated):
        found = rules.strengths(rated)
        title, empty = "Strengths, confirmed by the moderator", "Nothing was confirmed at the best level."
    else:
        found = rules.own_strengths(rated)
        title, empty = "Strengths, by its own rating", "Nothing is rated best with evidence."
    return picked(
        title,
        found,
        rules.STRENGTHS,
        "strength",
        lambda r: Finding(
            r.number,
            excerpt(answers[r.key].text, rules.SHORT_EXCERPT),
            shown.chip_of(r.standing),
            (evidence_words(r),),
        ),
        empty,
    )


def weak(material: Material, one: Submitted) -> Findings:
    """What stands lowest, with what was said of it."""
    answers = material.answers(one.return_id)
    return picked(
        "Gaps: what stands lowest",
        rules.weakest(material.ratings[one.return_id]),
        rules.WEAKEST,
        "answer",
        lambda r: weakness(material, one, r, answers[r.key]),
        "Nothing is rated below the best level.",
    )


def weakness(material: Material, one: Submitted, rating: CriterionRating, answer: SealedAnswer) -> Finding:
    said = [rated_words(rating)]
    if answer.commentary:
        said.append(f"“{excerpt(answer.commentary)}”")
    if reason := reason_of(material, one, rating.key):
        said.append(f"Moderator: {excerpt(reason)}")
    text = excerpt(answer.text, rules.SHORT_EXCERPT)
    return Finding(rating.number, text, shown.chip_of(rating.standing), tuple(said))


def rated_words(rating: CriterionRating) -> str:
    """Own rating Amber, moderated Red; no evidence attached."""
    own = f"Own rating {shown.words_of(rating.own)}"
    second = "" if rating.moderated.blank else f", moderated {shown.words_of(rating.moderated)}"
    return f"{own}{second}; {evidence_words(rating, capital=False)}"


def evidence_words(rating: CriterionRating, *, capital: bool = True) -> str:
    count = rating.evidence
    said = f"{count} piece{'s' if count != 1 else ''} of evidence" if count else "no evidence attached"
    return f"{said[0].upper()}{said[1:]}." if capital else f"{said}."


def reason_of(material: Material, one: Submitted, key: str) -> str:
    return material.reasons.get((one.return_id, material.criteria[key].id), "")


def bare(material: Material, one: Submitted) -> Findings:
    answers = material.answers(one.return_id)
    return picked(
        "Weak evidence: rated best, nothing attached",
        rules.without_evidence(material.ratings[one.return_id]),
        rules.WITHOUT_EVIDENCE,
        "answer",
        lambda r: Finding(r.number, excerpt(answers[r.key].text, rules.SHORT_EXCERPT), shown.chip_of(r.own)),
        "Every answer rated best has evidence.",
    )


def doubted(material: Material, one: Submitted) -> Findings:
    """What looked odd when it was signed, and what the organisation said to it."""
    found = [
        (answer, doubt) for answer in material.answers(one.return_id).values() for doubt in answer.doubts
    ]
    return picked(
        "Doubts at sign-off",
        found,
        rules.DOUBTS,
        "doubt",
        lambda pair: Finding(
            # Most sentences begin with the number of what they are about.
            "" if pair[1].sentence.startswith(pair[0].number) else pair[0].number,
            pair[1].sentence,
            None,
            (f"They say: {excerpt(pair[1].reason, rules.REASON_EXCERPT)}",) if pair[1].reason else (),
        ),
        "Nothing was doubted.",
    )


def away(material: Material, one: Submitted) -> Findings:
    answers = material.answers(one.return_id)
    return picked(
        "Declared not applicable",
        [r for r in material.ratings[one.return_id] if r.own.not_applicable],
        rules.AWAY,
        "answer",
        lambda r: Finding(
            r.number,
            excerpt(answers[r.key].text, rules.SHORT_EXCERPT),
            shown.NOT_APPLICABLE,
            (f"Reason: {excerpt(answers[r.key].not_applicable_reason, rules.REASON_EXCERPT)}",)
            if answers[r.key].not_applicable_reason
            else (),
        ),
        "Nothing was declared not applicable.",
    )


def promised(material: Material, one: Submitted) -> Findings:
    return picked(
        "Unfinished actions",
        material.actions_of(one.organisation_id),
        rules.ACTIONS,
        "action",
        lambda action: promise(action, material.today),
        "No action is unfinished.",
    )


def promise(action: Action, today: date, longest: int = rules.PROMISE_EXCERPT) -> Finding:
    stands = standing(action.status, action.due_on, today)
    due = f"Due {day_words(action.due_on)}" if action.due_on else "No date yet"
    return Finding(
        "",
        excerpt(action.text, longest),
        None,
        (action.led_by, f"{due}. {stands.label}."),
    )


def replied(material: Material, one: Submitted) -> tuple[Findings, ...]:
    """What the organisation said to its moderated ratings; nothing at all where it said nothing."""
    numbers = {c.id: c.number for c in material.edition.criteria}
    found = [
        (numbers[criterion_id], reply)
        for (return_id, criterion_id), reply in material.replies.items()
        if return_id == one.return_id and criterion_id in numbers
    ]
    if not found:
        return ()
    found.sort(key=lambda pair: pair[1].accepts)
    return (
        picked(
            "What it says to the moderated ratings",
            found,
            rules.REPLIES,
            "reply",
            lambda pair: Finding(
                pair[0],
                "Accepts the rating." if pair[1].accepts else "Does not accept the rating.",
                None,
                (f"“{excerpt(pair[1].text, rules.REASON_EXCERPT)}” {pair[1].name}",) if pair[1].text else (),
            ),
            "",
        ),
    )


# An organisation's own answers, one by one


def in_full(material: Material, one: Submitted) -> Section:
    """Every criterion with both ratings, what was said of it and what the moderator's reason is."""
    answers, sheet = material.answers(one.return_id), "Every answer"
    columns = (
        Column("No.", width=0.7),
        Column(material.word("criterion"), width=4),
        Column("Own", Of.RATING, 1.2),
        Column("Moderated", Of.RATING, 1.2),
        Column("Evidence", Of.NUMBER, 0.9),
        Column("What you said, and the moderator’s reason", width=5),
    )
    rows = tuple(
        _answer_row(material, one, rating, answers[rating.key]) for rating in material.ratings[one.return_id]
    )
    title = f"Every {material.word('criterion').lower()}"
    return Section(
        title,
        (Table(title, columns, rows, sheet=sheet, wide=True, names=2),),
        starts_page=True,
        key="in-full",
    )


def _answer_row(
    material: Material, one: Submitted, rating: CriterionRating, answer: SealedAnswer
) -> tuple[Cell, ...]:
    reason = reason_of(material, one, rating.key)
    said = answer.not_applicable_reason if rating.own.not_applicable else answer.commentary
    second = Cell("Not moderated") if rating.moderated.blank else shown.rating_cell(rating.moderated)
    return (
        Cell(rating.number, strong=True),
        Cell(excerpt(answer.text, rules.EXCERPT)),
        shown.rating_cell(rating.own),
        second,
        shown.number_cell(rating.evidence),
        Cell(
            excerpt(said, rules.ANSWER_EXCERPT),
            note=f"Moderator: {excerpt(reason, rules.ANSWER_EXCERPT)}" if reason else "",
        ),
    )
