"""The form of a scale: its levels, best first, a row for each."""

from s11.core.errors import Invalid
from s11.questionnaires.editing.keys import code_from
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import LevelPart, ScalePart, StepsPart
from s11.questionnaires.forms.typed import Values, clean, number_of, one_line

LEVEL_NAMES = ("was", "label", "letter", "value", "colour", "meaning", "counts", "remove")
SCALE_FIELDS = ("title", "from", "to", "by", "unit", "reason", "why_source")
SCALE_LABELS = {
    "title": "What the scale is called", "from": "From", "to": "To", "by": "In steps of", "unit": "Unit",
    "levels": "Levels", "reason": "Why the scale is another", "why_source": "What prompted it?",
}  # fmt: skip
BLANK_LEVEL: Values = {name: "" for name in LEVEL_NAMES} | {"colour": "grey", "counts": "y", "needs": []}


def level_rows(scale: ScalePart) -> list[Values]:
    """Levels as the rows of their form, best first."""
    return [
        {
            "was": one.code,
            "label": one.label,
            "letter": one.letter,
            "value": "" if one.value is None else f"{one.value:g}",
            "colour": one.colour,
            "meaning": one.meaning,
            "counts": "y" if one.counts else "",
            "needs": list(one.needs),
            "remove": "",
        }
        for one in sorted(scale.levels, key=lambda level: -level.order)
    ]


def scale_values(scale: ScalePart, file: QuestionnaireFile) -> Values:
    """A scale as its form shows it."""
    told, steps = file.scale_change, scale.steps
    even = {"from": "", "to": "", "by": "", "unit": ""}
    if steps is not None:
        even = {"from": f"{steps.from_:g}", "to": f"{steps.to:g}", "by": f"{steps.by:g}", "unit": steps.unit}
    return {
        "title": scale.title,
        **even,
        "reason": told.reason if told else "",
        "why_source": told.source if told else "",
        "levels": level_rows(scale),
    }


def named(values: Values, before: ScalePart) -> list[tuple[int, Values, str]]:
    """The rows that stay, with their place on the page and their code; an empty one is left out."""
    taken = {level.code for level in before.levels}
    found = []
    for at, row in enumerate(values["levels"]):
        if row["remove"] or not (row["was"] or one_line(row["label"]) or clean(row["meaning"])):
            continue
        code = row["was"] or code_from(row["label"], taken, otherwise="level")
        taken.add(code)
        found.append((at, row, code))
    return found


def scale_parts(values: Values, before: ScalePart) -> ScalePart:
    """What was typed as a scale; its levels are ordered as they stand on the page, best first."""
    kept = named(values, before)
    known = [(level.code, level.order) for level in _best_first(before)]
    orders = list(range(len(kept), 0, -1))
    if [code for _, _, code in kept] == [code for code, _ in known]:
        orders = [order for _, order in known]
    levels = [
        LevelPart.model_construct(
            code=code,
            label=one_line(row["label"]),
            letter=one_line(row["letter"]),
            order=order,
            value=number_of(row["value"], f"level-{at}-value"),
            colour=row["colour"],
            meaning=clean(row["meaning"]),
            counts=bool(row["counts"]),
            needs=list(row["needs"]),
        )
        for (at, row, code), order in zip(kept, orders, strict=True)
    ]
    return before.model_copy(
        update={"title": one_line(values["title"]), "levels": levels, "steps": _steps(values, before)}
    )


def scale_places(values: Values, before: ScalePart, prefix: str) -> dict[str, str]:
    """The field of the form for each part of the scale; `prefix` is where it stands in the file."""
    places = {f"{prefix}.title": "title", f"{prefix}.steps": "by", f"{prefix}.levels": "level-0-label"}
    places |= {f"{prefix}.steps.{name}": name for name in ("from", "to", "by", "unit")}
    for at, _, code in named(values, before):
        names = (*LEVEL_NAMES, "needs")
        places |= {f"{prefix}.levels[{code}].{name}": f"level-{at}-{name}" for name in names}
        places[f"{prefix}.levels[{code}].order"] = f"level-{at}-label"
    return places


def _best_first(scale: ScalePart) -> list[LevelPart]:
    return sorted(scale.levels, key=lambda level: -level.order)


def _steps(values: Values, before: ScalePart) -> StepsPart | None:
    if before.steps is None:
        return None
    told: dict[str, float] = {}
    for name in ("from", "to", "by"):
        value = number_of(values[name], name)
        if value is None:
            raise Invalid("Write a number here, for example 5.", field=name)
        told[name] = value
    return StepsPart.model_construct(
        from_=told["from"], to=told["to"], by=told["by"], unit=one_line(values["unit"])
    )
