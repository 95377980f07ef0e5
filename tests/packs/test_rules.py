"""What is picked out for a profile, and how it is cut to fit."""

import pytest

from s11.challenge.ratings import CriterionRating, Rating, tally
from s11.packs import pictures, rules
from s11.packs.typesetting import printable
from s11.questionnaires.rules import LevelContent

GREEN, AMBER, RED = (
    LevelContent(order, code, code.capitalize(), code[0].upper(), order, order, code, "", True)
    for order, code in ((3, "green"), (2, "amber"), (1, "red"))
)
LEVELS = {"G": GREEN, "A": AMBER, "R": RED}


def rating(letter: str) -> Rating:
    return Rating(LEVELS.get(letter), letter == "N", letter == "G")


def rated(number: str, own: str, moderated: str = "-", *, evidence: int = 0) -> CriterionRating:
    return CriterionRating(number, number, "s", rating(own), rating(moderated), "", evidence)


def numbers(found):
    return [one.number for one in found]


def test_weakest_comes_lowest_first_and_among_equals_the_least_evidenced():
    found = rules.weakest(
        [
            rated("1", "G"),
            rated("2", "A", evidence=2),
            rated("3", "A"),
            rated("4", "R", evidence=5),
            rated("5", "N"),
        ]
    )
    assert numbers(found) == ["4", "3", "2"]


def test_the_moderators_rating_decides_what_is_weak():
    assert numbers(rules.weakest([rated("1", "G", "R"), rated("2", "R", "G")])) == ["1"]


def test_a_strength_is_one_a_moderator_confirmed():
    assert numbers(rules.strengths([rated("1", "G"), rated("2", "G", "G"), rated("3", "G", "A")])) == ["2"]


def test_best_without_evidence_is_named_whatever_the_moderator_said():
    assert numbers(
        rules.without_evidence([rated("1", "G"), rated("2", "G", evidence=1), rated("3", "A")])
    ) == ["1"]


def test_not_applicable_and_blank_leave_the_denominator():
    counted = tally([rating(letter) for letter in "GGANN-"], [GREEN, AMBER, RED])
    assert (counted.best_of, counted.share, counted.not_applicable, counted.blank) == (
        "2 of 3",
        "66.7 %",
        2,
        1,
    )
    assert counted.words == "2 Green, 1 Amber"


def test_a_long_text_is_cut_at_a_word():
    assert rules.excerpt("one two  three\nfour", 100) == "one two three four"
    assert rules.excerpt("alpha beta gamma delta", 14) == "alpha beta …"
    assert len(rules.excerpt("x" * 2000)) <= rules.EXCERPT + 2


def test_a_list_says_how_many_more_there_are():
    assert rules.rest_of([1, 2, 3], 3, "answer") == ""
    assert rules.rest_of([1, 2, 3, 4], 3, "answer") == "and 1 more answer"
    assert rules.rest_of(range(15), 3, "answer") == "and 12 more answers"


def test_peers_are_called_by_letters_however_many_there_are():
    assert rules.letters(28)[:2] == ["A", "B"] and rules.letters(28)[-3:] == ["Z", "AA", "AB"]


def test_the_middle_of_some_shares():
    assert rules.middle([90, 10, 50]) == 50 and rules.middle([10, 20, 40, 90]) == 30


def test_a_file_is_called_what_it_is():
    assert rules.stem_of("Section 11 2027", "Chair’s pack", "") == "section-11-2027-chairs-pack"


def test_a_character_the_font_does_not_have_becomes_a_square():
    known = {ord(char) for char in "Zoë Łukasz – done two lines"}
    assert printable("Zoë Łukasz – done 🙂", known) == "Zoë Łukasz – done □"
    assert printable("two\nlines\x07", known) == "two\nlines"


def test_schools_and_settings_are_not_called_agencies():
    assert rules.body_words(["police", "school"]) == ("agency", "agencies")
    assert rules.body_words(["school", "college"]) == ("school", "schools")
    assert rules.body_words(["early_years", "childminder"]) == ("setting", "settings")


@pytest.mark.parametrize(
    ("count", "at_most", "sizes"),
    [(0, 28, []), (14, 28, [14]), (28, 28, [28]), (29, 28, [15, 14]), (49, 28, [25, 24])],
)
def test_what_is_too_long_for_a_page_is_cut_into_charts_of_one_length(count, at_most, sizes):
    cut = pictures.parts(count, at_most)
    assert [len(range(count)[part]) for part in cut] == sizes
