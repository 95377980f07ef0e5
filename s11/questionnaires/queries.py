"""Reading questionnaires. An edition is always read whole, in six queries whatever its size."""

from collections import defaultdict
from threading import Lock

from sqlalchemy import func, select

from s11.core.database import db
from s11.questionnaires.models import Criterion, Descriptor, Edition, Framework, Level, Scale, Standard
from s11.questionnaires.rules import (
    CriterionContent,
    EditionContent,
    LevelContent,
    ScaleContent,
    SignOffStep,
    StandardContent,
)

# A frozen edition never changes, so its content is kept for as long as the process lives. The key
# holds the moment it was frozen and the database's address, so that another database's edition of
# the same number is not mistaken for it.
_frozen: dict[tuple[str, int, str], EditionContent] = {}
_lock = Lock()
KEPT_AT_MOST = 64


def editions() -> list[Edition]:
    """Every edition, by framework, newest first."""
    query = select(Edition).join(Framework).order_by(Framework.code, Edition.year.desc(), Edition.id.desc())
    return list(db.session.scalars(query))


def edition_by_code(code: str) -> Edition | None:
    return db.session.scalar(select(Edition).where(Edition.code == code))


def framework_by_code(code: str) -> Framework | None:
    return db.session.scalar(select(Framework).where(Framework.code == code))


def has_other_editions(framework: Framework, edition: Edition | None) -> bool:
    """Whether a framework has an edition beside this one."""
    query = select(Edition.id).where(Edition.framework_id == framework.id)
    if edition is not None:
        query = query.where(Edition.id != edition.id)
    return db.session.scalar(query.limit(1)) is not None


def sizes() -> dict[int, tuple[int, int]]:
    """How many standards and criteria each edition has, by its id."""
    standards = select(func.count(Standard.id)).where(Standard.edition_id == Edition.id).scalar_subquery()
    criteria = select(func.count(Criterion.id)).where(Criterion.edition_id == Edition.id).scalar_subquery()
    rows = db.session.execute(select(Edition.id, standards, criteria).order_by(Edition.id))
    return {edition_id: (of_standards, of_criteria) for edition_id, of_standards, of_criteria in rows}


def content(edition: Edition) -> EditionContent:
    """The whole edition as plain values, from memory when it is frozen."""
    if edition.frozen_at is None:
        return _read(edition)
    key = (str(db.engine.url), edition.id, edition.frozen_at.isoformat())
    with _lock:
        kept = _frozen.get(key)
    if kept is not None:
        return kept
    read = _read(edition)
    with _lock:
        while len(_frozen) >= KEPT_AT_MOST:
            _frozen.pop(next(iter(_frozen)))
        _frozen[key] = read
    return read


def _read(edition: Edition) -> EditionContent:
    scales = _scales(edition.id)
    descriptors: dict[int, dict[int, str]] = defaultdict(dict)
    rows = db.session.execute(
        select(Descriptor.criterion_id, Descriptor.level_id, Descriptor.text)
        .join(Criterion, Criterion.id == Descriptor.criterion_id)
        .where(Criterion.edition_id == edition.id)
        .order_by(Descriptor.id)
    )
    for criterion_id, level_id, text in rows:
        descriptors[criterion_id][level_id] = text
    return EditionContent(
        id=edition.id,
        code=edition.code,
        year=edition.year,
        title=edition.title,
        framework_code=edition.framework.code,
        framework_title=edition.framework.title,
        duty=edition.framework.duty,
        introduction=edition.introduction,
        declaration=edition.declaration,
        approver=edition.approver,
        labels=edition.labels,
        sign_off=tuple(SignOffStep(step["step"], step["label"]) for step in edition.sign_off),
        retired=tuple(edition.retired),
        not_applicable_allowed=edition.not_applicable_allowed,
        not_applicable_meaning=edition.not_applicable_meaning,
        stage=edition.stage,
        standards=_standards(edition.id, scales, descriptors),
        scales=tuple(scales.values()),
    )


def _scales(edition_id: int) -> dict[int, ScaleContent]:
    levels: dict[int, list[LevelContent]] = defaultdict(list)
    query = (
        select(Level)
        .join(Scale, Scale.id == Level.scale_id)
        .where(Scale.edition_id == edition_id)
        .order_by(Level.scale_id, Level.order.desc())
    )
    for level in db.session.scalars(query):
        levels[level.scale_id].append(
            LevelContent(
                level.id,
                level.code,
                level.label,
                level.letter,
                level.order,
                level.value,
                level.colour,
                level.meaning,
                level.counts,
            )
        )
    scales = db.session.scalars(select(Scale).where(Scale.edition_id == edition_id).order_by(Scale.id))
    return {scale.id: ScaleContent(scale.code, scale.title, tuple(levels[scale.id])) for scale in scales}


def _standards(
    edition_id: int, scales: dict[int, ScaleContent], descriptors: dict[int, dict[int, str]]
) -> tuple[StandardContent, ...]:
    standards = list(
        db.session.scalars(
            select(Standard).where(Standard.edition_id == edition_id).order_by(Standard.position)
        )
    )
    keys = {standard.id: standard.key for standard in standards}
    criteria: dict[int, list[CriterionContent]] = defaultdict(list)
    query = (
        select(Criterion)
        .join(Standard, Standard.id == Criterion.standard_id)
        .where(Criterion.edition_id == edition_id)
        .order_by(Standard.position, Criterion.position)
    )
    for place, row in enumerate(db.session.scalars(query)):
        criteria[row.standard_id].append(
            CriterionContent(
                id=row.id,
                number=row.number,
                key=row.key,
                text=row.text,
                guidance=row.guidance,
                evidence=tuple(row.evidence),
                descriptors=descriptors.get(row.id, {}),
                themes=tuple(row.themes),
                practice_standards=tuple(row.practice_standards),
                source=row.source,
                must=row.must,
                weight=row.weight,
                only_if=row.only_if,
                not_applicable_allowed=row.not_applicable_allowed,
                change=row.change,
                change_from=tuple(row.change_from),
                change_reason=row.change_reason,
                scale=scales[row.scale_id],
                standard_key=keys[row.standard_id],
                position=place,
            )
        )
    return tuple(
        StandardContent(
            s.id, s.number, s.key, s.title, s.question, s.introduction, s.good, tuple(criteria[s.id])
        )
        for s in standards
    )
