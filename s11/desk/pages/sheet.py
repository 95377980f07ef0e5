"""The list of the desk as a file: one row an organisation, as it is narrowed on the page."""

from s11.core import clock
from s11.desk.pages.desk import Row

COLUMNS = (
    "Organisation", "Kind", "Phase", "Trust", "District", "Group", "What it needs", "Why", "Answered",
    "Asked", "Due", "Given longer", "Days late", "Last activity", "When and who", "Written to", "Reminded",
    "Called", "Escalated to", "Exempt or withdrawn because",
)  # fmt: skip
ADDRESSES = ("Lead", "Lead's address")


def sheet_row(row: Row) -> dict[str, object]:
    """One organisation, by the names of the columns."""
    line, p = row.line, row.line.progress
    return {
        "Organisation": p.organisation,
        "Kind": p.kind,
        "Phase": p.phase,
        "Trust": p.trust,
        "District": p.district,
        "Group": p.group,
        "What it needs": line.words.label,
        "Why": "; ".join(part for part in (line.because, *row.waits_for) if part),
        "Answered": p.answered,
        "Asked": p.asked,
        "Due": p.due_on,
        "Given longer": p.extended,
        "Days late": line.days_late,
        "Last activity": row.did,
        "When and who": row.did_when,
        "Written to": clock.local(line.written_at).date() if line.written_at else None,
        "Reminded": clock.local(line.reminded_at).date() if line.reminded_at else None,
        "Called": clock.local(line.call.at).date() if line.call else None,
        "Escalated to": line.escalated_to,
        "Exempt or withdrawn because": p.exempt_reason,
        "Lead": "; ".join(name for name, _ in row.leads),
        "Lead's address": "; ".join(address for _, address in row.leads),
    }
