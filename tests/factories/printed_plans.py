"""Action plans as Boards publish them, in words of our own, with the flaws such plans have."""

import io

import docx

RECOMMENDATIONS = (
    ("POLICE: Calls to the home were logged one by one, and nobody saw how many there were.",
     "Repeat calls to one home should be looked at together. (Recommendation 1)"),
    ("SCHOOLS: Staff saw changes in the child and did not know whom to ask.",
     "Every school should offer time to talk over a worry with somebody trained. (Recommendation 2)"),
    ("", "Reasons for absence should be checked where they recur. (Recommendation 3)"),
    ("HEALTH: Missed appointments were filed and not followed up.",
     "Missed appointments of children should be followed up within a week. (Recommendation 5)"),
    ("ALL: Plans did not say what would be different for the child.",
     "Plans should say what will be different for the child, and by when. (Recommendation 5)"),
    ("HOUSING: The tenancy officer was not asked to the meeting.",
     "Housing officers should be asked to meetings about children in their homes. (Recommendation 6)"),
)  # fmt: skip
HEADINGS = ("Rec No.", "THEME", "ACTIONS", "Evidence", "Owner", "Timescales")
POLICY = (
    ("1", "OWNERSHIP", "Repeat calls are flagged to a sergeant the same day.", "Sample of 20 calls",
     "Northshire Police – Head of Control Room", "Mar 2027"),
    ("2 & 3", "CURIOSITY", "Guidance for schools on absence and on worries is rewritten.",
     "Guidance published", "Education Safeguarding Adviser", "Guidance Jun 2027\nAudit Oct 2027"),
    ("5", "INFORMATION SHARING", "Missed appointments are reported to the named nurse each week.",
     "Weekly report", "", "Sept 2027"),
)  # fmt: skip
TRAINING = (
    ("ALL", "VOICE OF THE CHILD", "What was learnt is shared at three events across the county.",
     "Evaluation of the events", "Board Business Manager", "Ongoing"),
    ("1", "OWNERSHIP", "Control-room staff are trained in what repeat calls can mean.",
     "Numbers trained", "Business Manager of the Board", ""),
    ("3", "CURIOSITY", "Schools are asked how they check reasons for absence.",
     "Report to the Board", "Board Business Manger", "Dec 2027"),
    ("4, 5", "OWNERSHIP", "Plans of 30 children are read together, and what was missing is told.",
     "Audit report", "Head of Quality", "Nov 2027"),
)  # fmt: skip


def a_flawed_plan() -> bytes:
    """A Word file: number 5 is used twice, 4 is missing, 6 has no action of its own; a row has no owner, one
    no date, one is "Ongoing", and one post is spelt three ways."""
    document = docx.Document()
    document.add_heading("Review of Case R: action plan", 1)
    document.add_heading("What the review recommends", 2)
    _table(document, ("CONTEXT", "Recommendation"), RECOMMENDATIONS)
    document.add_heading("Change through policy and procedure", 2)
    _table(document, HEADINGS, POLICY)
    document.add_heading("Change through training", 2)
    _table(document, HEADINGS, TRAINING)
    return _saved(document)


def a_long_plan(rows: int) -> bytes:
    """A Word file with so many actions, each with an owner and without a date."""
    document = docx.Document()
    line = (
        "1",
        "OWNERSHIP",
        "Repeat calls are flagged to a sergeant, part {}.",
        "Sample",
        "Head of Quality",
        "",
    )
    _table(document, HEADINGS, [tuple(cell.format(number) for cell in line) for number in range(1, rows + 1)])
    return _saved(document)


def _table(document: docx.document.Document, headings: tuple[str, ...], rows: object) -> None:
    table = document.add_table(rows=1, cols=len(headings))
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        cell.text = words
    for row in rows:  # type: ignore[attr-defined]
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def _saved(document: docx.document.Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
