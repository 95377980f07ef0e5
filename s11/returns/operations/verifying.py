"""Looking up a receipt for somebody who is not signed in: counted, like all that could be guessed."""

from datetime import timedelta

from s11.access.operations import throttling
from s11.access.operations.throttling import Count
from s11.access.rules import Allowance, minutes, network_of
from s11.returns import queries
from s11.returns.models import Submission
from s11.returns.receipts import receipt_typed

TRIES = Allowance(20, timedelta(minutes=15))


def find(receipt: str, checksum: str, *, network: str) -> Submission | None:
    """The submission of a receipt whose checksum begins so. Raises TooMany, counting only what was wrong."""
    counts = [Count("receipt", network_of(network), TRIES)]
    counted = throttling.take(counts, too_many, field="receipt")
    submission = queries.submission_by_ref(receipt_typed(receipt))
    if submission is None or not submission.checksum.startswith(receipt_typed(checksum)):
        return None
    throttling.give_back(counts, counted)
    return submission


def too_many(wait: timedelta) -> str:
    return f"Too many receipts were tried from where you are. Try again in {minutes(wait)}."
