"""A stored edition as the file it would be: what export writes, and what loading compares with."""

from dataclasses import asdict
from typing import Any

from s11.questionnaires import queries
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.models import Edition
from s11.questionnaires.rules import (
    CriterionContent,
    EditionContent,
    FieldContent,
    LevelContent,
    ScaleContent,
    StandardContent,
)

LEVEL = ("code", "label", "letter", "order", "value", "colour", "meaning", "counts")
STANDARD = ("number", "key", "title", "question", "introduction", "good", "only_if")
CRITERION = ("number", "key", "group", "text", "guidance", "source", "must", "weight", "rated", "only_if")
CRITERION_LISTS = ("evidence", "themes", "practice_standards", "resources", "references", "recommendations")
FIELD = ("code", "label", "hint", "kind", "required", "only_if", "prefill")


def file_of(edition: Edition) -> QuestionnaireFile:
    """The edition as a file holds it, in canonical order."""
    content = queries.content(edition)
    own, *others = content.scales
    return QuestionnaireFile.model_validate(
        {
            "format": 1,
            "framework": {
                "code": content.framework_code,
                "title": content.framework_title,
                "duty": content.duty,
            },
            "edition": {"code": content.code, "year": content.year, "title": content.title},
            "predecessor": edition.predecessor.code if edition.predecessor else None,
            "labels": content.labels,
            "introduction": content.introduction,
            "declaration": content.declaration,
            "sign_off": [asdict(step) for step in content.sign_off],
            "approver": content.approver,
            "scale": _scale(own),
            "other_scales": [_scale(scale) for scale in others],
            "not_applicable": {
                "allowed": content.not_applicable_allowed,
                "meaning": content.not_applicable_meaning,
            },
            "fields": _fields(content.fields),
            "each_standard": _repeated(content.standards[0].fields) if content.standards else [],
            "each_criterion": _repeated(_first_fields(content)),
            "scale_change": content.scale_change or None,
            "retired": list(content.retired),
            "standards": [_standard(standard, own) for standard in content.standards],
        }
    )


def _taken(source: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names}


def _scale(scale: ScaleContent) -> dict[str, Any]:
    steps = scale.steps
    return {
        "code": scale.code,
        "title": scale.title,
        "steps": {"from": steps.first, "to": steps.last, "by": steps.by, "unit": steps.unit}
        if steps
        else None,
        "levels": list(steps.bands) if steps else [_level(level) for level in scale.levels],
    }


def _level(level: LevelContent) -> dict[str, Any]:
    return {**_taken(level, LEVEL), "needs": list(level.needs)}


def _first_fields(content: EditionContent) -> tuple[FieldContent, ...]:
    return next((criterion.fields for criterion in content.criteria), ())


def _repeated(fields: tuple[FieldContent, ...]) -> list[dict[str, Any]]:
    return _fields(tuple(field for field in fields if field.repeated))


def _own(fields: tuple[FieldContent, ...]) -> list[dict[str, Any]]:
    return _fields(tuple(field for field in fields if not field.repeated))


def _fields(fields: tuple[FieldContent, ...]) -> list[dict[str, Any]]:
    return [
        {
            **_taken(field, FIELD),
            "options": list(field.options),
            "columns": [
                {"code": c.code, "label": c.label, "kind": c.kind, "options": list(c.options)}
                for c in field.columns
            ],
        }
        for field in fields
    ]


def _standard(standard: StandardContent, own: ScaleContent) -> dict[str, Any]:
    step = standard.sign_off
    return {
        **_taken(standard, STANDARD),
        "sign_off": {"step": step.step, "label": step.label} if step else None,
        "fields": _own(standard.fields),
        "criteria": [_criterion(criterion, own) for criterion in standard.criteria],
    }


def _criterion(criterion: CriterionContent, own: ScaleContent) -> dict[str, Any]:
    return {
        **_taken(criterion, CRITERION),
        **{name: list(getattr(criterion, name)) for name in CRITERION_LISTS},
        "descriptors": _by_code(criterion.descriptors, criterion.scale),
        "scale": "" if criterion.scale.code == own.code else criterion.scale.code,
        "not_applicable": criterion.not_applicable_allowed,
        "variants": [
            {
                "only_if": variant.only_if,
                "text": variant.text,
                "guidance": variant.guidance,
                "descriptors": _by_code(variant.descriptors, criterion.scale),
            }
            for variant in criterion.variants
        ],
        "fields": _own(criterion.fields),
        "lineage": _lineage(criterion),
    }


def _by_code(descriptors: dict[int, str], scale: ScaleContent) -> dict[str, str]:
    """Descriptors by the code of their level, or of the band that begins at it."""
    bands = {f"{band['value']:g}": band["code"] for band in scale.steps.bands} if scale.steps else {}
    return {
        bands.get(level.code, level.code): descriptors[level.id]
        for level in scale.levels
        if level.id in descriptors
    }


def _lineage(criterion: CriterionContent) -> dict[str, Any] | None:
    if not criterion.change:
        return None
    return {
        "change": criterion.change,
        "from": list(criterion.change_from),
        "reason": criterion.change_reason,
        "source": criterion.change_source,
    }
