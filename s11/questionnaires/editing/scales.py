"""How criteria are rated: the levels of a scale, further scales, and scales that are ready made."""

from typing import Any

from s11.core.errors import Invalid
from s11.questionnaires.editing.lineage import NO_REASON, Why
from s11.questionnaires.editing.parts import each_criterion, scale_for, scale_of
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart, LevelPart, ScaleChangePart, ScalePart, StepsPart


def _levels(*told: tuple[str, str, float | None, str, str]) -> list[LevelPart]:
    """Levels from best to worst: label, letter, value, colour, meaning. Codes are made from labels."""
    return [
        LevelPart(
            code=label.lower().replace(" ", "_"),
            label=label,
            letter=letter,
            value=value,
            colour=colour,
            meaning=meaning,
            order=len(told) - at,
        )
        for at, (label, letter, value, colour, meaning) in enumerate(told)
    ]


# Scales that Boards use, to begin with. Their words are the office's to change.
READY: dict[str, ScalePart] = {
    "rag": ScalePart(
        code="rag",
        title="Red, amber, green",
        levels=_levels(
            ("Green", "G", 3, "green", "In place everywhere, and we can show it."),
            ("Amber", "A", 2, "amber", "Partly in place, or not shown everywhere yet."),
            ("Red", "R", 1, "red", "Not in place."),
        ),
    ),
    "met": ScalePart(
        code="met",
        title="Met or not met",
        levels=_levels(
            ("Met", "M", None, "green", "It is in place and we can show it."),
            ("Not met", "N", None, "red", "It is not in place, or we cannot show it."),
        ),
    ),
    "nought_to_three": ScalePart(
        code="nought_to_three",
        title="0 to 3",
        levels=_levels(
            ("3", "3", 3, "green", "Fully in place, and its effect is known."),
            ("2", "2", 2, "lightgreen", "In place; its effect is not yet known."),
            ("1", "1", 1, "amber", "Begun."),
            ("0", "0", 0, "red", "Not in place."),
        ),
    ),
    "one_is_best": ScalePart(
        code="one_is_best",
        title="1 to 4, 1 is best",
        levels=_levels(
            ("1", "1", 1, "green", "Outstanding: others learn from us."),
            ("2", "2", 2, "lightgreen", "Good: in place everywhere."),
            ("3", "3", 3, "amber", "Requires improvement: in place in part."),
            ("4", "4", 4, "red", "Inadequate: not in place."),
        ),
    ),
    "percent": ScalePart(
        code="percent",
        title="0 to 100 % in fives",
        steps=StepsPart(from_=0, to=100, by=5, unit="%"),
        levels=_levels(
            ("Secure", "S", 80, "green", "Nearly always so."),
            ("Partly secure", "P", 40, "amber", "Often so."),
            ("Weak", "W", 0, "red", "Seldom so."),
        ),
    ),
}


def change(
    file: QuestionnaireFile,
    code: str,
    scale: ScalePart,
    *,
    why: Why = NO_REASON,
    earlier: QuestionnaireFile | None = None,
) -> QuestionnaireFile:
    """The file with another scale in place of one; descriptors of levels that are gone go with them."""
    scale_of(file, code)
    if len(scale.levels) < 2:
        raise Invalid("Keep at least two levels.", field="levels")
    if scale.code != code and scale.code in file.scales:
        scale = scale.model_copy(update={"code": code})
    if code == file.scale.code:
        file = file.model_copy(update={"scale": scale})
    else:
        others = [scale if one.code == code else one for one in file.other_scales]
        file = file.model_copy(update={"other_scales": others})
        file = each_criterion(
            file, lambda one: one.model_copy(update={"scale": scale.code}) if one.scale == code else one
        )
    return _explained(each_criterion(file, lambda one: _fitting(file, one)), earlier, why)


def replace(
    file: QuestionnaireFile,
    ready: str,
    *,
    why: Why = NO_REASON,
    earlier: QuestionnaireFile | None = None,
) -> QuestionnaireFile:
    """The file with a ready-made scale in place of its own."""
    if ready not in READY:
        raise Invalid("Choose one of the scales.", field="ready")
    if ready in {one.code for one in file.other_scales}:
        raise Invalid(
            "Some criteria are rated on this scale already. Take it out there first.", field="ready"
        )
    return change(file, file.scale.code, READY[ready], why=why, earlier=earlier)


def add(file: QuestionnaireFile, ready: str) -> QuestionnaireFile:
    """The file with a further scale for criteria that are rated differently."""
    if ready not in READY:
        raise Invalid("Choose one of the scales.", field="ready")
    if ready in file.scales:
        return file  # a second click
    return file.model_copy(update={"other_scales": [*file.other_scales, READY[ready]]})


def remove(file: QuestionnaireFile, code: str) -> QuestionnaireFile:
    """The file without one of its further scales."""
    scale_of(file, code)
    if code == file.scale.code:
        raise Invalid("This is the scale of the whole edition. Put another one in its place instead.")
    using = [criterion.number for criterion in file.criteria if criterion.scale == code]
    if using:
        listed = f"{', '.join(using[:8])} {'is' if len(using) == 1 else 'are'}"
        raise Invalid(f"{listed} rated on it. Choose another scale there first.")
    others = [one for one in file.other_scales if one.code != code]
    return file.model_copy(update={"other_scales": others})


def differs(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> bool:
    """Whether the edition's own scale means something else than the predecessor's."""
    return earlier is not None and _meaning(file.scale) != _meaning(earlier.scale)


def _meaning(scale: ScalePart) -> dict[str, Any]:
    told = scale.model_dump(exclude={"title", "code"})
    told["levels"] = [
        {name: value for name, value in level.items() if name not in {"colour", "needs"}}
        for level in sorted(told["levels"], key=lambda level: -level["order"])
    ]
    return told


def _explained(file: QuestionnaireFile, earlier: QuestionnaireFile | None, why: Why) -> QuestionnaireFile:
    """The file with the reason why its scale is another than before; without one when it is not."""
    if not differs(file, earlier):
        return file.model_copy(update={"scale_change": None})
    if not why.reason.strip() and file.scale_change is not None:
        return file
    why.needed("Say why the scale is another than last year's: comparisons with last year need it.")
    told = ScaleChangePart.model_construct(reason=why.reason.strip(), source=why.source)
    return file.model_copy(update={"scale_change": told})


def _fitting(file: QuestionnaireFile, criterion: CriterionPart) -> CriterionPart:
    """A criterion with descriptors for those levels only that its scale still has."""
    codes = {level.code for level in scale_for(file, criterion).levels}
    kept = {code: words for code, words in criterion.descriptors.items() if code in codes}
    variants = [
        one.model_copy(
            update={"descriptors": {c: words for c, words in one.descriptors.items() if c in codes}}
        )
        for one in criterion.variants
    ]
    return criterion.model_copy(update={"descriptors": kept, "variants": variants})
