"""Which organisation of the register a row is about: by number first, and by name where it has none."""

from collections import defaultdict
from collections.abc import Sequence

from s11.register.files.known import Held
from s11.register.files.rules import FACTS, NUMBERS, WEAKER_NUMBERS, Row, State
from s11.register.matching.rules import (
    ALIKE,
    ALMOST,
    Named,
    almost_the_same,
    candidates,
    likeness,
    said_one_way,
)


class Finder:
    """Knows the register by its numbers and names."""

    def __init__(self, rows: Sequence[Row], register: Sequence[Held]) -> None:
        self.by_number = {
            (key, str(held.facts[key])): held for held in register for key in NUMBERS if held.facts.get(key)
        }
        self.by_weaker: dict[tuple[str, str], list[Held]] = defaultdict(list)
        self.by_name: dict[str, list[Held]] = defaultdict(list)
        self.here = [held for held in register if not held.elsewhere]
        for held in self.here:
            for key in WEAKER_NUMBERS:
                if held.facts.get(key):
                    self.by_weaker[key, str(held.facts[key])].append(held)
            for name in {said_one_way(held.name), said_one_way(str(held.facts.get("short_name") or ""))} - {
                ""
            }:
                self.by_name[name].append(held)
        self.closing = {str(row.facts.get("urn")) for row in rows if row.state == State.CLOSED}
        self.alike = self.alikes(rows)

    def find(self, row: Row) -> Held | str | None:
        """The organisation; None where it is new; a sentence where that cannot be said."""
        sure = {
            found.id: found
            for key in NUMBERS
            if (found := self.by_number.get((key, str(row.facts.get(key)))))
        }
        if len(sure) > 1:
            names = " and ".join(sorted(one.name for one in sure.values() if not one.elsewhere))
            return f"Its numbers are of two organisations here: {names}. Correct one of them."
        for held in sure.values():
            return self.told_here(row, held)
        weaker = [
            held
            for key in WEAKER_NUMBERS
            for held in self.by_weaker.get((key, str(row.facts.get(key))), ())
            if not contradicts(row, held)
        ]
        of_the_name = self.by_name.get(said_one_way(row.name), ())
        named = [held for held in of_the_name if not contradicts(row, held)]
        for fitting in (weaker, named):
            of_now = [held for held in fitting if not held.closed_on] or fitting
            by_id = {held.id: held for held in of_now}
            if len(by_id) == 1:
                return of_now[0]
            if by_id:
                return (
                    f"{len(by_id)} organisations here could be “{row.name}”. Give the URN or another number."
                )
        return None

    def told_here(self, row: Row, held: Held) -> Held | str:
        """One at another table is not told of, and not taken over by a file."""
        if not held.elsewhere:
            return held
        key = next(key for key in NUMBERS if row.facts.get(key) == held.facts.get(key))
        return (
            f"An organisation at another partnership’s table has the {FACTS[key]} {row.facts[key]}. "
            "If it is the same one, ask whoever runs this service to give it a seat at yours."
        )

    def hints(self, row: Row) -> tuple[str, ...]:
        """What looks like a new organisation and may be one that is here."""
        dfe = row.facts.get("dfe_number")
        before = next(iter(self.by_weaker.get(("dfe_number", str(dfe)), ())), None) if dfe else None
        if before is not None:
            closes = before.closed_on or str(before.facts.get("urn")) in self.closing
            says = "closes" if closes else "is here too"
            return (
                f"Has the DfE number of {before.name}, which {says}: put the two together afterwards, under "
                "Duplicates.",
            )
        near = self.alike.get(row.number)
        return (f"Its name is like {near.name}, which is here. Untick it if it is the same.",) if near else ()

    def alikes(self, rows: Sequence[Row]) -> dict[int, Held]:
        """The open organisation each new row is most like, if any: by number of the row."""
        by_id = {held.id: held for held in self.here if not held.closed_on}
        # A row has no id: it is known by its number, below 0.
        register = [
            Named(held.id, held.name, str(held.facts.get("postcode") or "")) for held in by_id.values()
        ]
        new = {
            -row.number: row
            for row in rows
            if row.state == State.OPEN and row.name and not row.faults and self.find(row) is None
        }
        named = [Named(id_, row.name, str(row.facts.get("postcode") or "")) for id_, row in new.items()]
        said = {one.id: said_one_way(one.name) for one in (*register, *named)}
        places = {one.id: one.postcode for one in (*register, *named)}
        best: dict[int, tuple[float, int]] = {}
        for row_id, held_id in candidates([*register, *named], said):
            if not row_id < 0 < held_id:
                continue
            apart = bool(places[row_id] and places[held_id] and places[row_id] != places[held_id])
            here_twice = bool(places[row_id]) and places[row_id] == places[held_id]
            keyed_twice = here_twice and almost_the_same(said[row_id], said[held_id])
            if contradicts(new[row_id], by_id[held_id]) and not keyed_twice:
                continue
            score = max(likeness(said[row_id], said[held_id]), ALMOST * keyed_twice)
            if score >= ALIKE and not apart and score > best.get(-row_id, (0.0, 0))[0]:
                best[-row_id] = (score, held_id)
        return {number: by_id[held_id] for number, (_, held_id) in best.items()}


def contradicts(row: Row, held: Held) -> bool:
    """Whether both have a number of the same register, and not the same one."""
    return any(
        row.facts.get(key) and held.facts.get(key) and row.facts[key] != held.facts[key] for key in NUMBERS
    )
