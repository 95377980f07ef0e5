"""The page that shows a file, for whichever room lets somebody see it."""

from collections.abc import Callable

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from s11.evidence.checking import NotServed
from s11.evidence.models import Revision
from s11.evidence.previews.showing import NO_PREVIEW, can_be_shown, preview
from s11.evidence.serving import open_checked


def preview_page(
    revision: Revision, *, trail: list[tuple[str, str]], download: str, here: Callable[[int], str]
) -> ResponseReturnValue:
    """One page of a file as pixels, its first lines, or why there is nothing to see."""
    why, shown = "", None
    try:
        with open_checked(revision) as content:
            if can_be_shown(revision.media_type):
                number = request.args.get("page", 1, type=int)
                shown = preview(content, revision.media_type, page=number)
    except NotServed as refusal:
        why = refusal.sentence
    page = render_template(
        "evidence/preview.html",
        revision=revision,
        document=revision.document,
        shown=shown,
        why=why or NO_PREVIEW,
        locked=bool(why),
        trail=trail,
        download=download,
        here=here,
    )
    return make_response(page)
