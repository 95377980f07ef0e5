"""A return gathered for its workbook, and for comparing one with it."""

from dataclasses import replace

from s11.core import clock
from s11.people.models import Person
from s11.questionnaires.rules import StandardContent
from s11.returns import queries
from s11.returns.merging import Said
from s11.returns.models import Return
from s11.returns.operations.answering import said_by
from s11.returns.queries.workbooks import evidence_titles, versions_at
from s11.returns.workbook.comparing import Standing
from s11.returns.workbook.contents import Contents, Place, Scope
from s11.returns.workbook.found import ReadReturn


def contents_of(return_: Return, scope: Scope, *, by: Person, is_open: bool) -> Contents:
    """Everything a workbook of this return says, in a constant number of queries."""
    edition = queries.edition_of(return_)
    return Contents(
        ref=return_.ref,
        organisation=return_.organisation.name,
        cycle=return_.cycle.title,
        due_on=return_.due_on,
        edition=edition,
        standards=as_asked(queries.standards_of(return_), edition.not_applicable_allowed),
        fields=queries.fields_of(return_),
        answers=queries.answers(return_.id),
        entries=queries.field_answers(return_.id),
        evidence=evidence_titles(return_.id),
        last_year=queries.last_year(return_),
        scope=scope,
        is_open=is_open,
        may_grow=edition.depends_on_answers,
        made_at=clock.now(),
        made_by=by.name,
    )


def as_asked(
    standards: tuple[StandardContent, ...], not_applicable_allowed: bool
) -> tuple[StandardContent, ...]:
    """The standards, where "not applicable" is offered only if the edition has it at all."""
    if not_applicable_allowed:
        return standards
    return tuple(
        replace(
            standard,
            criteria=tuple(replace(c, not_applicable_allowed=False) for c in standard.criteria),
        )
        for standard in standards
    )


def readable(return_: Return) -> tuple[StandardContent, ...]:
    """The standards a workbook may hold: as asked now, and what an answer may have closed since."""
    edition, asked = queries.edition_of(return_), queries.standards_of(return_)
    known = {criterion.id: criterion for standard in asked for criterion in standard.criteria}
    fields = {standard.id: standard.fields for standard in asked}
    whole = tuple(
        replace(
            standard,
            criteria=tuple(
                known.get(criterion.id, criterion)
                for criterion in standard.criteria
                if criterion.id in known or edition.waits_for_answers(criterion)
            ),
            fields=fields.get(standard.id, ()),
        )
        for standard in edition.asked_standards
    )
    return as_asked(whole if edition.depends_on_answers else asked, edition.not_applicable_allowed)


def standing_answers(return_: Return) -> dict[int, Standing]:
    """What every answer says now."""
    return {
        criterion_id: Standing(answer.version, said_by(answer), answer.updated_by_name)
        for criterion_id, answer in queries.answers(return_.id).items()
    }


def standing_entries(return_: Return) -> dict[Place, Standing]:
    """What every field holds now."""
    return {
        place: Standing(entry.version, entry.value, entry.updated_by_name)
        for place, entry in queries.field_answers(return_.id).items()
    }


def begun_from(return_: Return, read: ReadReturn) -> dict[tuple[int, int], Said]:
    """What the answers said when the rows of a workbook were made."""
    wanted = [(row.criterion.id, row.version) for row in read.answers if row.version]
    return {at: said_by(version) for at, version in versions_at(return_.id, wanted).items()}


def answers_as_shown(return_: Return, shown: dict[int, int]) -> dict[int, Standing]:
    """What the answers said at the versions that were shown to somebody (0: nothing yet)."""
    earlier = versions_at(return_.id, [(criterion, version) for criterion, version in shown.items()])
    found = {criterion: Standing() for criterion, version in shown.items() if version == 0}
    for (criterion, version), kept in earlier.items():
        found[criterion] = Standing(version, said_by(kept), kept.person_name)
    return found


def entries_as_shown(return_: Return, shown: dict[Place, int]) -> dict[Place, Standing]:
    """What fields held at the versions that were shown.

    What they held before nobody keeps: it is like nothing else then, so that the save finds
    that somebody was there.
    """
    now = standing_entries(return_)
    return {
        place: known
        if (known := now.get(place, Standing())).version == version
        else Standing(version, object())
        for place, version in shown.items()
    }
