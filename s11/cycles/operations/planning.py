"""Planning a cycle and changing the plan: which edition, how much of it, and when."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.cycles import days, queries
from s11.cycles.audience import Audience
from s11.cycles.days import Dates
from s11.cycles.models import Cycle, SubmissionGroup
from s11.cycles.rules import AskedAs
from s11.organisations.models import Partnership
from s11.partnerships.rules import evidence_defaults
from s11.people.models import Person
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import Edition
from s11.trail.operations import record

NARROW = "Choose the standards it asks first: a deep dive and a mini-audit ask only some."
# What a plan holds beside its dates, and what of it is fixed once organisations are asked.
FREE = ("title", "letter", "guidance", "every_years")
FIXED = ("code", "asked_as", "edition_id")


def plan(
    partnership: Partnership,
    edition: Edition,
    *,
    code: str,
    title: str,
    opens_on: date,
    due_on: date,
    closes_on: date | None = None,
    moderation_on: date | None = None,
    challenge_on: date | None = None,
    letter: str = "",
    guidance: str = "",
    asked_as: str = AskedAs.FULL,
    only_standards: Sequence[str] = (),
    every_years: int = 1,
    takes_files: bool | None = None,
    files_at_most: int | None = None,
    megabytes_at_most: int | None = None,
    by: Person | None = None,
) -> Cycle:
    """A cycle with its dates, not yet issued to anybody.

    Where nobody rules on evidence (`takes_files` None), the partnership's own rule holds.
    """
    dates = Dates(opens_on, due_on, closes_on, moderation_on, challenge_on)
    _check(days.fault(dates))
    _check_code(code, partnership.id)
    if takes_files is None:
        rules = evidence_defaults(partnership)
        takes_files, files_at_most = rules["takes_files"], rules["files_at_most"]
        megabytes_at_most = rules["megabytes_at_most"]
    cycle = Cycle(
        partnership_id=partnership.id,
        edition=edition,
        code=code,
        title=title,
        **asdict(dates),
        letter=letter,
        guidance=guidance,
        asked_as=asked_as,
        only_standards=_known_standards(edition, only_standards) if asked_as != AskedAs.FULL else [],
        every_years=every_years,
        takes_files=takes_files,
        files_at_most=files_at_most,
        megabytes_at_most=megabytes_at_most,
    )
    cycle.partnership = partnership
    db.session.add(cycle)
    db.session.flush()
    record("cycle:dates:planned", cycle.id, by=by, partnership_id=partnership.id, after={"code": code})
    return cycle


def change(cycle: Cycle, dates: Dates, *, by: Person | None = None, **words: Any) -> bool:
    """Change the plan; whether a date moved. Once organisations are asked, what they answer stays as it is.

    `words` are further columns: those of `FREE` at any time, those of `FIXED` until it is issued.
    """
    db.session.refresh(cycle, attribute_names=["issued_at"], with_for_update=True)
    before_dates = dates_of(cycle)
    _check(days.fault(dates))
    if cycle.issued_at is not None:
        _check(days.moved_fault(before_dates, dates, clock.today()))
        words = {name: value for name, value in words.items() if name not in FIXED}
    elif words.get("code", cycle.code) != cycle.code:
        _check_code(words["code"], cycle.partnership_id)
    after = {**asdict(dates), **words}
    before = {name: getattr(cycle, name) for name in after}
    changed = [name for name in after if after[name] != before[name]]
    for name in changed:
        setattr(cycle, name, after[name])
    if "edition_id" in changed:
        db.session.flush()
        db.session.refresh(cycle, attribute_names=["edition"])
    if {"edition_id", "asked_as"} & set(changed):
        cycle.only_standards = _still_asked(cycle)
    if changed:
        _note("cycle:plan:changed", cycle, before, after, changed, by)
    return bool(set(changed) & set(asdict(dates)))


def choose_standards(cycle: Cycle, keys: Sequence[str], *, by: Person | None = None) -> None:
    """Say which standards a deep dive or a mini-audit asks."""
    if cycle.issued_at is not None:
        raise Invalid("It is issued, so the standards it asks stay as they are.", field="standards")
    chosen = _known_standards(cycle.edition, keys)
    if not chosen:
        raise Invalid("Choose at least one standard.", field="standards")
    before, cycle.only_standards = cycle.only_standards, chosen
    record(
        "cycle:standards:chosen",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        before={"standards": before},
        after={"standards": chosen},
    )


def check_narrowed(cycle: Cycle) -> None:
    """A deep dive or a mini-audit has to say what it asks before anybody is asked."""
    if AskedAs(cycle.asked_as) is not AskedAs.FULL and not cycle.only_standards:
        raise Invalid(NARROW)


def rule_evidence(
    cycle: Cycle,
    *,
    takes_files: bool,
    files_at_most: int | None,
    megabytes_at_most: int | None,
    by: Person | None = None,
) -> None:
    """Say what evidence a cycle takes. What is shown already stays."""
    after = {
        "takes_files": takes_files,
        "files_at_most": files_at_most,
        "megabytes_at_most": megabytes_at_most,
    }
    before = {name: getattr(cycle, name) for name in after}
    if after == before:
        return
    for name, value in after.items():
        setattr(cycle, name, value)
    record(
        "cycle:evidence:ruled",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        before=before,
        after=after,
    )


def copy_of(earlier: Cycle, cycle: Cycle, *, by: Person | None = None) -> None:
    """Take the audience and the groups of an earlier cycle over into a new one, their dates a round later."""
    years = max(1, cycle.due_on.year - earlier.due_on.year)
    follows = {}
    for group in queries.groups(earlier.id):
        new = SubmissionGroup(
            cycle_id=cycle.id,
            name=group.name,
            opens_on=days.years_on(group.opens_on, years),
            due_on=days.years_on(group.due_on, years),
            closes_on=days.years_on(group.closes_on, years) if group.closes_on else None,
        )
        db.session.add(new)
        db.session.flush()
        follows[group.ref] = new.ref
    before = Audience.of(earlier.audience)
    cycle.audience = {
        **before.kept(),
        "groups": [
            {"group": follows[one.group], "where": one.where.kept()}
            for one in before.groups
            if one.group in follows
        ],
        "placed": {ref: follows[group] for ref, group in before.placed.items() if group in follows},
    }
    record(
        "cycle:audience:copied",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        after={"from": earlier.code, "groups": len(follows)},
    )


def dates_of(asked: Cycle | SubmissionGroup) -> Dates:
    """The days of a cycle or of a group."""
    if isinstance(asked, SubmissionGroup):
        return Dates(asked.opens_on, asked.due_on, asked.closes_on)
    return Dates(asked.opens_on, asked.due_on, asked.closes_on, asked.moderation_on, asked.challenge_on)


def _known_standards(edition: Edition, keys: Sequence[str]) -> list[str]:
    """The keys that are standards of the edition, in its order."""
    return [one.key for one in questionnaires.content(edition).standards if one.key in set(keys)]


def _still_asked(cycle: Cycle) -> list[str]:
    if AskedAs(cycle.asked_as) is AskedAs.FULL:
        return []
    return _known_standards(cycle.edition, cycle.only_standards)


def _check_code(code: str, partnership_id: int) -> None:
    if queries.by_code(code, partnership_id):
        raise Invalid(f"There is already a cycle with the code {code}. Choose another code.", field="code")


def _check(fault: tuple[str, str] | None) -> None:
    if fault is not None:
        raise Invalid(fault[0], field=fault[1])


def _note(
    tag: str, cycle: Cycle, before: dict[str, Any], after: dict[str, Any], names: list[str], by: Person | None
) -> None:
    def said(values: dict[str, Any]) -> dict[str, Any]:
        return {
            name: values[name].isoformat() if isinstance(values[name], date) else values[name]
            for name in names
        }

    record(tag, cycle.id, by=by, partnership_id=cycle.partnership_id, before=said(before), after=said(after))
