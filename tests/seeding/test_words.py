import pytest

from s11.seeding.words import Narrative, commentary, fill, joined, letter, slug, year_slots

SLOTS = {"org": "Marlhome", "lead": "Safeguarding Lead", "workforce": "housing officers", **year_slots(2026)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At {org} the {lead} asks.", "At Marlhome the Safeguarding Lead asks."),
        ("{workforce} know.", "Housing officers know."),
        ("We asked. {workforce} knew.", "We asked. Housing officers knew."),
        ('She said "No." {workforce} heard.', 'She said "No." Housing officers heard.'),
        ("Those asked: {workforce}.", "Those asked: housing officers."),
        ("All\n{workforce} know.", "All\nhousing officers know."),
        ("In {lastyear} and {year}", "In 2025 and 2026"),
    ],
)
def test_slots_are_filled_with_a_capital_where_a_sentence_begins(text: str, expected: str) -> None:
    assert fill(text, SLOTS) == expected


def test_a_slot_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("Ask {nobody}", SLOTS)


def test_broken_lines_are_joined_and_paragraphs_kept() -> None:
    assert joined("one\n  two\n\nthree\nfour\n") == "one two\n\nthree four"


def test_a_letter_keeps_the_lines_of_its_sign_off() -> None:
    text = "Dear colleague,\n\nThis year\nopens today.\n\nPhilippa Garroway\nBusiness Manager\n"
    assert letter(text) == "Dear colleague,\n\nThis year opens today.\n\nPhilippa Garroway\nBusiness Manager"


def test_variants_take_turns_and_promises_have_a_year_of_their_own() -> None:
    said = Narrative({"green": ("Done in {year}.", "Seen."), "amber": ("Ready by {year}.",)}, "")
    told = [commentary(said, "green", SLOTS, turn=turn, promises={"year": "2027"}) for turn in range(3)]
    assert told == ["Done in 2026.", "Seen.", "Done in 2026."]
    assert commentary(said, "amber", SLOTS, turn=5, promises={"year": "2027"}) == "Ready by 2027."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dr Farouk Hennessy", "farouk.hennessy"),
        ("Mei-Lin Chan", "mei-lin.chan"),
        ("Ann O’Neill", "ann.oneill"),
    ],
)
def test_a_name_becomes_the_part_of_an_address(name: str, expected: str) -> None:
    assert slug(name) == expected
