from collections import Counter

import pytest

from s11.seeding.ratings import ABILITY, Circumstances, Rating, does_not_apply, rating


def circumstances(
    profile: str = "good", *, year: int = 0, optimistic: bool = False, weak: str = ""
) -> Circumstances:
    return Circumstances("an-agency", profile, optimistic, frozenset({weak} - {""}), year)


def given(of: Circumstances) -> list[Rating]:
    return [rating(of, "leadership", f"criterion-{number}") for number in range(400)]


def best(of: Circumstances) -> int:
    return sum(one.own == "green" for one in given(of))


def test_the_same_question_gets_the_same_rating_on_every_machine() -> None:
    of = circumstances("mixed", optimistic=True)
    letters = "".join(one.own[0] + one.moderated[0] for one in given(of)[:12])
    assert letters == "ggggggaagaaaggrrgggaaaag"


def test_stronger_organisations_rate_themselves_higher() -> None:
    shares = [best(circumstances(profile)) for profile in ABILITY]
    assert shares == sorted(shares, reverse=True) and shares[0] > 360 and shares[-1] < 140


def test_weak_standards_show() -> None:
    assert best(circumstances(weak="leadership")) < best(circumstances()) - 100


def test_things_get_slowly_better_with_some_slips_and_some_stuck() -> None:
    years = [given(circumstances("mixed", year=year)) for year in range(3)]
    assert [sum(one.own == "green" for one in year) for year in years] == sorted(
        sum(one.own == "green" for one in year) for year in years
    )
    moves = Counter((before.own, after.own) for before, after in zip(years[0], years[1], strict=True))
    assert moves["amber", "green"] > moves["green", "amber"] > 0
    assert moves["amber", "amber"] > moves["amber", "green"]


def test_optimists_are_seen_through_and_others_mostly_agreed_with() -> None:
    optimist = given(circumstances("developing", optimistic=True))
    realist = given(circumstances("developing"))
    lowered = [sum(one.own != one.moderated for one in those) for those in (optimist, realist)]
    assert lowered[0] > 50 > 25 > lowered[1] > 0


def test_a_moderator_lowers_only_from_the_best_and_now_and_then_raises() -> None:
    moves = Counter((one.own, one.moderated) for profile in ABILITY for one in given(circumstances(profile)))
    differing = {pair for pair in moves if pair[0] != pair[1]}
    assert differing == {("green", "amber"), ("amber", "green")}


@pytest.mark.parametrize(
    ("key", "organisation", "phase", "expected"),
    [
        ("early-years-welfare", "mellingford-junior-school", "primary", True),
        ("early-years-welfare", "mellingford-infant-school", "primary", False),
        ("alternative-provision", "harbour-steps-nursery-school", "nursery", True),
        ("alternative-provision", "brendle-high-school", "secondary", False),
        ("record-keeping", "brendle-high-school", "secondary", False),
    ],
)
def test_what_does_not_apply_to_a_school(key: str, organisation: str, phase: str, expected: bool) -> None:
    assert does_not_apply(key, organisation=organisation, phase=phase, pupils=300) is expected
