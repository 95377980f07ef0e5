"""Handing out a stored file so that no browser runs what is in it."""

from flask import Response, abort, send_file

from s11.core.errors import DomainError
from s11.core.storage import files
from s11.evidence import scanning
from s11.evidence.models import Revision
from s11.evidence.rules import held_back
from s11.web.headers import FILE_POLICY


def send(revision: Revision) -> Response:
    """The file as an attachment, with its exact type and no rights."""
    if not revision.storage_key:
        abort(404)
    locked = held_back(revision, scanning.is_configured(), revision.file_name)
    if locked:
        raise DomainError(locked)
    try:
        content = files().open(revision.storage_key)
    except (OSError, KeyError):
        abort(404)
    answer = send_file(
        content,
        mimetype=revision.media_type,
        as_attachment=True,
        download_name=revision.file_name,
        conditional=False,
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    answer.headers["Content-Length"] = str(revision.size)
    return answer
