"""Groups of schools, as an adviser looks at them: how many are in, and one group beside all others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from s11.analysis.counts import ALL, Line
from s11.core.shares import one_decimal
from s11.cycles.rules import LetOff
from s11.questionnaires.rules import EditionContent, LevelContent, StandardContent
from s11.schools.queries import Asked


@dataclass(frozen=True)
class Standing:
    """How many of a group are asked and in. Those let off are counted apart, and as nothing else."""

    group: str
    due: int
    returned: int
    in_late: int
    late: int
    exempt: int
    withdrawn: int


def standing_of(group: str, asked: Sequence[Asked]) -> Standing:
    due = [one for one in asked if not one.let_off or one.is_in]
    returned = [one for one in due if one.is_in]
    out = [one.let_off for one in asked if one.let_off and not one.is_in]
    return Standing(
        group,
        due=len(due),
        returned=len(returned),
        in_late=sum(one.is_late for one in returned),
        late=sum(one.is_late for one in due if not one.is_in),
        exempt=out.count(LetOff.EXEMPT),
        withdrawn=out.count(LetOff.WITHDRAWN),
    )


def grouped(asked: Sequence[Asked], names: Mapping[str, str]) -> dict[str, list[Asked]]:
    """Who is asked by group, in the order of the groups' names; `names` by ref of the return."""
    found: dict[str, list[Asked]] = {name: [] for name in sorted(set(names.values()))}
    for one in asked:
        found[names[one.return_ref]].append(one)
    return found


@dataclass(frozen=True)
class Benchmark:
    """A standard of one group: its share at the best level beside that of all others and of last year."""

    number: str
    title: str
    here: str
    others: str
    apart: str
    before: str
    change: str


def benchmarks(
    standards: Sequence[StandardContent],
    here: Mapping[str, Line],
    others: Mapping[str, Line],
    same_now: Mapping[str, Line],
    same_before: Mapping[str, Line],
) -> list[Benchmark]:
    """All standards together, then each. Years are compared by what was asked alike in both (`same_…`)."""
    titles = [(ALL, "All together"), *((s.number, f"{s.number}. {s.title}") for s in standards)]
    return [
        Benchmark(
            number,
            title,
            here=_said(here.get(number)),
            others=_said(others.get(number)),
            apart=_apart(here.get(number), others.get(number)),
            before=_said(same_before.get(number)),
            change=_apart(same_now.get(number), same_before.get(number)),
        )
        for number, title in titles
        if number in here
    ]


def _said(line: Line | None) -> str:
    """71.4 % (5 of 7)."""
    if line is None or not line.denominator:
        return "–"
    return f"{one_decimal(100 * line.best / line.denominator)}\u00a0% ({line.best} of {line.denominator})"


def _apart(one: Line | None, other: Line | None) -> str:
    """How many points one share lies above the other."""
    if one is None or other is None or not one.denominator or not other.denominator:
        return "–"
    points = 100 * one.best / one.denominator - 100 * other.best / other.denominator
    return f"{'+' if points > 0 else ''}{one_decimal(points)}".replace("-", "−")


def asked_alike(now: EditionContent, before: EditionContent) -> frozenset[str]:
    """Keys of the criteria that both editions ask in the same words and rate on the same scale."""
    return frozenset(
        key
        for key, criterion in now.by_key.items()
        if (then := before.by_key.get(key)) is not None
        and then.text == criterion.text
        and [(v.code, v.label, v.meaning) for v in then.scale.levels]
        == [(v.code, v.label, v.meaning) for v in criterion.scale.levels]
    )


HEAD = ("cycle", "by", "group", "due", "returned", "late", "exempt", "withdrawn", "standard", "title")


def columns_of(levels: Sequence[LevelContent]) -> list[str]:
    codes = [level.code for level in levels]
    return [*HEAD, *codes, *(f"{code}_pct" for code in codes), "not_applicable", "blank"]


def csv_rows(
    cycle_code: str,
    by: str,
    groups: Mapping[str, Sequence[Asked]],
    lines: Mapping[str, Mapping[str, Line]],
    edition: EditionContent,
    levels: Sequence[LevelContent],
) -> Iterator[dict[str, object]]:
    """A line a group and standard, and one for all standards together; a group without returns has that."""
    titles = {ALL: "All together", **{s.number: s.title for s in edition.standards}}
    for group, asked in groups.items():
        told = standing_of(group, asked)
        stands = {"cycle": cycle_code, "by": by, "group": group, "due": told.due, "returned": told.returned}
        stands |= {"late": told.late, "exempt": told.exempt, "withdrawn": told.withdrawn}
        for number, title in titles.items():
            line = lines.get(group, {}).get(number)
            if line is not None or number == ALL:
                figures = _figures(line, levels) if line else {}
                yield {**stands, "standard": number, "title": title, **figures}


def _figures(line: Line, levels: Sequence[LevelContent]) -> dict[str, object]:
    found: dict[str, object] = {level.code: line.counts.get(level.code, 0) for level in levels}
    for level in levels:
        if level.counts and line.denominator:
            share = one_decimal(100 * line.counts.get(level.code, 0) / line.denominator)
            found[f"{level.code}_pct"] = float(share)
    return {**found, "not_applicable": line.not_applicable, "blank": line.blank}
