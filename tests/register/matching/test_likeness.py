"""Which names are taken for one organisation, and which are not."""

from dataclasses import replace

import pytest

from s11.register.matching.rules import ALIKE, Named, candidates, likeness, pairs, said_one_way


def alike(one: str, other: str) -> float:
    return likeness(said_one_way(one), said_one_way(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Mary's CofE Primary School", "Saint Mary’s Church of England Primary School"),
        ("St. Peter’s C of E (VA) School", "St Peters CE School"),
        ("Holy Cross Catholic School", "Holy Cross RC School"),
        ("Hill & Vale Trust", "Hill and Vale Trust"),
        ("Mount Pleasant School", "Mt Pleasant School"),
    ],
)
def test_two_ways_of_writing_one_name_are_the_same(one: str, other: str) -> None:
    assert said_one_way(one) == said_one_way(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hillcrest Primary School", "Hillcrest Academy"),
        ("Harbour Housing", "Harbor Housing"),
        ("Northshire Constabulary", "Northshire Constabullary"),
    ],
)
def test_names_that_are_alike(one: str, other: str) -> None:
    assert alike(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hill Primary School", "Vale Primary School"),
        ("St Mary’s CofE Primary School", "St John’s CofE Primary School"),
        ("Northshire Police", "Northshire Fire and Rescue"),
        ("Oak Lane Nursery", "Elm Lane Nursery"),
    ],
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert alike(one, other) < ALIKE


def found(*named: Named) -> list[tuple[int, int]]:
    return [(pair.one, pair.other) for pair in pairs(named)]


def test_a_number_in_common_is_enough_and_comes_first() -> None:
    one = Named(1, "Hill School", kind="school", numbers=("ukprn 10012345",))
    other = Named(2, "Quite Another Name", kind="school", numbers=("ukprn 10012345",))
    third, fourth = Named(3, "Oakfield Academy", kind="school"), Named(4, "Oakfield School", kind="school")
    assert found(one, other, third, fourth) == [(1, 2), (3, 4)]


def test_the_infant_and_the_nursery_of_one_name_are_two() -> None:
    assert found(
        Named(1, "Oakfield School", kind="school", phase="primary"),
        Named(2, "Oakfield School", kind="school", phase="secondary"),
        Named(3, "Oakfield Nursery", kind="early_years"),
    ) == []  # fmt: skip


def test_schools_of_one_name_in_different_places_are_two() -> None:
    one = Named(1, "St Mary’s School", "ZZ1 1AA", "school", district="North")
    other = Named(2, "St Mary’s School", "ZZ9 9ZZ", "school", district="South")
    assert found(one, other) == []
    assert found(one, Named(3, "Saint Marys School", "ZZ1 1AA", "school")) == [(1, 3)]


def test_six_hundred_names_take_well_under_the_work_of_every_pair() -> None:
    """Pairs that are compared at all, counted by the letters: all would be 179,700."""
    named = [
        Named(
            n, f"{('St ' * (n % 2))}{chr(65 + n % 26)}{chr(97 + n // 26)}field Primary School", f"ZZ{n} 1AA"
        )
        for n in range(1, 601)
    ]
    said = {one.id: said_one_way(one.name) for one in named}
    assert len(list(candidates(named, said))) < 5_000


def test_a_school_keyed_in_twice_is_found_although_its_numbers_differ() -> None:
    one = Named(1, "Harstow Primary School", "ZZ1 1AA", "school", "primary", numbers=("urn 100001",))
    other = Named(2, "Harstow Primry School", "ZZ1 1AA", "school", "primary", numbers=("urn 100002",))
    (pair,) = pairs([one, other])
    assert pair.why == ("Names that are almost the same", "The same postcode", "Their numbers differ")
    assert pairs([one, replace(other, postcode="ZZ9 9ZZ")]) == []
    infants = Named(3, "Harstow Infant School", "ZZ1 1AA", "school", numbers=("urn 100003",))
    juniors = Named(4, "Harstow Junior School", "ZZ1 1AA", "school", numbers=("urn 100004",))
    assert pairs([infants, juniors]) == [], "two schools at one gate"


def test_every_hit_says_why() -> None:
    (pair,) = pairs(
        [Named(1, "Hill School", "ZZ1 1AA", "school"), Named(2, "Hill School", "ZZ1 1AA", "school")]
    )
    assert pair.why == ("The same name", "The same postcode")


def test_two_numbers_in_one_register_are_two_schools_unless_another_number_is_shared() -> None:
    one = Named(1, "Oakfield School", kind="school", numbers=("urn 100001", "dfe_number 999/2001"))
    assert found(one, Named(2, "Oakfield School", kind="school", numbers=("urn 100002",))) == []
    after = Named(3, "Oakfield Academy", kind="school", numbers=("urn 100003", "dfe_number 999/2001"))
    assert found(one, after) == [(1, 3)]
