"""Who questions whom: never oneself, never one's own trust or where a tie is declared, each about as often
as it presents, and not the same pair again while there is another way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# What counts more stands so far above the rest that no sum of the rest reaches it.
NOBODY_LEFT = 10**15
AGAIN = 10**9
TWICE = 10**5
ASKS_MOST = 2  # each presents once: so many turns are one more than that

Ties = Mapping[frozenset[int], str]
Pair = tuple[int, int]  # who presents, who asks


@dataclass(frozen=True)
class Body:
    """An organisation as far as it matters here."""

    id: int
    name: str
    parent_id: int | None = None


@dataclass(frozen=True)
class Turn:
    """Who asks an organisation, and why so. `asks` None: nobody may, so the chair asks."""

    presents: Body
    asks: Body | None
    why: str


def bar(presents: Body, asks: Body, ties: Ties) -> str | None:
    """The sentence that says why one may not question the other, or None."""
    if presents.id == asks.id:
        return "An organisation does not question itself. Choose another one to ask the questions."
    if asks.id == presents.parent_id:
        return f"{presents.name} belongs to {asks.name}, so it is not questioned by it. Choose another."
    if presents.id == asks.parent_id:
        return f"{asks.name} belongs to {presents.name}, so it does not question it. Choose another."
    if presents.parent_id is not None and presents.parent_id == asks.parent_id:
        return (
            f"{asks.name} and {presents.name} belong to the same trust or body, so they do not question each "
            "other. Choose another."
        )
    if why := ties.get(frozenset({presents.id, asks.id})):
        return (
            f"A tie between {asks.name} and {presents.name} is declared: {why.rstrip('.')}. Choose another."
        )
    return None


def propose(
    bodies: Sequence[Body],
    *,
    ties: Ties,
    earlier: Mapping[Pair, Sequence[date]],
    kept: Mapping[int, int] | None = None,
    others: Sequence[Body] = (),
    names: Mapping[int, str] | None = None,
) -> list[Turn]:
    """A questioner for each of these, in their order.

    First as few as can be are left to the chair, then no pair of an earlier day comes again while it can be
    helped, then nobody asks twice while somebody does not ask at all, and last the next on the agenda asks.
    `kept` are those already chosen, by who presents: they stay and count where they may. `others` do not
    present today, and ask only where they are among those. `names` are those of whom was asked earlier.
    """
    known = {body.id: body for body in (*bodies, *others)}
    called = {body.id: body.name for body in known.values()} | dict(names or {})
    stays = {
        one: other
        for one, other in (kept or {}).items()
        if one in known and other in known and bar(known[one], known[other], ties) is None
    }
    used = [sum(other == body.id for other in stays.values()) for body in bodies]
    open_ = [place for place, body in enumerate(bodies) if body.id not in stays]
    columns = [
        (place, turn) for place in range(len(bodies)) for turn in range(used[place], ASKS_MOST)
    ]  # an organisation once for each turn in which it may still ask
    while len(columns) < len(open_):
        columns.append((-1, 0))
    costs = [[_cost(bodies, row, column, ties, earlier) for column in columns] for row in open_]
    found = {}
    for row, at in zip(open_, cheapest(costs), strict=True):
        place = columns[at][0]
        if place >= 0 and bar(bodies[row], bodies[place], ties) is None:
            found[bodies[row].id] = bodies[place].id
    asks = stays | found
    return [
        _turn(body, known.get(asks.get(body.id, 0)), known, called, asks, ties, earlier, stays)
        for body in bodies
    ]


def _cost(
    bodies: Sequence[Body],
    row: int,
    column: tuple[int, int],
    ties: Ties,
    earlier: Mapping[Pair, Sequence[date]],
) -> int:
    place, turn = column
    if place < 0 or bar(bodies[row], bodies[place], ties):
        return NOBODY_LEFT
    again = len(earlier.get((bodies[row].id, bodies[place].id), ()))
    return AGAIN * again + TWICE * turn + (place - row - 1) % len(bodies)


def cheapest(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each row a column of its own, so that the costs add up to as little as can be. By the Hungarian
    method, in the time of rows squared times columns; there are at least as many columns as rows."""
    rows, columns = len(costs), len(costs[0]) if costs else 0
    of_row, of_column = [0] * (rows + 1), [0] * (columns + 1)
    taken_by, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken_by[0], at = row, 0
        least: list[int | None] = [None] * (columns + 1)
        done = [False] * (columns + 1)
        while taken_by[at]:
            done[at], here, step, to = True, taken_by[at], None, 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                rest = costs[here - 1][column - 1] - of_row[here] - of_column[column]
                known = least[column]
                if known is None or rest < known:
                    least[column], way[column] = rest, at
                    known = rest
                if step is None or known < step:
                    step, to = known, column
            assert step is not None
            for column in range(columns + 1):
                if done[column]:
                    of_row[taken_by[column]] += step
                    of_column[column] -= step
                else:
                    known = least[column]
                    least[column] = None if known is None else known - step
            at = to
        while at:
            taken_by[at] = taken_by[way[at]]
            at = way[at]
    chosen = [0] * rows
    for column in range(1, columns + 1):
        if taken_by[column]:
            chosen[taken_by[column] - 1] = column - 1
    return chosen


def _turn(
    body: Body,
    asks: Body | None,
    known: Mapping[int, Body],
    called: Mapping[int, str],
    chosen: Mapping[int, int],
    ties: Ties,
    earlier: Mapping[Pair, Sequence[date]],
    stays: Mapping[int, int],
) -> Turn:
    if asks is None:
        return Turn(body, None, _why_nobody(body, known, ties))
    said = ["It stays as it was chosen."] if body.id in stays else []
    before = earlier.get((body.id, asks.id), ())
    if before:
        said.append(f"{asks.name} asked {body.name} before, on {_days(before)}: there was no other way.")
    elif last := _last_asked(asks, earlier):
        on, whom = last
        said.append(f"{asks.name} asked {called.get(whom, 'somebody else')} last time, on {_day(on)}.")
    else:
        said.append(f"{asks.name} did not ask at an earlier day.")
    turns = sum(other == asks.id for other in chosen.values())
    if turns > 1:
        said.append(f"{asks.name} asks {turns} times, so that everybody is asked by somebody.")
    return Turn(body, asks, " ".join(said))


def _why_nobody(body: Body, known: Mapping[int, Body], ties: Ties) -> str:
    rest = [other for other in known.values() if other.id != body.id]
    barred = [other.name for other in rest if bar(body, other, ties)]
    if not rest:
        return "Nobody else presents on this day, so the chair asks."
    if len(barred) == len(rest):
        return f"Nobody may question {body.name}: {listed(barred)} may not. The chair asks."
    return (
        f"Everybody who may question {body.name} asks {ASKS_MOST} times already. The chair asks, or choose "
        "somebody who asks once more."
    )


def _last_asked(asks: Body, earlier: Mapping[Pair, Sequence[date]]) -> tuple[date, int] | None:
    """When an organisation asked last, and whom."""
    return max(
        ((on, whom) for (whom, who), days in earlier.items() if who == asks.id for on in days), default=None
    )


def listed(names: Sequence[str]) -> str:
    """A, B and C."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _days(days: Sequence[date]) -> str:
    return listed([_day(one) for one in sorted(days)])


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def uneven(asks: Mapping[int, int | None], bodies: Sequence[Body]) -> list[str]:
    """Who would ask more often than is fair, as sentences; each presents once."""
    turns = {body.id: sum(other == body.id for other in asks.values()) for body in bodies}
    return [
        f"{body.name} asks {turns[body.id]} times and presents once."
        for body in bodies
        if turns[body.id] > ASKS_MOST
    ]
