"""One group of schools beside all others, and beside itself a year before."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from s11.analysis.lazy import benchmarking, frames
from s11.analysis.rules import levels_of
from s11.cycles.models import Cycle
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.rules import EditionContent
from s11.returns import queries as returns
from s11.schools import queries, rules
from s11.schools.pages.groups import asked_alike, benchmarks
from s11.schools.queries import Asked


def group_names(asked: Sequence[Asked], by: str) -> dict[str, str]:
    """The group of each return by its ref."""
    return {
        one.return_ref: rules.adviser_group(
            by, kind=one.kind, phase=one.phase, school_type=one.school_type, district=one.district
        )
        for one in asked
    }


def beside_others(
    cycle: Cycle, edition: EditionContent, frame: Any, names: Mapping[str, str], by: str, group: str
) -> dict[str, Any]:
    """One group beside all others, and beside itself a year before."""
    levels = levels_of(edition)
    here = benchmarking.only(frame, [ref for ref, name in names.items() if name == group])
    others = benchmarking.only(frame, [ref for ref, name in names.items() if name != group])
    before = queries.year_before(cycle)
    alike = asked_alike(edition, questionnaires.content(before.edition)) if before else frozenset()
    return {
        "before": before,
        "rows": benchmarks(
            edition.standards,
            benchmarking.lines(here, levels),
            benchmarking.lines(others, levels),
            benchmarking.lines(benchmarking.asking(here, alike), levels),
            lines_before(before, edition, alike, by, group) if before else {},
        ),
    }


def lines_before(
    before: Cycle, edition: EditionContent, alike: Collection[str], by: str, group: str
) -> Mapping[str, Any]:
    """What the group said a year before to what was asked alike, under the standards of this edition."""
    names = group_names(queries.asked_in(before.id), by)
    frame = frames.of_submitted(questionnaires.content(before.edition), returns.submitted(before.id))
    part = benchmarking.only(frame, [ref for ref, name in names.items() if name == group])
    return benchmarking.under_standards_of(edition, benchmarking.asking(part, alike), levels_of(edition))
