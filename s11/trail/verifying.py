"""Reading the whole trail and finding the first entry that is not as it was written."""

from s11.trail import queries
from s11.trail.rules import Break, Head, fault_of, fault_of_end


def verify(known: Head | None = None) -> Head | Break:
    """The end of the trail where it is unbroken, or its first break.

    `known` is an entry whose hash was kept elsewhere. It finds what nothing inside the database
    can: a trail that somebody has written anew from end to end.
    """
    last, noted = Head(), queries.head()
    try:
        for rows in queries.batches():
            for entry in rows:
                fault = fault_of(entry, last)
                if fault is not None:
                    return fault
                last = Head(entry["number"], entry["hash"])
                if noted is not None and noted.number == last.number and noted.hash != last.hash:
                    return Break(last.number, f"Entry {last.number} was written anew.")
                if known is not None and known.number == last.number and known.hash != last.hash:
                    return Break(last.number, f"Entry {last.number} is not the one whose hash was kept.")
    except (ValueError, TypeError):
        # Words where a moment or JSON should be: only somebody's own SQL puts them there.
        number = queries.unreadable() or last.number + 1
        return Break(number, f"Entry {number} has been changed since it was written.")
    if noted is None:
        return Break(
            last.number + 1,
            f"The note of the last entry is missing: entries after {last.number} may have gone with it.",
        )
    fault = fault_of_end(last, before=noted, after=queries.head() or noted)
    if fault is None and known is not None and known.number > last.number:
        return Break(last.number + 1, f"Entry {last.number + 1} is missing: entry {known.number} was known.")
    return fault or last
