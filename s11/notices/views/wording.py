"""The words of mails, as the office writes them."""

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid, Stale
from s11.notices import operations, pages, permissions
from s11.notices.forms import WordsForm
from s11.notices.operations.wording import check
from s11.notices.pages import Letter, Sort
from s11.notices.placeholders import LABELS
from s11.notices.views.blueprint import notices
from s11.notices.wording import Words
from s11.web.forms import blame
from s11.web.guards import signed_in
from s11.web.kept import resumable


@notices.get("/mail/words")
@signed_in(permissions.can_see_any)
def words() -> ResponseReturnValue:
    return render_template("notices/words.html", sorts=pages.sorts(place()))


def place() -> int:
    found = permissions.office_of(current_user)
    assert found is not None
    return found


def sort_or_none(key: str) -> Sort:
    if key not in LABELS:
        abort(404)
    return pages.sort(place(), key)


@notices.route("/mail/words/<key>", methods=["GET", "POST"])
@signed_in(permissions.can_see_any)
@resumable
def edit(key: str) -> ResponseReturnValue:
    """Look at the words of one kind of mail, see how others would look, and use them."""
    sort, form = sort_or_none(key), WordsForm()
    if request.method == "GET":
        form = WordsForm(formdata=None, subject=sort.words.subject, body=sort.words.body, mark=sort.mark)
        return shown(sort, form)
    if not form.validate():
        return shown(sort, form, status=422)
    typed = Words(form.subject.data or "", (form.body.data or "").replace("\r\n", "\n"))
    try:
        check(key, typed)
        if form.go.data == "preview":
            return shown(sort, form, typed=typed)
        by = current_user._get_current_object()
        operations.reword(place(), key, typed, mark=form.mark.data or "", by=by)
    except Invalid as refusal:
        blame(form, refusal, otherwise="body")
        return shown(sort, form, status=422)
    except Stale as refusal:
        form.mark.data = sort.mark
        blame(form, refusal, otherwise="body")
        return shown(sort, form, typed=typed, theirs=sort.words, status=412)
    flash(f"From now on these are the words of “{sort.label}”.", "success")
    return redirect(url_for("notices.edit", key=key), 303)


def shown(
    sort: Sort, form: WordsForm, *, typed: Words | None = None, theirs: Words | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page. How the words look is shown for what was typed, or for what holds."""
    letter: Letter | None = None
    if not form.mistakes:
        letter = pages.looks(sort.key, typed or sort.words, g.get("place"))
    page = render_template(
        "notices/edit.html", sort=sort, form=form, letter=letter, typed=typed, theirs=theirs
    )
    return make_response(page, status)


@notices.post("/mail/words/<key>/back")
@signed_in(permissions.can_see_any)
def put_back(key: str) -> ResponseReturnValue:
    """Go back to the words of the product."""
    sort = sort_or_none(key)
    operations.put_back(
        place(), key, mark=request.form.get("mark", ""), by=current_user._get_current_object()
    )
    flash(f"“{sort.label}” has the usual words again.", "success")
    return redirect(url_for("notices.edit", key=key), 303)
