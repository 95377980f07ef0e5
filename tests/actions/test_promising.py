"""What a form for an action and a list of recommendations make of what is typed or pasted."""

from datetime import date

import pytest

from s11.actions.rules import (
    PastedRecommendation,
    end_of_month,
    owner_name_fault,
    pasted_recommendations,
    themes_of,
    yearless_fault,
)


def test_pasted_lines_keep_their_numbers_and_go_on_over_lines():
    pasted = "1. All agencies ask\nwho lives there.\n\nRec 2 – Share it.\n16 schools said so.\n3a) Meet."
    assert pasted_recommendations(pasted) == [
        PastedRecommendation("1", "All agencies ask who lives there."),
        PastedRecommendation("2", "Share it.\n16 schools said so."),
        PastedRecommendation("3a", "Meet."),
    ]


def test_without_numbers_each_line_is_a_recommendation():
    assert pasted_recommendations("• Ask.\n• Tell.") == [
        PastedRecommendation("", "Ask."),
        PastedRecommendation("", "Tell."),
    ]


def test_a_theme_in_use_keeps_its_commas():
    cornerstone = "Collaborative working, decision making and planning"
    assert themes_of("Curiosity, Sharing, curiosity") == ["Curiosity", "Sharing"]
    assert themes_of(cornerstone, [cornerstone]) == [cornerstone]
    assert themes_of(f"{cornerstone}\nSharing") == [cornerstone, "Sharing"]


@pytest.mark.parametrize("post", ["Head of Safeguarding", "Chief Nurse", "All agencies"])
def test_a_post_is_no_name(post):
    assert "is a post" in (owner_name_fault(post) or "")


@pytest.mark.parametrize("name", ["Mark Head", "Asha Rahman", "DS Tom Fox", "Hari Lead"])
def test_a_name_that_sounds_like_a_post_is_one(name):
    assert owner_name_fault(name) is None


def test_a_month_with_its_year_is_its_last_day_and_without_it_is_refused():
    assert end_of_month("May 2027") == date(2027, 5, 31)
    assert end_of_month("end of Feb 2028") == date(2028, 2, 29)
    assert end_of_month("31 3 2027") is None and end_of_month("Ju 2027") is None
    assert "has no year" in (yearless_fault("by March") or "")
