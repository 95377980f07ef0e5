"""The words in which papers of the plan say dates, owners, milestones and marks."""

from collections.abc import Sequence
from dataclasses import fields

from wtforms import Field

from s11.actions.forms import FilterForm
from s11.actions.rules import RAG_LABELS, RAG_MEANINGS, Mark, PlanFilter, Rag
from s11.packs.document import Chip
from s11.packs.plans.values import ActionLine, Step, Who
from s11.web.filters import plural, short_day

CHIPS = {
    Rag.RED: Chip("R", "Red", "#a50f15"),
    Rag.AMBER: Chip("A", "Amber", "#f9a65a"),
    Rag.GREEN: Chip("G", "Green", "#1b7837"),
}
NO_ACTION = "No action yet"
NO_DATE, NO_OWNER = "No date", "No owner"
MARKS_EXPLAINED = "; ".join(
    f"{f'{CHIPS[mark].letter} ({CHIPS[mark].label.lower()})' if mark in CHIPS else RAG_LABELS[mark]}: {words}"
    for mark, words in RAG_MEANINGS.items()
)


def chip_of(mark: Mark) -> Chip | None:
    return CHIPS.get(mark.rag)


def mark_words(mark: Mark) -> str:
    """What stands beside the letter: "Overdue by 12 days"; where there is no letter, more."""
    return mark.why if mark.rag in CHIPS else f"{mark.label}: {mark.why.lower()}".removesuffix(
        f"{mark.label}: {mark.label.lower()}"
    ) or mark.label  # fmt: skip


def owner_words(owners: Sequence[Who]) -> str:
    """A line for each owner, the one who leads first."""
    return "\n".join(filter(None, (who_words(one) for one in owners))) or NO_OWNER


def who_words(one: Who) -> str:
    """Alex Osei, Head of Safeguarding, Northshire Police. The organisation alone is no owner."""
    if not one.name and not one.role:
        return f"{NO_OWNER} named, {one.organisation}" if one.organisation else ""
    return ", ".join(part for part in (one.name, one.role, one.organisation) if part)


def time_words(line: ActionLine) -> str:
    """The date that holds now, and beneath it the dates it replaced."""
    return short_day(line.due_on) if line.due_on else NO_DATE


def earlier_words(line: ActionLine) -> str:
    """Before: 31 Mar 2026, 30 Jun 2026."""
    days = line.earlier or (
        (line.first_due_on,) if line.first_due_on and line.first_due_on != line.due_on else ()
    )
    return f"Before: {', '.join(short_day(day) for day in days)}" if days else ""


def step_words(step: Step) -> str:
    """Draft agreed, by 3 Mar 2027 (reached 1 Mar 2027)."""
    by = f", by {short_day(step.due_on)}" if step.due_on else ""
    reached = f" (reached {short_day(step.done_on)})" if step.done_on else ""
    return f"{step.text}{by}{reached}"


def steps_words(steps: Sequence[Step]) -> str:
    return "\n".join(f"• {step_words(step)}" for step in steps)


def said_words(line: ActionLine) -> tuple[str, str]:
    """The last word, and who said it when."""
    if line.word is None:
        return "", ""
    return line.word.text, ", ".join(part for part in (short_day(line.word.on), line.word.by) if part)


def counted_words(actions: int, recommendations: int) -> str:
    """3 recommendations, 12 actions."""
    parts = [plural(recommendations, "recommendation")] if recommendations else []
    return ", ".join([*parts, plural(actions, "action")])


def filter_words(wanted: PlanFilter, form: FilterForm) -> str:
    """What the plan was narrowed to, as its form says it: "Status: Overdue; Source: Audit"."""
    said = []
    for one in fields(wanted):
        value = getattr(wanted, one.name)
        if not value:
            continue
        asked = form._fields.get(one.name)
        label = asked.label.text if asked is not None else one.name.replace("_", " ").capitalize()
        chosen = dict(_choices(asked)) if asked is not None else {}
        said.append(f"{label}: {chosen.get(value, value)}")
    return "; ".join(said)


def _choices(field: Field) -> list[tuple[str, str]]:
    """The choices of a field with their labels; none where it is typed in."""
    return [(one.value, one.label) for one in getattr(field, "choices", None) or ()]
