"""Self-assessment against moderation: how far both agree, and who is optimistic."""

from dataclasses import dataclass
from math import isnan

import pandas as pd

from s11.analysis import measures
from s11.analysis.pages.tables import FigureLine, records
from s11.analysis.rules import KAPPA_FEWEST, KAPPA_WORDS, KAPPA_WORST, By, share
from s11.questionnaires.rules import EditionContent

NOT_YET = "not yet"
TOO_FEW = "too few to say"
ONE_LEVEL = "all at one level: nothing to take it of"
AGREEMENT_HIGHEST_FIRST = frozenset({"higher", "lower", "steps"})
HARDLY = 0.005  # steps: less prints as nought


@dataclass(frozen=True)
class Kappa:
    """Weighted kappa of the ratings on one scale. `value` is None where it would say nothing."""

    scale: str
    pairs: int
    value: float | None

    @property
    def figure(self) -> str:
        return "–" if self.value is None else signed(self.value, plus="")

    @property
    def words(self) -> str:
        if self.value is not None:
            return next((word for above, word in KAPPA_WORDS if self.value > above), KAPPA_WORST)
        return TOO_FEW if self.pairs < KAPPA_FEWEST else ONE_LEVEL


@dataclass(frozen=True)
class Agreed:
    """One group: how many ratings have an answer on both sides, in how many both agree, in how many the
    agency is higher or lower, in how many only one said not applicable; kappa for each scale it is rated on;
    and how many steps the agency is above the moderator, in the mean of so many pairs."""

    compared: int
    agreed: int
    higher: int
    lower: int
    apart: int
    kappas: tuple[Kappa, ...]
    pairs: int
    steps: float | None

    @property
    def leaning(self) -> str:
        """Who rates higher, in words."""
        if self.steps is None:
            return ""
        if abs(self.steps) < HARDLY:
            return "neither is higher"
        return "the agency is higher" if self.steps > 0 else "the moderator is higher"


def signed(value: float, *, plus: str = "+") -> str:
    """0.25 as "+0.25", to two decimals, with a minus that is as wide as the plus."""
    said = f"{abs(value):.2f}"
    if float(said) == 0:
        return said
    return f"{plus if value > 0 else '−'}{said}"


def agreed(own: pd.DataFrame, moderated: pd.DataFrame, edition: EditionContent, by: By) -> dict[str, Agreed]:
    """How both agree, one a group, in the order in which groups stand in the table."""
    kappas: dict[str, list[Kappa]] = {}
    scales = {scale.code: scale.title for scale in edition.scales}
    for (group, scale), row in records(measures.kappa(own, moderated, by)):
        pairs, value = int(row["compared"]), float(row["kappa"])
        known = pairs >= KAPPA_FEWEST and not isnan(value)
        kappas.setdefault(str(group), []).append(
            Kappa(scales.get(str(scale), str(scale)), pairs, value if known else None)
        )
    directions = dict(records(measures.direction(own, moderated, by)))
    found = {}
    for group, row in records(measures.agreement(own, moderated, by)):
        way = directions.get(group, {"compared": 0, "mean_steps": float("nan")})
        steps = float(way["mean_steps"])
        found[str(group)] = Agreed(
            compared=int(row["compared"]),
            agreed=int(row["agreed"]),
            higher=int(row["optimistic"]),
            lower=int(row["severe"]),
            apart=int(row["apart"]),
            kappas=tuple(kappas.get(str(group), ())),
            pairs=int(way["compared"]),
            steps=None if isnan(steps) else steps,
        )
    return found


def agreed_line(key: str, name: str, href: str, one: Agreed) -> FigureLine:
    """The line of a table: compared, agreed, higher, lower, kappa, mean steps."""
    if not one.compared:
        blank = ((NOT_YET, ""), *((("–", ""),) * 5))
        return FigureLine(key, name, href, blank, {})
    several = len(one.kappas) > 1
    said = [f"{kappa.scale}: {kappa.words}" if several else kappa.words for kappa in one.kappas]
    cells = (
        (str(one.compared), f"{one.apart} where only one said not applicable" if one.apart else ""),
        (str(one.agreed), share(one.agreed, one.compared)),
        (str(one.higher), share(one.higher, one.compared)),
        (str(one.lower), share(one.lower, one.compared)),
        ("; ".join(kappa.figure for kappa in one.kappas) or "–", "; ".join(said)),
        ("–" if one.steps is None else signed(one.steps), one.leaning),
    )
    values = [kappa.value for kappa in one.kappas if kappa.value is not None]
    return FigureLine(
        key, name, href, cells,
        {
            "agreed": one.agreed / one.compared,
            "higher": one.higher / one.compared,
            "lower": one.lower / one.compared,
            "kappa": min(values) if values else None,
            "steps": one.steps,
        },
    )  # fmt: skip
