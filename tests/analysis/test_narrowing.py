"""What an address of figures asks for."""

from s11.analysis.narrowing import Asked, filter_label


def test_what_an_address_does_not_know_is_left_as_it_is_by_default() -> None:
    junk = {"basis": "tea", "by": "x", "page": "٣", "order": "sideways", "sort": " ", "kind": "a" * 900}
    asked = Asked.read(junk)
    assert (asked.basis, asked.by, asked.page, asked.down, asked.sort) == (
        "self",
        "standards",
        1,
        False,
        "name",
    )
    assert len(asked.kind) == 200


def test_a_link_reproduces_the_figures_and_says_no_more_than_it_must() -> None:
    said = {"basis": "both", "kind": "school", "district": "Wold", "sort": "4", "order": "down"}
    assert Asked.read(said).address == said
    assert Asked.read({}).address == {}


def test_the_title_of_a_column_sorts_by_it_and_then_the_other_way_round() -> None:
    asked = Asked.read({"sort": "4"})
    assert asked.sorted_by("4") == {"sort": "4", "order": "down"}
    assert asked.sorted_by("5") == {"sort": "5"} and asked.sorted_by("name") == {}
    assert asked.direction("4") == "ascending" and asked.direction("5") == ""


def test_an_order_by_a_column_does_not_outlive_the_columns() -> None:
    assert Asked.read({"sort": "4", "order": "down"}).but(by="criteria") == {"by": "criteria"}


def test_filters_are_said_in_words() -> None:
    assert filter_label("kind", "school") == "School" and filter_label("kind", "zoo") == "zoo"
    assert (
        filter_label("phase", "primary") == "Primary" and filter_label("district", "the Wold") == "the Wold"
    )
