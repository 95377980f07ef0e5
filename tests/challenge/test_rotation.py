"""Who questions whom: fair, never oneself, never who is too near, and not the same again."""

from collections import Counter
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s11.challenge.rules import Body, bar, propose, uneven
from s11.challenge.rules.rotation import cheapest

LAST_YEAR, BEFORE_THAT = date(2026, 3, 4), date(2025, 3, 5)
POLICE, HEALTH, FIRE, COUNCIL = (
    Body(1, "Police"), Body(2, "Health"), Body(3, "Fire"), Body(4, "Council"),
)  # fmt: skip
FOUR = [POLICE, HEALTH, FIRE, COUNCIL]


def tie(one, other, why="One commissions the other."):
    return {frozenset({one.id, other.id}): why}


def who(turns):
    """Health<Police Fire<-: who presents, who asks."""
    return " ".join(f"{turn.presents.name}<{turn.asks.name if turn.asks else '-'}" for turn in turns)


def test_with_nothing_in_the_way_each_is_questioned_by_the_next():
    turns = propose(FOUR, ties={}, earlier={})
    assert who(turns) == "Police<Health Health<Fire Fire<Council Council<Police"
    assert turns[0].why == "Health did not ask at an earlier day."


def test_the_pairs_of_last_year_do_not_come_again_and_the_page_says_whom_they_asked():
    earlier = {(POLICE.id, HEALTH.id): [LAST_YEAR], (FIRE.id, POLICE.id): [BEFORE_THAT]}
    turns = propose(FOUR, ties={}, earlier=earlier)
    assert not {(turn.presents.id, turn.asks.id) for turn in turns} & set(earlier)
    asks = {turn.asks.name: turn.why for turn in turns}
    assert asks["Health"] == "Health asked Police last time, on 4 March 2026."
    assert asks["Police"] == "Police asked Fire last time, on 5 March 2025."


def test_two_organisations_ask_each_other_again_because_there_is_no_other_way():
    (turn, _) = propose([POLICE, HEALTH], ties={}, earlier={(POLICE.id, HEALTH.id): [BEFORE_THAT, LAST_YEAR]})
    assert turn.asks == HEALTH
    assert turn.why.startswith("Health asked Police before, on 5 March 2025 and 4 March 2026: there was no")


@pytest.mark.parametrize("swapped", [False, True])
def test_a_tie_holds_in_both_directions(swapped):
    ties = tie(HEALTH, POLICE) if swapped else tie(POLICE, HEALTH)
    turns = {turn.presents.name: turn.asks.name for turn in propose(FOUR, ties=ties, earlier={})}
    assert turns["Police"] != "Health" and turns["Health"] != "Police"
    assert "declared: One commissions the other. Choose" in bar(POLICE, HEALTH, ties)
    assert bar(HEALTH, POLICE, ties)


def test_schools_of_one_trust_and_the_trust_itself_do_not_question_each_other():
    trust, hill, vale = Body(9, "Trust"), Body(10, "Hill", 9), Body(11, "Vale", 9)
    assert "same trust" in bar(hill, vale, {})
    assert "belongs to Trust" in bar(hill, trust, {}) and "belongs to Trust" in bar(trust, hill, {})
    assert "does not question itself" in bar(hill, hill, {})
    assert bar(hill, POLICE, {}) is None


def test_who_cannot_be_placed_is_named_with_whom_it_is_tied_to():
    ties = tie(POLICE, HEALTH) | tie(POLICE, FIRE) | tie(POLICE, COUNCIL)
    turns = propose(FOUR, ties=ties, earlier={})
    assert who(turns).startswith("Police<- ")
    assert turns[0].why == ("Nobody may question Police: Health, Fire and Council may not. The chair asks.")
    assert [turn.asks is None for turn in turns] == [True, False, False, False]


def test_somebody_asks_twice_before_anybody_is_left_to_the_chair():
    # Only Council may question Police and Health, and each of the others is free.
    ties = tie(POLICE, HEALTH) | tie(POLICE, FIRE) | tie(HEALTH, FIRE)
    turns = propose(FOUR, ties=ties, earlier={})
    asks = Counter(turn.asks.name if turn.asks else "-" for turn in turns)
    # Three may be questioned by Council alone, and it asks twice at the most.
    assert asks["Council"] == 2 and asks["-"] == 1
    left = next(turn for turn in turns if turn.asks is None)
    assert "asks 2 times already" in left.why
    assert any("Council asks 2 times" in turn.why for turn in turns)


def test_who_was_chosen_by_hand_stays_and_counts():
    turns = propose(FOUR, ties={}, earlier={}, kept={POLICE.id: COUNCIL.id})
    assert turns[0].asks == COUNCIL and turns[0].why.startswith("It stays as it was chosen.")
    assert Counter(turn.asks.name for turn in turns) == dict.fromkeys(
        ("Police", "Health", "Fire", "Council"), 1
    )
    tied = propose(FOUR, ties=tie(POLICE, COUNCIL), earlier={}, kept={POLICE.id: COUNCIL.id})
    assert tied[0].asks != COUNCIL


def test_a_single_organisation_is_questioned_by_the_chair():
    (turn,) = propose([POLICE], ties={}, earlier={})
    assert turn.asks is None and "Nobody else presents" in turn.why
    assert propose([], ties={}, earlier={}) == []


def test_a_choice_by_hand_that_is_unfair_is_said():
    asks = {POLICE.id: COUNCIL.id, HEALTH.id: COUNCIL.id, FIRE.id: COUNCIL.id}
    assert uneven(asks, FOUR) == ["Council asks 3 times and presents once."]


@st.composite
def days(draw):
    """Some organisations in some trusts, some ties, and some earlier days."""
    count = draw(st.integers(min_value=1, max_value=16))
    ids = list(range(1, count + 1))
    bodies = [Body(id_, f"O{id_}", draw(st.sampled_from([None, None, None, 90, 91]))) for id_ in ids]
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda pair: pair[0] != pair[1])
    some = st.just([]) if count < 2 else st.lists(pairs, max_size=2 * count)
    ties = {frozenset(pair): "near" for pair in draw(some)}
    earlier = {pair: [LAST_YEAR] for pair in draw(some)}
    return bodies, ties, earlier


@settings(max_examples=60, deadline=None)
@given(days())
def test_never_itself_never_who_is_tied_and_each_asks_as_often_as_it_presents_give_or_take_one(day):
    bodies, ties, earlier = day
    turns = propose(bodies, ties=ties, earlier=earlier)
    assert [turn.presents for turn in turns] == bodies
    for turn in turns:
        if turn.asks is not None:
            assert turn.asks != turn.presents
            assert bar(turn.presents, turn.asks, ties) is None
        # Nobody is left to the chair while somebody who may ask does not ask at all.
        else:
            idle = [body for body in bodies if all(one.asks != body for one in turns)]
            assert all(bar(turn.presents, body, ties) for body in idle)
    assert all(count <= 2 for count in Counter(turn.asks.id for turn in turns if turn.asks).values())


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=3, max_value=20))
def test_without_ties_everybody_asks_exactly_once_for_years_before_a_pair_comes_again(count):
    bodies = [Body(id_, f"O{id_}") for id_ in range(count)]
    earlier: dict = {}
    for year in range(min(count - 1, 5)):
        turns = propose(bodies, ties={}, earlier=earlier)
        assert Counter(turn.asks.id for turn in turns) == {id_: 1 for id_ in range(count)}
        for turn in turns:
            assert (turn.presents.id, turn.asks.id) not in earlier
            earlier[turn.presents.id, turn.asks.id] = [date(2020 + year, 3, 1)]


@st.composite
def costs_of(draw):
    rows = draw(st.integers(1, 5))
    columns = draw(st.integers(rows, 6))
    row = st.lists(st.integers(0, 30), min_size=columns, max_size=columns)
    return draw(st.lists(row, min_size=rows, max_size=rows))


@settings(max_examples=40, deadline=None)
@given(costs_of())
def test_no_other_assignment_costs_less(costs):
    chosen = cheapest(costs)
    assert len(set(chosen)) == len(costs)
    best = min(
        sum(row[at] for row, at in zip(costs, places, strict=True))
        for places in permutations(range(len(costs[0])), len(costs))
    )
    assert sum(row[at] for row, at in zip(costs, chosen, strict=True)) == best
