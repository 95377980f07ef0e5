"""Cloning an edition, freezing it, and writing it as a file."""

from s11.core import clock
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.questionnaires import format as files
from s11.questionnaires.editing.starting import with_chain
from s11.questionnaires.filing import file_of
from s11.questionnaires.format.shape import LineagePart, StandardPart
from s11.questionnaires.models import Edition
from s11.questionnaires.operations.writing import check_is_free, checked, counts, write
from s11.questionnaires.stages import Act, Stage, next_stage
from s11.trail import operations as trail


def clone(
    edition: Edition,
    *,
    code: str,
    year: int,
    title: str,
    by: Person | None,
    owner: Partnership | None = None,
    own_chain: bool = False,
) -> Edition:
    """A new draft that asks what `edition` asks, word for word, and names it as its predecessor.

    `owner`: the partnership whose office makes it. `own_chain`: with the signatures it has set for itself.
    """
    check_is_free(code)
    source = file_of(edition)
    if own_chain and owner is not None:
        source = with_chain(source, owner.sign_off_chains)
    file = checked(
        source.model_copy(
            update={
                "edition": source.edition.model_copy(update={"code": code, "year": year, "title": title}),
                "predecessor": edition.code,
                "retired": [],
                "scale_change": None,
                "standards": [_carried_on(standard) for standard in source.standards],
            }
        )
    )
    draft = write(file, edition.framework, edition, None)
    draft.partnership = owner
    trail.record(
        "questionnaire:edition:cloned", draft.id, by=by, after={**counts(file), "from": edition.code}
    )
    return draft


def freeze(edition: Edition, by: Person | None) -> None:
    """Fix the words of an edition for good; a second time changes nothing.

    What a Board's office made on screen has to be approved first; a file was, before it became one.
    """
    if edition.frozen_at is not None:
        return
    if edition.partnership_id is not None:
        next_stage(edition.code, Stage(edition.stage), Act.ISSUE)
    before, edition.stage, edition.frozen_at = edition.stage, "issued", clock.now()
    edition.version += 1
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


def _carried_on(standard: StandardPart) -> StandardPart:
    unchanged = LineagePart(change="unchanged")
    criteria = [criterion.model_copy(update={"lineage": unchanged}) for criterion in standard.criteria]
    return standard.model_copy(update={"criteria": criteria})
