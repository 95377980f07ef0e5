"""A table from Word or Excel as a new draft, in four steps.

What was said in one step travels in the form of the next: nothing is kept before the last.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from s11.core import clock
from s11.core.errors import DomainError, Invalid
from s11.core.tables.opening import LARGEST
from s11.organisations.models import Partnership
from s11.people.rules import OFFICE, Role
from s11.questionnaires import operations, queries
from s11.questionnaires.editing.starting import with_chain
from s11.questionnaires.forms.incoming import PastedForm, TableForm
from s11.questionnaires.models import Framework
from s11.questionnaires.pasting import scales
from s11.questionnaires.pasting.guessing import ONCE, ROLES, Guess, guess
from s11.questionnaires.pasting.making import Made, Wanted, make
from s11.questionnaires.pasting.tables import Row, rows_of_file, rows_of_text, text_of
from s11.questionnaires.pasting.understanding import Columns, Understood, understand
from s11.questionnaires.permissions import can_make
from s11.questionnaires.views.blueprint import blueprint
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import signed_in
from s11.web.limits import limited
from s11.web.uploads import takes_files

AT = "/from-a-table"
UNNAMED = Wanted("NEW", 2000, "New questionnaire", "NEW", "New framework")
NEEDS_TEXT = "Say in which column stands what is asked."


@dataclass(frozen=True)
class Told:
    """Everything said so far about a table."""

    rows: list[Row]
    columns: Columns
    scale: str
    best_is_first: bool

    @property
    def text(self) -> str:
        return text_of(self.rows)

    @property
    def titles(self) -> Row:
        heading = self.columns.heading
        return self.rows[heading] if heading >= 0 else ("",) * len(self.rows[0])

    def samples(self, at: int) -> list[str]:
        """The first things that stand in a column."""
        below = (row[at] for row in self.rows[max(self.columns.heading, 0) :])
        return list(dict.fromkeys(cell for cell in below if cell and cell != self.titles[at]))[:3]

    def understood(self) -> Understood:
        return understand(self.rows, self.columns)

    def made(self, understood: Understood, wanted: Wanted) -> Made:
        named = {**vars(wanted), "scale": self.scale, "best_is_first": self.best_is_first}
        return make(understood, self.columns, self.titles, Wanted(**named))


# 1. The table


@blueprint.get(AT)
@signed_in(may=can_make)
def paste() -> ResponseReturnValue:
    return ask_for_table(TableForm())


@blueprint.post(f"{AT}/again")
@signed_in(may=can_make)
def paste_again() -> ResponseReturnValue:
    """The first step with the table that was there."""
    return ask_for_table(TableForm())


def ask_for_table(form: TableForm) -> ResponseReturnValue:
    page = render_template("questionnaires/paste.html", form=form)
    return make_response(page, 422 if form.mistakes else 200)


# 2. What its columns are


@blueprint.post(AT)
@signed_in(may=can_make)
@limited("upload")
@takes_files
def paste_table() -> ResponseReturnValue:
    """What each column seems to be, or was said to be before."""
    form = TableForm()
    try:
        rows = rows_sent(form)
    except DomainError as refusal:
        blame(form, refusal, otherwise="table")
        return ask_for_table(form)
    told = told_of(rows) if "column-0" in request.form else guessed_of(rows)
    return ask_for_columns(told)


def rows_sent(form: TableForm) -> list[Row]:
    """The rows of the file that was sent, else of the text that was pasted."""
    sent = form.file.data
    if isinstance(sent, FileStorage) and sent.filename:
        return rows_of_file(sent.stream.read(LARGEST + 1), sent.filename)
    if not (form.table.data or "").strip():
        raise Invalid("Paste a table, or choose a file with one.", field="table")
    return rows_of_text(form.table.data)


def guessed_of(rows: list[Row]) -> Told:
    seems: Guess = guess(rows)
    titles = rows[seems.heading] if seems.heading >= 0 else ("",) * len(rows[0])
    described = [title for title, role in zip(titles, seems.roles, strict=True) if role == "level"]
    return Told(
        rows,
        Columns(seems.roles, seems.heading),
        scales.guessed(described, titles),
        scales.best_first(described),
    )


def told_of(rows: list[Row]) -> Told:
    """What the form in hand says of a table; what it does not say, or cannot say, is left out."""
    said = [request.form.get(f"column-{at}", "") for at in range(len(rows[0]))]
    heading = request.form.get("heading", "-1")
    place = int(heading) if heading.isdecimal() and int(heading) < len(rows) else -1
    scale = request.form.get("scale", "rag")
    return Told(
        rows,
        Columns(tuple(role if role in ROLES else "" for role in said), place),
        scale if scale in scales.CHOICES else "rag",
        request.form.get("best") == "first",
    )


def ask_for_columns(told: Told, mistakes: dict[int, str] | None = None) -> ResponseReturnValue:
    page = render_template(
        "questionnaires/paste_columns.html",
        told=told,
        offered=max(told.columns.heading, 0),
        roles=list(ROLES.items()),
        scales=list(scales.CHOICES.items()),
        mistakes=mistakes or {},
    )
    return make_response(page, 422 if mistakes else 200)


def mistakes_in(columns: Columns) -> dict[int, str]:
    """What cannot be meant, by the place of the column."""
    if "text" not in columns.roles:
        return {0: NEEDS_TEXT}
    often = Counter(columns.roles)
    return {
        at: f"Only one column can be “{ROLES[role]}”. Choose something else for the others."
        for at, role in enumerate(columns.roles)
        if role in ONCE and often[role] > 1
    }


# 3. What it becomes


@blueprint.post(f"{AT}/result")
@signed_in(may=can_make)
@limited("upload")
def paste_result() -> ResponseReturnValue:
    """The questionnaire that the table would become. Nothing is kept yet."""
    told = told_again()
    if mistakes := mistakes_in(told.columns):
        return ask_for_columns(told, mistakes)
    form = PastedForm(None, frameworks=frameworks(), year=str(clock.today().year + 1))
    return show(told, form, told.made(told.understood(), UNNAMED))


def told_again() -> Told:
    """What the forms of the steps before said; a table that got lost on the way is an empty page."""
    return told_of(rows_of_text(request.form.get("table", "")))


def show(told: Told, form: PastedForm, made: Made) -> ResponseReturnValue:
    understood = told.understood()
    page = render_template(
        "questionnaires/paste_result.html",
        told=told,
        form=form,
        made=made,
        parts=understood.parts,
        left=understood.left,
        doubtful=understood.doubtful,
        asked=sum(len(part.asked) for part in understood.parts),
        left_out=[title for title, role in zip(told.titles, told.columns.roles, strict=True) if not role],
    )
    return make_response(page, 422 if form.mistakes else 200)


# 4. Keeping it


@blueprint.post(f"{AT}/keep")
@signed_in(may=can_make)
@limited("upload")
def paste_keep() -> ResponseReturnValue:
    """Keep it as a draft of the partnership."""
    told = told_again()
    if mistakes := mistakes_in(told.columns):
        return ask_for_columns(told, mistakes)
    form = PastedForm(frameworks=frameworks())
    made = told.made(told.understood(), UNNAMED)
    if not form.validate():
        return show(told, form, made)
    made = told.made(told.understood(), wanted(form))
    if made.file is None:
        return show(told, form, made)
    try:
        check_new_framework(form)
        board = own_board()
        file = with_chain(made.file, board.sign_off_chains)
        edition = operations.bring_in(file, owner=board, by=current_user._get_current_object())
    except DomainError as refusal:
        blame(form, refusal, otherwise="code")
        return show(told, form, made)
    flash(
        f"{edition.code} is a draft now, with {plural(len(made.file.criteria), 'criterion', 'criteria')}.",
        "success",
    )
    return redirect(url_for("questionnaires.edition", ref=edition.code), 303)


def wanted(form: PastedForm) -> Wanted:
    framework: Any = form.known.get(form.framework.data)
    return Wanted(
        form.code.data,
        int(form.year.data),
        form.title.data,
        framework.code if framework else form.framework_code.data,
        framework.title if framework else form.framework_title.data,
        framework.duty if framework else "",
    )


def check_new_framework(form: PastedForm) -> None:
    if not form.framework.data and queries.framework_by_code(form.framework_code.data) is not None:
        raise Invalid(
            "There is a framework with this code already. Choose it from the list, or another code.",
            field="framework_code",
        )


def frameworks() -> list[Framework]:
    """The frameworks of the editions that this person may read."""
    found = {one.framework.code: one.framework for one in queries.editions_for(current_user.partnership_ids)}
    return list(found.values())


def own_board() -> Partnership:
    """The partnership whose office this person is in, where they work now."""
    held = [m.partnership for m in current_user.current if Role(m.role) in OFFICE and m.partnership]
    board: Partnership = held[0]
    return board
