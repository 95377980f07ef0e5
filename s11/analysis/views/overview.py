"""The cycles to choose from, and what a chair reads of one in two minutes."""

from collections import Counter
from typing import Any
from urllib.parse import quote

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.analysis import permissions, queries, rules
from s11.analysis.lazy import pages
from s11.analysis.rules import By
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.figures import Figures, figures_of, hidden_of, siblings
from s11.analysis.views.trends import before_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.moderation import queries as moderation
from s11.moderation.marks import Mark
from s11.web.guards import guard, signed_in

CHANGES = 6  # lines of a list that points at the largest of something


@analysis.get("/")
@signed_in(permissions.can_see_any)
def index() -> ResponseReturnValue:
    """The cycles to choose from, the latest first, with how many returns are in."""
    visible = sorted(cycles.visible_to(current_user), key=lambda cycle: cycle.due_on, reverse=True)
    issued = [cycle for cycle in visible if cycle.issued_at is not None]
    return render_template(
        "analysis/index.html", cycles=issued, standing=queries.standing([cycle.id for cycle in issued])
    )


@analysis.get("/cycles/<ref>")
@guard(cycles.by_ref, see=permissions.can_see)
def cycle(cycle: Cycle) -> ResponseReturnValue:
    """What a chair reads in two minutes."""
    figures = figures_of(cycle)
    edition = figures.edition
    standing = queries.standing([cycle.id])[cycle.id]
    profile = url_for("analysis.organisation", ref=cycle.ref, return_ref="RETURN")
    hrefs = pages.Hrefs(
        matrix=url_for("analysis.matrix", ref=cycle.ref),
        both=url_for("analysis.matrix", ref=cycle.ref, basis="both"),
        return_=lambda return_ref: profile.replace("RETURN", return_ref),
        chart=lambda name: url_for("analysis.chart", ref=cycle.ref, name=name),
        standard=lambda number: url_for("analysis.standard", ref=cycle.ref, number=number),
    )
    page = pages.overview(figures.tables, edition, figures.levels, standing, hrefs)
    return render_template(
        "analysis/overview.html",
        cycle=cycle,
        edition=edition,
        standing=standing,
        levels=figures.levels,
        page=page,
        good_practice=good_practice_of(figures),
        years=siblings(cycle),
        counting=figures.rules(rules.BEST_RULE, rules.AGREEMENT_RULE),
        weakest_rule=rules.WEAKEST_RULE,
        evidence_rule=rules.WEAK_EVIDENCE_RULE,
        not_in=queries.not_in(cycle.id),
        **since_last_year(figures),
        **outlying(figures),
    )


def good_practice_of(figures: Figures) -> list[dict[str, str]]:
    """What moderators marked as good practice, each with where its answer is."""
    hidden = {return_.id for return_ in hidden_of(figures.cycle)}
    own = figures.own.drop_duplicates("return_id")
    whose = {
        int(return_id): (str(name), str(ref))
        for return_id, name, ref in zip(own["return_id"], own["organisation"], own["return_ref"], strict=True)
    }
    criteria = figures.edition.by_id
    numbers = {c.id: s.number for s in figures.edition.standards for c in s.criteria}
    shown = whose.keys() - hidden
    pattern = url_for("analysis.answers", ref=figures.cycle.ref, return_ref="RETURN", number="NUMBER")
    found = [
        {
            "title": whose[return_id][0],
            "note": f"{criteria[criterion_id].number} {criteria[criterion_id].headline}",
            "figure": "",
            "href": pattern.replace("RETURN", whose[return_id][1]).replace(
                "NUMBER", quote(numbers[criterion_id])
            )
            + f"#c{criterion_id}-heading",
        }
        for return_id, criterion_id, mark in moderation.marks_of_cycle(figures.cycle.id)
        if mark == Mark.GOOD_PRACTICE and return_id in shown and criterion_id in numbers
    ]
    return sorted(found, key=lambda one: one["title"].casefold())


def since_last_year(figures: Figures) -> dict[str, object]:
    """The largest changes of organisations and standards, of what can be compared, and what broke."""
    told = before_of(figures.cycle)
    if told is None or figures.own.empty:
        return {"before": None, "changes": [], "breaks": "", "change_rule": ""}
    before, table, earlier = told
    names = pages.names(figures.own)
    profile = url_for("analysis.organisation", ref=figures.cycle.ref, return_ref="RETURN")
    found = [
        (
            move,
            pages.title(figures.edition, number),
            url_for("analysis.standard", ref=figures.cycle.ref, number=number),
        )
        for number, move in pages.moves(figures.own, table, figures.edition, earlier, By.STANDARD).items()
    ] + [
        (move, names[ref], profile.replace("RETURN", ref))
        for ref, move in pages.moves(figures.own, table, figures.edition, earlier, By.ORGANISATION).items()
    ]
    moved = sorted((one for one in found if one[0].points), key=lambda one: -abs(one[0].points))
    trend = pages.trend(
        {before.ref: before.title, figures.cycle.ref: figures.cycle.title},
        {before.ref: table, figures.cycle.ref: figures.own},
        {before.ref: earlier, figures.cycle.ref: figures.edition},
    )
    broken = sum(bool(line.cells[-1] and line.cells[-1].broken) for line in trend.lines)
    word = figures.edition.labels.get("standards", "standards").lower()
    return {
        "before": before,
        "changes": [
            {"title": title, "note": move.words, "figure": move.figure, "href": href}
            for move, title, href in moved[:CHANGES]
        ],
        "breaks": f"{broken} of {len(trend.lines)} {word} were not asked alike." if broken else "",
        "change_rule": rules.CHANGE_RULE,
    }


def outlying(figures: Figures) -> dict[str, object]:
    """Who lies outside of their peers, the furthest first; and kinds too small to say."""
    small = figures.cycle.partnership.small_group
    found = pages.peers(figures.own, small)
    names = pages.names(figures.own)
    furthest: dict[str, Any] = {}
    for one in sorted((one for one in found if one.outlier), key=lambda one: -abs(one.outside)):
        furthest.setdefault(one.ref, one)
    times = Counter(one.ref for one in found if one.outlier)
    few = {one.ref for one in found if one.small}
    return {
        "outliers": [
            {
                "title": names[one.ref],
                "note": f"{pages.title(figures.edition, one.group)}: {one.words}"
                + (f". And in {times[one.ref] - 1} more" if times[one.ref] > 1 else ""),
                "figure": f"{one.figure.split(',')[0]}, {'below' if one.outlier == 'low' else 'above'}",
                "href": url_for("analysis.organisation", ref=figures.cycle.ref, return_ref=one.ref),
            }
            for one in list(furthest.values())[:CHANGES]
        ],
        "too_few": (
            f"{len(few)} of {len(names)} organisations have too few of their kind beside them to say."
            if few
            else ""
        ),
        "spread_rule": rules.SPREAD_RULE.format(small=small),
    }
