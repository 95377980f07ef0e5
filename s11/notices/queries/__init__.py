"""Reading the outbox."""

from s11.notices.queries.kept import (
    by_id,
    by_key,
    by_message_id,
    keys_among,
    last_to,
    partnership_of,
    report_known,
    template,
)  # fmt: skip
from s11.notices.queries.outbox import (
    PAGE,
    Filters,
    Row,
    abouts,
    by_ref,
    counts,
    found,
    row_of,
    sent_to_organisation,
    unsettled,
)  # fmt: skip
from s11.notices.queries.sending import given_up, is_due, numbers, oldest_waiting, unsure, waiting
from s11.notices.queries.stopping import (
    choice_by_id,
    choice_of,
    known_of,
    stops_of,
    wanting_digests,
    words_for_digest,
)  # fmt: skip

__all__ = [
    "PAGE", "Filters", "Row", "abouts", "by_id", "by_key", "by_message_id", "by_ref", "choice_by_id",
    "choice_of", "counts", "found", "given_up", "is_due", "keys_among", "known_of", "last_to", "numbers",
    "oldest_waiting", "partnership_of", "report_known", "row_of", "sent_to_organisation", "stops_of",
    "template", "unsettled", "unsure", "waiting", "wanting_digests", "words_for_digest",
]  # fmt: skip
