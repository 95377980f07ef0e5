"""What an organisation submitted, year by year."""

from collections.abc import Sequence
from dataclasses import dataclass

from s11.organisations.models import Organisation
from s11.returns.models import Return, Submission


@dataclass(frozen=True)
class Year:
    """One return with all it submitted, the latest first. `of`: whose it was, where it was another's."""

    return_: Return
    submissions: tuple[Submission, ...]
    of: str


def years_of(told: Sequence[tuple[Return, Submission]], organisation: Organisation) -> list[Year]:
    """The returns in their order, each with its submissions."""
    found: dict[int, tuple[Return, list[Submission]]] = {}
    for return_, submission in told:
        found.setdefault(return_.id, (return_, []))[1].append(submission)
    return [
        Year(
            return_,
            tuple(submissions),
            "" if return_.organisation_id == organisation.id else return_.organisation.name,
        )
        for return_, submissions in found.values()
    ]
