"""Reading questionnaires. An edition is always read whole, in seven queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable
from threading import Lock
from typing import Any

from sqlalchemy import func, select

from s11.core.database import db
from s11.questionnaires.models import (
    Criterion,
    Descriptor,
    Edition,
    EditionComment,
    Framework,
    Level,
    QuestionField,
    Scale,
    Standard,
)
from s11.questionnaires.rules import (
    ColumnContent,
    CriterionContent,
    EditionContent,
    FieldContent,
    LevelContent,
    ScaleContent,
    SignOffStep,
    StandardContent,
    StepsContent,
    VariantContent,
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


def editions_for(partnership_ids: Iterable[int]) -> list[Edition]:
    """The editions these partnerships may use: their own, and those that belong to none."""
    own = frozenset(partnership_ids)
    return [e for e in editions() if e.partnership_id is None or e.partnership_id in own]


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


def forget_frozen() -> None:
    """Read every edition anew: for whoever puts another database in the place of this one."""
    with _lock:
        _frozen.clear()


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
    fields = _Fields(edition.id)
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
        sign_off=tuple(SignOffStep(**step) for step in edition.sign_off),
        retired=tuple(edition.retired),
        not_applicable_allowed=edition.not_applicable_allowed,
        not_applicable_meaning=edition.not_applicable_meaning,
        stage=edition.stage,
        standards=_standards(edition.id, scales, descriptors, fields),
        scales=tuple(scales.values()),
        fields=fields.at("edition"),
        scale_change=dict(edition.scale_change),
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
                tuple(level.needs),
            )
        )
    scales = db.session.scalars(select(Scale).where(Scale.edition_id == edition_id).order_by(Scale.id))
    return {
        scale.id: ScaleContent(scale.code, scale.title, tuple(levels[scale.id]), _steps(scale))
        for scale in scales
    }


def _steps(scale: Scale) -> StepsContent | None:
    if scale.steps is None:
        return None
    told = scale.steps
    return StepsContent(told["from"], told["to"], told["by"], told["unit"], tuple(scale.bands))


class _Fields:
    """The fields of an edition, by the place they are asked in; those asked everywhere stand last."""

    def __init__(self, edition_id: int) -> None:
        self.found: dict[tuple[str, int], list[FieldContent]] = defaultdict(list)
        query = (
            select(QuestionField)
            .where(QuestionField.edition_id == edition_id)
            .order_by(QuestionField.scope, QuestionField.position, QuestionField.id)
        )
        for row in db.session.scalars(query):
            of = row.standard_id or row.criterion_id or 0
            self.found[row.scope, of].append(_field(row, repeated=row.scope != "edition" and not of))

    def at(self, scope: str, of: int = 0) -> tuple[FieldContent, ...]:
        own = self.found.get((scope, of), []) if of else []
        return tuple((*own, *self.found.get((scope, 0), [])))


def _field(row: QuestionField, *, repeated: bool) -> FieldContent:
    return FieldContent(
        id=row.id,
        code=row.code,
        label=row.label,
        hint=row.hint,
        kind=row.kind,
        required=row.required,
        options=tuple(row.options),
        columns=tuple(
            ColumnContent(c["code"], c["label"], c["kind"], tuple(c["options"])) for c in row.columns
        ),
        only_if=row.only_if,
        repeated=repeated,
        prefill=row.prefill,
    )


def _variant(told: dict[str, Any], scale: ScaleContent) -> VariantContent:
    levels = {level.code: level.id for level in scale.levels}
    if scale.steps is not None:
        levels |= {band["code"]: levels[f"{band['value']:g}"] for band in scale.steps.bands}
    return VariantContent(
        only_if=told["only_if"],
        text=told["text"],
        guidance=told["guidance"],
        descriptors={levels[code]: words for code, words in told["descriptors"].items()},
    )


def _standards(
    edition_id: int,
    scales: dict[int, ScaleContent],
    descriptors: dict[int, dict[int, str]],
    fields: _Fields,
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
                group=row.group,
                references=tuple(row.references),
                recommendations=tuple(row.recommendations),
                resources=tuple(row.resources),
                rated=row.rated,
                fields=fields.at("criterion", row.id),
                variants=tuple(_variant(told, scales[row.scale_id]) for told in row.variants),
                change_source=row.change_source,
            )
        )
    return tuple(
        StandardContent(
            id=s.id,
            number=s.number,
            key=s.key,
            title=s.title,
            question=s.question,
            introduction=s.introduction,
            good=s.good,
            criteria=tuple(criteria[s.id]),
            only_if=s.only_if,
            fields=fields.at("standard", s.id),
            sign_off=SignOffStep(s.sign_off["step"], s.sign_off["label"]) if s.sign_off else None,
        )
        for s in standards
    )


def comments(edition_id: int) -> list[EditionComment]:
    """What was said about an edition, the earliest first."""
    query = select(EditionComment).where(EditionComment.edition_id == edition_id)
    return list(db.session.scalars(query.order_by(EditionComment.made_at, EditionComment.id)))


def comment_by_ref(ref: str) -> EditionComment | None:
    return db.session.scalar(select(EditionComment).where(EditionComment.ref == ref))


def same_comment(edition_id: int, person_id: int, about: str, key: str, text: str) -> EditionComment | None:
    """The open comment in which somebody said just this about just this."""
    query = select(EditionComment).where(
        EditionComment.edition_id == edition_id,
        EditionComment.person_id == person_id,
        EditionComment.about == about,
        EditionComment.key == key,
        EditionComment.text == text,
        EditionComment.resolved_at.is_(None),
    )
    return db.session.scalar(query.limit(1))


def unresolved_comments(edition_id: int) -> int:
    """How many comments on an edition nobody has resolved."""
    query = select(func.count(EditionComment.id)).where(
        EditionComment.edition_id == edition_id, EditionComment.resolved_at.is_(None)
    )
    return db.session.scalar(query) or 0
