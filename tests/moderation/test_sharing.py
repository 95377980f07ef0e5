"""Who may be given which return, and sharing many out evenly."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from s11.moderation.rules import SecondLook, Verdict, all_agree, last_day_to_reply, reply_fault
from s11.moderation.sharing import Candidate, ToModerate, share_out, why_not

ANN = Candidate(1, "ann", "Ann", True, frozenset(), frozenset())
BOB = Candidate(2, "bob", "Bob", True, frozenset(), frozenset())
CEM = Candidate(3, "cem", "Cem", True, frozenset(), frozenset())


def a_return(number: int, **facts: object) -> ToModerate:
    one = ToModerate(number, f"r{number}", 1, f"Agency {number}", 100 + number, None, "submitted", 0)
    return replace(one, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "who", "says"),
    [
        (a_return(1), replace(ANN, moderates=False), "Ann has no role in which they moderate this audit."),
        (a_return(1), replace(ANN, bound_to=frozenset({101})), "Ann belongs to Agency 1"),
        (a_return(1, parent_id=7), replace(ANN, bound_to=frozenset({7})), "belongs to the trust or group"),
        (a_return(1), replace(ANN, too_near=frozenset({101})), "too near to Agency 1"),
        (a_return(1, given=frozenset({1})), ANN, "Ann moderates Agency 1 already."),
        (a_return(1, stage="moderated"), ANN, "Agency 1 is not waiting to be moderated."),
        (a_return(1, agreed=3), ANN, "The agreed ratings of Agency 1 have been begun"),
    ],
)
def test_what_stands_in_the_way_is_said(one: ToModerate, who: Candidate, says: str) -> None:
    assert says in why_not(one, who)


def test_nothing_stands_in_the_way_of_others() -> None:
    assert why_not(a_return(1, parent_id=7, declined=frozenset({1})), ANN) == ""


def test_returns_are_shared_out_evenly() -> None:
    shared = share_out([a_return(n) for n in range(10)], [ANN, BOB, CEM], each=2)
    assert sorted(Counter(who.name for _, who in shared.pairs).values()) == [6, 7, 7]
    assert not shared.short
    assert len(set(shared.pairs)) == 20


def test_who_has_much_already_gets_less() -> None:
    shared = share_out([a_return(n) for n in range(6)], [replace(ANN, holds=4), BOB], each=1)
    assert Counter(who.name for _, who in shared.pairs) == {"Bob": 5, "Ann": 1}


def test_the_return_that_few_can_take_is_given_out_first() -> None:
    near = frozenset({102, 103})
    shared = share_out([a_return(1), a_return(2), a_return(3)], [ANN, replace(BOB, too_near=near)], each=1)
    assert {one.ref: who.name for one, who in shared.pairs} == {"r1": "Bob", "r2": "Ann", "r3": "Ann"}


def test_too_few_moderators_are_said_and_who_declined_is_not_asked_again() -> None:
    shared = share_out([a_return(1, given=frozenset({1}), declined=frozenset({2}))], [ANN, BOB], each=2)
    assert not shared.pairs
    assert "Agency 1 wants one more moderator" in shared.short[0][1]


def test_a_return_that_has_as_many_as_wanted_is_said_to_have_them() -> None:
    shared = share_out([a_return(1, given=frozenset({1}))], [ANN, BOB], each=1)
    assert not shared.pairs
    assert shared.short[0][1].startswith("Agency 1 has a moderator already.")


GREEN, AMBER = Verdict(1), Verdict(2)


def test_what_all_rated_alike_is_taken_with_every_reason_and_the_mark_nobody_contradicts() -> None:
    looks = [
        SecondLook(AMBER, "Old policy.", "to_improve"),
        SecondLook(AMBER, "No dates."),
        SecondLook(AMBER),
    ]
    assert all_agree(looks) == SecondLook(AMBER, "Old policy.\n\nNo dates.", "to_improve")


def test_marks_that_contradict_each_other_are_left_out() -> None:
    looks = [SecondLook(GREEN, "", "to_improve"), SecondLook(GREEN, "", "good_practice")]
    assert all_agree(looks) == SecondLook(GREEN, "", "")


def test_where_moderators_differ_nothing_is_taken() -> None:
    assert all_agree([SecondLook(GREEN), SecondLook(AMBER)]) is None
    assert all_agree([]) is None


def test_replies_are_taken_until_the_day_before_the_challenge_day() -> None:
    assert last_day_to_reply(date(2027, 3, 1), date(2027, 4, 1)) == date(2027, 2, 28)
    assert last_day_to_reply(None, date(2027, 4, 1)) == date(2027, 4, 1)
    assert last_day_to_reply(None, None) is None


@pytest.mark.parametrize(
    ("accepts", "text", "field"),
    [
        (None, "", "choice"),
        (False, "  ", "text"),
        (False, "x" * 2001, "text"),
        (True, "", ""),
        (False, "So.", ""),
    ],
)
def test_seeing_it_differently_wants_words(accepts: bool | None, text: str, field: str) -> None:
    fault = reply_fault("1.1", accepts, text)
    assert (fault[0] if fault else "") == field
