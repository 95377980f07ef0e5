"""Editing a draft on screen: one change at a time, checked like a file, written and told in the trail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect

from s11.core.database import db
from s11.core.errors import DomainError, Invalid, Stale
from s11.people.models import Person
from s11.questionnaires import format as files
from s11.questionnaires.editing.parts import digest
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import Fault, QuestionnaireFile
from s11.questionnaires.format.shape import Part
from s11.questionnaires.lineage import breaks
from s11.questionnaires.models import Edition
from s11.questionnaires.operations.writing import check_may_change, write
from s11.trail import operations as trail

Apply = Callable[[QuestionnaireFile, QuestionnaireFile | None], QuestionnaireFile]
LONGEST_TOLD = 500


class Refused(Invalid):
    """A change that the file format does not allow; `faults` holds each thing to mend, with its place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(faults[0].sentence, field=faults[0].path.rpartition(".")[2])


class Overtaken(Stale):
    """Somebody else changed the same part since the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this meanwhile. See theirs, and save again what should stand."
        )


@dataclass(frozen=True)
class Edit:
    """A change somebody wants.

    `apply` gives the file as it would be. `rests_on` is the part that the form showed and `was` its digest
    then; without them the change stands for itself. `about` is told in the trail beside what changed.
    """

    tag: str
    apply: Apply
    rests_on: Callable[[QuestionnaireFile], Any] | None = None
    was: str = ""
    about: dict[str, Any] = field(default_factory=dict)

    def is_overtaken(self, file: QuestionnaireFile) -> bool:
        return self.rests_on is not None and self.was != digest(self.rests_on(file))


def edit(edition: Edition, wanted: Edit, *, by: Person | None) -> bool:
    """Make a change to a draft, and say whether there was anything to change.

    Raises DomainError for an edition that is no draft, Overtaken, Refused, and Invalid at a field.
    """
    _hold(edition)
    check_worded(edition)
    before = file_of(edition)
    earlier = file_of(edition.predecessor) if edition.predecessor else None
    after = wanted.apply(before, earlier)
    if after != before:
        after = _checked(after, before, earlier)
    if after == before:
        return False
    if wanted.is_overtaken(before):
        raise Overtaken
    write(after, edition.framework, edition.predecessor, edition)
    db.session.flush()
    told_before, told_after = told(before, after)
    trail.record(
        wanted.tag,
        edition.id,
        by=by,
        partnership_id=edition.partnership_id,
        before=told_before,
        after={**told_after, "code": edition.code, **wanted.about},
    )
    return True


def check_worded(edition: Edition) -> None:
    """Refuse to edit what is not an edition of a Board that its office still words."""
    if edition.partnership_id is None:
        raise DomainError(
            f"{edition.code} came from a file and belongs to no Board. Start your own edition from it."
        )
    check_may_change(edition)


def _hold(edition: Edition) -> None:
    """Read the edition anew and keep others from changing it until this piece of work is over."""
    columns = [column.key for column in inspect(Edition).column_attrs]
    db.session.refresh(edition, attribute_names=columns, with_for_update=True)


def _checked(
    after: QuestionnaireFile, before: QuestionnaireFile, earlier: QuestionnaireFile | None
) -> QuestionnaireFile:
    """The file after every check; what does not follow the predecessor any more is a fault as well."""
    try:
        checked = files.checked(after)
    except files.Faults as error:
        raise Refused(error.faults) from None
    if earlier is not None:
        known = breaks(before, earlier)
        if broken := [sentence for sentence in breaks(checked, earlier) if sentence not in known]:
            raise Invalid(broken[0], field="reason")
    return checked


def told(before: QuestionnaireFile, after: QuestionnaireFile) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is different between two files, from what to what, by the names people know: "1.2 text"."""
    was, now = dict(_said(before)), dict(_said(after))
    different = [name for name in (*was, *now) if was.get(name) != now.get(name)]
    return (
        {name: _short(was[name]) for name in different if name in was},
        {name: _short(now[name]) for name in different if name in now},
    )


def _said(file: QuestionnaireFile) -> Iterator[tuple[str, Any]]:
    for name, value in _parts(file, but={"standards"}):
        yield name, value
    for standard in file.standards:
        for name, value in _parts(standard, but={"criteria"}):
            yield f"standard {standard.number} {name}", value
        yield f"standard {standard.number} asks", [criterion.number for criterion in standard.criteria]
        for criterion in standard.criteria:
            for name, value in _parts(criterion, but=set()):
                yield f"{criterion.number} {name}", value


def _parts(part: Part, *, but: set[str]) -> Iterator[tuple[str, Any]]:
    told = part.model_dump(exclude=but, exclude_defaults=True)
    yield from told.items()


def _short(value: Any) -> Any:
    said = value if isinstance(value, str | int | float | bool) else str(value)
    return f"{said[: LONGEST_TOLD - 1]}…" if isinstance(said, str) and len(said) > LONGEST_TOLD else said
