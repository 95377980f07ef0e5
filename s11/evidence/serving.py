"""Handing out a stored file so that no browser runs what is in it."""

from typing import BinaryIO

from flask import Response, abort, send_file
from flask_login import current_user

from s11.core.storage import files
from s11.evidence.checking import Kept, NotServed, opened
from s11.evidence.models import Revision
from s11.trail.operations import look
from s11.web.headers import FILE_POLICY


def open_checked(revision: Revision) -> BinaryIO:
    """The file of a revision. Raises NotServed; that a file was altered or is gone goes into the trail."""
    if revision.gone:
        raise NotServed(f"“{revision.file_name}” is no longer kept. {revision.gone}.")
    if not revision.storage_key:
        abort(404)
    try:
        return opened(files(), Kept.of(revision))
    except NotServed as refusal:
        if refusal.is_fault:
            look(
                "document:revision:withheld",
                revision.document_id,
                by=current_user._get_current_object(),
                organisation_id=revision.document.organisation_id,
            )
        raise


def send(revision: Revision) -> Response:
    """The file as an attachment, with its exact type and no rights."""
    answer = send_file(
        open_checked(revision),
        mimetype=revision.media_type,
        as_attachment=True,
        download_name=revision.file_name,
        conditional=False,
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    answer.headers["Content-Length"] = str(revision.size)
    return answer
