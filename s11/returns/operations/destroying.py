"""Removing evidence files that are past their time. What is known of them, and what was sealed, stays."""

from collections.abc import Iterable

from s11.core import clock
from s11.core.storage import gone_unless_kept
from s11.evidence.models import Revision
from s11.returns.queries import expired
from s11.trail.operations import record


def destroy(revisions: Iterable[Revision]) -> int:
    """Remove these files for good, once this is kept; each stands in the trail. Gives how many."""
    count = 0
    for revision in revisions:
        if not revision.storage_key:
            continue
        if not expired.shares_its_file(revision):
            gone_unless_kept(revision.storage_key, when_kept=True)
        revision.storage_key, revision.destroyed_at = "", clock.now()
        record(
            "document:revision:expired",
            revision.document_id,
            by=None,
            organisation_id=revision.document.organisation_id,
            after={"revision": revision.number, "sha256": revision.sha256},
        )
        count += 1
    return count
