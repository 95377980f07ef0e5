"""A scale of even steps, as 0 to 100 % by 5: every step is a level, with the words of the band it is in."""

from collections.abc import Iterator
from itertools import pairwise

from s11.questionnaires.format.shape import LevelPart, ScalePart, StepsPart

MOST = 101


def expanded(scale: ScalePart) -> list[LevelPart]:
    """The levels of a scale, best first: those written, or one for each step."""
    if scale.steps is None:
        return list(scale.levels)
    bands = sorted(scale.levels, key=lambda band: band.value or 0)
    levels = []
    for place, value in enumerate(values(scale.steps)):
        band = [one for one in bands if (one.value or 0) <= value][-1]
        said = f"{value:g}"
        levels.append(
            band.model_copy(
                update={
                    "code": said,
                    "label": f"{said} {scale.steps.unit}".strip(),
                    "letter": said,
                    "order": place + 1,
                    "value": value,
                }
            )
        )
    return levels[::-1]


def values(steps: StepsPart) -> list[float]:
    """The values of the steps, lowest first."""
    count = round((steps.to - steps.from_) / steps.by)
    return [round(steps.from_ + place * steps.by, 6) for place in range(count + 1)]


def step_faults(steps: StepsPart, bands: list[float | None]) -> Iterator[str]:
    """What is wrong with the steps, or with the values of the bands, best first, as sentences."""
    if steps.to <= steps.from_:
        yield "Let 'to' be more than 'from'."
        return
    count = (steps.to - steps.from_) / steps.by
    if count + 1 > MOST:
        yield f"Choose larger steps: a scale has at most {MOST}."
        return
    if abs(count - round(count)) > 1e-6:
        yield f"Choose 'by' so that steps of it lead from {steps.from_:g} to {steps.to:g}."
        return
    if any(len(f"{value:g}") > 4 for value in values(steps)):
        yield "Choose steps that can be written in four characters."
        return
    known = set(values(steps))
    for value in bands:
        if value is None:
            yield "Give each level a value: the step at which its band begins."
        elif value not in known:
            yield f"Let each band begin at a step: {str(value)[:20]} is none."
    given = [value for value in bands if value is not None]
    if any(better <= worse for better, worse in pairwise(given)):
        yield "Let a better level begin at a higher step than the one below it."
    if steps.from_ not in bands:
        yield f"Let the lowest band begin at {steps.from_:g}, so that every step is in one."


def step_code(scale: ScalePart, band: str) -> str:
    """The code of the level that carries a band's descriptor: its lowest step. Elsewhere the level's own."""
    if scale.steps is None:
        return band
    return next(f"{level.value:g}" for level in scale.levels if level.code == band)
