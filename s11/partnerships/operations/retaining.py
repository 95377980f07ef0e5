"""For how long evidence files are kept. Less time needs a second person: what is removed stays removed."""

from s11.core import clock
from s11.core.errors import DomainError, Invalid, Stale
from s11.organisations.models import Partnership
from s11.partnerships.operations.changing import SOMEBODY_ELSE, hold, note
from s11.partnerships.rules import LONGEST_YEARS, SHORTEST_YEARS, Pending, is_shorter, mark_of
from s11.people.models import Person

OWN = "You asked for this yourself, so another business manager or the chair has to agree to it."
GONE = "This is no longer asked for: somebody answered it or changed it meanwhile. Read what stands now."


def keep_for(partnership: Partnership, years: int | None, *, began: str, by: Person) -> bool:
    """Keep the evidence files of closed cycles for so long; True where it holds at once.

    A shorter time waits until a second person agrees.
    """
    if years is not None and not SHORTEST_YEARS <= years <= LONGEST_YEARS:
        raise Invalid(f"Enter a number from {SHORTEST_YEARS} to {LONGEST_YEARS}.", field="years")
    hold(partnership)
    if mark_of(standing(partnership)) != began:
        raise Stale(SOMEBODY_ELSE)
    before = standing(partnership)
    if is_shorter(years, partnership.evidence_years):
        partnership.pending = {"years": years, "by": by.ref, "at": clock.now().isoformat()}
        note("partnership:retention:asked", partnership, by=by, before=before, after={"years": years})
        return False
    if years == partnership.evidence_years and not partnership.pending:
        return True
    partnership.evidence_years, partnership.pending = years, {}
    note("partnership:retention:changed", partnership, by=by, before=before, after={"years": years})
    return True


def agree(partnership: Partnership, *, mark: str, by: Person) -> int:
    """Agree to the shorter time another person asked for, as it was read. Gives the years."""
    wanted = _asked(partnership, mark)
    if wanted.by == by.ref:
        raise DomainError(OWN)
    before = standing(partnership)
    partnership.evidence_years, partnership.pending = wanted.years, {}
    note("partnership:retention:agreed", partnership, by=by, before=before, after={"years": wanted.years})
    return wanted.years


def withdraw(partnership: Partnership, *, mark: str, by: Person) -> None:
    """Leave the time as it is: taken back by who asked, or refused by another."""
    wanted = _asked(partnership, mark)
    before = standing(partnership)
    partnership.pending = {}
    note("partnership:retention:withdrawn", partnership, by=by, before=before, after={"asked": wanted.years})


def standing(partnership: Partnership) -> dict[str, object]:
    """What holds and what is asked for, as the trail and the mark of a form tell it."""
    asked = Pending.of(partnership.pending)
    return {"years": partnership.evidence_years, "asked": asked.years if asked else None}


def _asked(partnership: Partnership, mark: str) -> Pending:
    """What is asked for now, if it is what was read."""
    hold(partnership)
    wanted = Pending.of(partnership.pending)
    if wanted is None or wanted.mark != mark:
        raise DomainError(GONE)
    return wanted
