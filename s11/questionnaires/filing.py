"""A stored edition as the file it would be: what export writes, and what loading compares with."""

from typing import Any

from s11.questionnaires import queries
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.models import Edition
from s11.questionnaires.rules import CriterionContent, LevelContent, ScaleContent, StandardContent

LEVEL = ("code", "label", "letter", "order", "value", "colour", "meaning", "counts")
STANDARD = ("number", "key", "title", "question", "introduction", "good")
CRITERION = ("number", "key", "text", "guidance", "source", "must", "weight", "only_if")
CRITERION_LISTS = ("evidence", "themes", "practice_standards")


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
            "sign_off": [{"step": step.step, "label": step.label} for step in content.sign_off],
            "approver": content.approver,
            "scale": _scale(own),
            "other_scales": [_scale(scale) for scale in others],
            "not_applicable": {
                "allowed": content.not_applicable_allowed,
                "meaning": content.not_applicable_meaning,
            },
            "retired": list(content.retired),
            "standards": [_standard(standard, own) for standard in content.standards],
        }
    )


def _taken(source: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names}


def _scale(scale: ScaleContent) -> dict[str, Any]:
    return {
        "code": scale.code,
        "title": scale.title,
        "levels": [_taken(level, LEVEL) for level in scale.levels],
    }


def _standard(standard: StandardContent, own: ScaleContent) -> dict[str, Any]:
    criteria = [_criterion(criterion, own) for criterion in standard.criteria]
    return {**_taken(standard, STANDARD), "criteria": criteria}


def _criterion(criterion: CriterionContent, own: ScaleContent) -> dict[str, Any]:
    levels: tuple[LevelContent, ...] = criterion.scale.levels
    return {
        **_taken(criterion, CRITERION),
        **{name: list(getattr(criterion, name)) for name in CRITERION_LISTS},
        "descriptors": {
            level.code: criterion.descriptors[level.id]
            for level in levels
            if level.id in criterion.descriptors
        },
        "scale": "" if criterion.scale.code == own.code else criterion.scale.code,
        "not_applicable": criterion.not_applicable_allowed,
        "lineage": _lineage(criterion),
    }


def _lineage(criterion: CriterionContent) -> dict[str, Any] | None:
    if not criterion.change:
        return None
    return {
        "change": criterion.change,
        "from": list(criterion.change_from),
        "reason": criterion.change_reason,
    }
