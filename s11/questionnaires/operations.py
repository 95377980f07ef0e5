"""What is done to questionnaires: loading a file, cloning an edition, freezing it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.people.models import Person
from s11.questionnaires import format as files
from s11.questionnaires import queries
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart, LineagePart, ScalePart, StandardPart
from s11.questionnaires.lineage import breaks
from s11.questionnaires.models import Criterion, Descriptor, Edition, Framework, Level, Scale, Standard
from s11.trail import operations as trail

FROZEN = {
    "approved": "has been approved, so its words no longer change. Save your changes as a new edition.",
    "issued": "has been issued, so its words are frozen. Save your changes as a new edition.",
}


class BrokenLineage(DomainError):
    """An edition that does not follow its predecessor; `sentences` holds each thing to mend."""

    def __init__(self, code: str, predecessor: str, sentences: list[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(f"{code} does not follow {predecessor}. {' '.join(sentences)}")


@dataclass(frozen=True)
class Loaded:
    """What loading did: nothing, when it neither `created` nor `changed` the edition."""

    edition: Edition
    created: bool
    changed: bool


def load(file: QuestionnaireFile, *, by: Person | None = None) -> Loaded:
    """Put a file's edition into the database; the same file again changes nothing.

    A draft that differs is replaced. Raises DomainError for an edition whose words are frozen, a
    predecessor that is not there, or a framework that has other words already, and BrokenLineage.
    """
    code = file.edition.code
    edition = queries.edition_by_code(code)
    if edition is not None and file_of(edition) == file:
        return Loaded(edition, created=False, changed=False)
    before = None
    if edition is not None:
        _check_may_change(edition)
        before = _counts(file_of(edition))
    predecessor = _predecessor(file)
    framework = _framework(file, edition)
    edition = _write(file, framework, predecessor, edition)
    trail.record("questionnaire:edition:loaded", edition.id, by=by, before=before, after=_counts(file))
    return Loaded(edition, created=before is None, changed=before is not None)


def clone(edition: Edition, *, code: str, year: int, title: str, by: Person | None) -> Edition:
    """A new draft that asks what `edition` asks, word for word, and names it as its predecessor."""
    if queries.edition_by_code(code) is not None:
        raise DomainError(f"{code} is the code of another edition. Choose a different one.", field="code")
    source = file_of(edition)
    file = _checked(
        source.model_copy(
            update={
                "edition": source.edition.model_copy(update={"code": code, "year": year, "title": title}),
                "predecessor": edition.code,
                "retired": [],
                "standards": [_carried_on(standard) for standard in source.standards],
            }
        )
    )
    draft = _write(file, edition.framework, edition, None)
    trail.record(
        "questionnaire:edition:cloned", draft.id, by=by, after={**_counts(file), "from": edition.code}
    )
    return draft


def freeze(edition: Edition, by: Person | None) -> None:
    """Fix the words of an edition for good; a second time changes nothing."""
    if edition.stage == "issued" and edition.frozen_at is not None:
        return
    before, edition.stage, edition.frozen_at = edition.stage, "issued", clock.now()
    trail.record(
        "questionnaire:edition:frozen",
        edition.id,
        by=by,
        before={"stage": before},
        after={"stage": edition.stage},
    )


def export(edition: Edition) -> str:
    """The edition as a questionnaire file."""
    return files.write(file_of(edition))


def _counts(file: QuestionnaireFile) -> dict[str, Any]:
    return {"code": file.edition.code, "standards": len(file.standards), "criteria": len(file.criteria)}


def _checked(file: QuestionnaireFile) -> QuestionnaireFile:
    try:
        return files.checked(file)
    except files.Faults as error:
        fault = error.faults[0]
        raise Invalid(fault.sentence, field=fault.path.rpartition(".")[2]) from None


def _carried_on(standard: StandardPart) -> StandardPart:
    unchanged = LineagePart(change="unchanged")
    criteria = [criterion.model_copy(update={"lineage": unchanged}) for criterion in standard.criteria]
    return standard.model_copy(update={"criteria": criteria})


def _check_may_change(edition: Edition) -> None:
    stage = "issued" if edition.frozen_at is not None else edition.stage
    if stage in FROZEN:
        raise DomainError(f"{edition.code} {FROZEN[stage]}")


def _predecessor(file: QuestionnaireFile) -> Edition | None:
    if file.predecessor is None:
        return None
    code, named = file.edition.code, file.predecessor
    predecessor = queries.edition_by_code(named)
    if predecessor is None:
        raise DomainError(f"{code} names {named} as its predecessor, which is not here. Load {named} first.")
    if predecessor.framework.code != file.framework.code:
        raise DomainError(
            f"{code} belongs to {file.framework.code} and cannot follow {named}, which belongs to "
            f"{predecessor.framework.code}. Name a predecessor of the same framework, or leave it out."
        )
    if sentences := breaks(file, file_of(predecessor)):
        raise BrokenLineage(code, named, sentences)
    return predecessor


def _framework(file: QuestionnaireFile, edition: Edition | None) -> Framework:
    """The framework of a file, made when it is new.

    Its words are shared by all its editions, so a file cannot change them once there are others.
    """
    told = file.framework
    framework = queries.framework_by_code(told.code)
    if framework is None:
        framework = Framework(code=told.code, title=told.title, duty=told.duty)
        db.session.add(framework)
        db.session.flush()
    elif (framework.title, framework.duty) != (told.title, told.duty):
        if queries.has_other_editions(framework, edition):
            raise DomainError(
                f"{told.code} is called “{framework.title}” ({framework.duty or 'no duty given'}) in its "
                "other editions. Use the same title and duty under framework."
            )
        framework.title, framework.duty = told.title, told.duty
    return framework


def _write(
    file: QuestionnaireFile, framework: Framework, predecessor: Edition | None, edition: Edition | None
) -> Edition:
    """Write a file's words into a new edition, or over those of a draft."""
    if edition is None:
        edition = Edition(code=file.edition.code, stage="draft")
        db.session.add(edition)
    else:
        _empty(edition)
    edition.framework, edition.predecessor = framework, predecessor
    edition.year, edition.title = file.edition.year, file.edition.title
    edition.introduction, edition.declaration = file.introduction, file.declaration
    edition.approver = file.approver
    edition.labels = file.labels.model_dump()
    edition.sign_off = [step.model_dump() for step in file.sign_off]
    edition.retired = [retired.model_dump() for retired in file.retired]
    edition.not_applicable_allowed = file.not_applicable.allowed
    edition.not_applicable_meaning = file.not_applicable.meaning
    db.session.flush()
    _fill(edition, file)
    return edition


def _empty(edition: Edition) -> None:
    criteria = select(Criterion.id).where(Criterion.edition_id == edition.id)
    scales = select(Scale.id).where(Scale.edition_id == edition.id)
    for emptying in (
        delete(Descriptor).where(Descriptor.criterion_id.in_(criteria)),
        delete(Criterion).where(Criterion.edition_id == edition.id),
        delete(Standard).where(Standard.edition_id == edition.id),
        delete(Level).where(Level.scale_id.in_(scales)),
        delete(Scale).where(Scale.edition_id == edition.id),
    ):
        db.session.execute(emptying, execution_options={"synchronize_session": "fetch"})


def _fill(edition: Edition, file: QuestionnaireFile) -> None:
    """Scales, standards, criteria and descriptors, each kind in one go."""
    scales = {code: Scale(edition_id=edition.id, code=code, title=s.title) for code, s in file.scales.items()}
    standards = [
        Standard(edition_id=edition.id, position=place, **told.model_dump(exclude={"criteria"}))
        for place, told in enumerate(file.standards)
    ]
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
        Descriptor(criterion_id=row.id, level_id=levels[told.scale or file.scale.code][level].id, text=words)
        for told, row in criteria
        for level, words in told.descriptors.items()
    )


def _keep(rows: Any) -> None:
    db.session.add_all(rows)
    db.session.flush()


def _levels(scale_id: int, scale: ScalePart) -> dict[str, Level]:
    return {level.code: Level(scale_id=scale_id, **level.model_dump()) for level in scale.levels}


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
        **told.model_dump(exclude={"descriptors", "scale", "not_applicable", "lineage"}),
    )
