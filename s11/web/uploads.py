"""How much a request may bring: little, except where files are taken.

The limit has to be known before anything reads the form, and the check of the form's token
reads it; so it is set as the request begins, from a mark on the view.
"""

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar

from flask import Flask, current_app, request, session

MEGABYTE = 1024 * 1024
FILES_AT_ONCE = 4
OVERHEAD = MEGABYTE
IN_MEMORY = MEGABYTE // 2

View = TypeVar("View", bound=Callable[..., object])


class ToDisk:
    """What a request does with a file: beyond half a megabyte it goes to the disk it will be kept on.

    The folder for temporary files lies in memory on many servers, and is small on others.
    """

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        folder = current_app.config["S11"].evidence_folder
        folder.mkdir(parents=True, exist_ok=True)
        return SpooledTemporaryFile(max_size=IN_MEMORY, dir=folder)


def takes_files(view: View) -> View:
    """Mark a view whose form brings files."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def most_bytes() -> int:
    """The largest file taken, in bytes."""
    limit: int = current_app.config["S11"].upload_max_mb
    return limit * MEGABYTE


def has_session() -> bool:
    """Whether the asker brings a session of ours; asked without the database, before the body is read."""
    return "_user_id" in session


def init(app: Flask) -> None:
    @app.before_request
    def widen() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if getattr(view, "takes_files", False) and has_session():
            request.max_content_length = FILES_AT_ONCE * most_bytes() + OVERHEAD
