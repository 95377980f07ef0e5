"""Writing a questionnaire file's words into an edition, in place of those it had."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, select

from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.questionnaires import format as files
from s11.questionnaires import queries
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart, FieldPart, ScalePart, StandardPart
from s11.questionnaires.format.steps import expanded, step_code
from s11.questionnaires.models import (
    Criterion,
    Descriptor,
    Edition,
    Framework,
    Level,
    QuestionField,
    Scale,
    Standard,
)

FROZEN = {
    "approved": "has been approved, so its words no longer change. Take it back to draft first, or save your "
    "changes as a new edition.",
    "issued": "has been issued, so its words are frozen. Save your changes as a new edition.",
    "archived": "is archived, so its words are frozen. Save your changes as a new edition.",
}


def counts(file: QuestionnaireFile) -> dict[str, Any]:
    """How large an edition is, for the trail."""
    return {"code": file.edition.code, "standards": len(file.standards), "criteria": len(file.criteria)}


def checked(file: QuestionnaireFile) -> QuestionnaireFile:
    """The file, after every check one read from disk goes through. Raises Invalid with the first fault."""
    try:
        return files.checked(file)
    except files.Faults as error:
        fault = error.faults[0]
        raise Invalid(fault.sentence, field=fault.path.rpartition(".")[2]) from None


def check_is_free(code: str) -> None:
    """Refuse a code that another edition has. Codes stand in addresses, so all Boards here share them."""
    if queries.edition_by_code(code) is not None:
        raise Invalid(
            f"{code} is the code of another edition, perhaps of another Board. Choose a different one.",
            field="code",
        )


def check_may_change(edition: Edition) -> None:
    """Refuse to change the words of an edition that is approved or issued."""
    stage = "issued" if edition.frozen_at is not None else edition.stage
    if stage in FROZEN:
        raise DomainError(f"{edition.code} {FROZEN[stage]}")


def write(
    file: QuestionnaireFile, framework: Framework, predecessor: Edition | None, edition: Edition | None
) -> Edition:
    """Write a file's words into a new edition, or over those of a draft."""
    if edition is None:
        edition = Edition(code=file.edition.code, stage="draft")
        db.session.add(edition)
    else:
        _empty(edition)
        edition.version += 1
    edition.framework, edition.predecessor = framework, predecessor
    edition.year, edition.title = file.edition.year, file.edition.title
    edition.introduction, edition.declaration = file.introduction, file.declaration
    edition.approver = file.approver
    edition.labels = file.labels.model_dump()
    edition.sign_off = [step.model_dump() for step in file.sign_off]
    edition.retired = [retired.model_dump() for retired in file.retired]
    edition.scale_change = file.scale_change.model_dump() if file.scale_change else {}
    edition.not_applicable_allowed = file.not_applicable.allowed
    edition.not_applicable_meaning = file.not_applicable.meaning
    db.session.flush()
    _fill(edition, file)
    return edition


def _empty(edition: Edition) -> None:
    criteria = select(Criterion.id).where(Criterion.edition_id == edition.id)
    scales = select(Scale.id).where(Scale.edition_id == edition.id)
    for emptying in (
        delete(QuestionField).where(QuestionField.edition_id == edition.id),
        delete(Descriptor).where(Descriptor.criterion_id.in_(criteria)),
        delete(Criterion).where(Criterion.edition_id == edition.id),
        delete(Standard).where(Standard.edition_id == edition.id),
        delete(Level).where(Level.scale_id.in_(scales)),
        delete(Scale).where(Scale.edition_id == edition.id),
    ):
        db.session.execute(emptying, execution_options={"synchronize_session": "fetch"})


def _fill(edition: Edition, file: QuestionnaireFile) -> None:
    """Scales, standards, criteria, descriptors and fields, each kind in one go."""
    scales = {code: _scale(told, edition.id) for code, told in file.scales.items()}
    standards = [_standard(told, edition.id, place) for place, told in enumerate(file.standards)]
    _keep(scales.values())
    _keep(standards)
    levels = {code: _levels(scales[code].id, told) for code, told in file.scales.items()}
    criteria = [
        (told, _criterion(told, edition.id, row.id, scales[told.scale or file.scale.code].id, place))
        for row, standard in zip(standards, file.standards, strict=True)
        for place, told in enumerate(standard.criteria)
    ]
    _keep(level for by_code in levels.values() for level in by_code.values())
    _keep(row for _, row in criteria)
    _keep(
        Descriptor(
            criterion_id=row.id,
            level_id=levels[code][step_code(file.scales[code], level)].id,
            text=words,
        )
        for told, row in criteria
        for code in (told.scale or file.scale.code,)
        for level, words in told.descriptors.items()
    )
    _keep(_fields(file, edition.id, standards, criteria))


def _keep(rows: Any) -> None:
    db.session.add_all(rows)
    db.session.flush()


def _scale(scale: ScalePart, edition_id: int) -> Scale:
    stepped = scale.steps is not None
    return Scale(
        edition_id=edition_id,
        code=scale.code,
        title=scale.title,
        steps=scale.steps.model_dump(by_alias=True) if scale.steps else None,
        bands=[level.model_dump() for level in scale.levels] if stepped else [],
    )


def _standard(told: StandardPart, edition_id: int, place: int) -> Standard:
    plain = told.model_dump(exclude={"criteria", "fields", "sign_off"})
    sign_off = told.sign_off.model_dump() if told.sign_off else None
    return Standard(edition_id=edition_id, position=place, sign_off=sign_off, **plain)


def _levels(scale_id: int, scale: ScalePart) -> dict[str, Level]:
    return {level.code: Level(scale_id=scale_id, **level.model_dump()) for level in expanded(scale)}


def _criterion(
    told: CriterionPart, edition_id: int, standard_id: int, scale_id: int, place: int
) -> Criterion:
    lineage = told.lineage
    return Criterion(
        edition_id=edition_id,
        standard_id=standard_id,
        scale_id=scale_id,
        position=place,
        not_applicable_allowed=told.not_applicable,
        change=lineage.change if lineage else "",
        change_from=lineage.from_ if lineage else [],
        change_reason=lineage.reason if lineage else "",
        change_source=lineage.source if lineage else "",
        **told.model_dump(exclude={"descriptors", "scale", "not_applicable", "lineage", "fields"}),
    )


def _fields(
    file: QuestionnaireFile,
    edition_id: int,
    standards: list[Standard],
    criteria: list[tuple[CriterionPart, Criterion]],
) -> Iterator[QuestionField]:
    """Every field with the place it is asked in."""
    own: list[tuple[str, list[FieldPart], dict[str, int]]] = [
        ("edition", file.fields, {}),
        ("standard", file.each_standard, {}),
        ("criterion", file.each_criterion, {}),
    ]
    for row, standard in zip(standards, file.standards, strict=True):
        own.append(("standard", standard.fields, {"standard_id": row.id}))
    for told, asked in criteria:
        own.append(("criterion", told.fields, {"criterion_id": asked.id}))
    for scope, fields, of in own:
        for place, field in enumerate(fields):
            plain = field.model_dump()
            yield QuestionField(edition_id=edition_id, scope=scope, position=place, **of, **plain)
