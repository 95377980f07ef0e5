"""Self-assessment against moderation, as a person reads it on the screen and in the file."""

import csv
import io

import pytest
from flask import Flask

from s11.analysis.narrowing import Asked
from s11.analysis.pages import AGREEMENT_HIGHEST_FIRST, agreed, agreed_line, sorted_lines
from s11.analysis.rules import By
from s11.core.database import unit_of_work
from s11.moderation import operations as moderation
from s11.people import queries as people
from s11.returns import queries as returns
from tests.analysis.figures import a_criterion, a_frame, an_edition
from tests.factories.world import CHAIR, HOUSING_LEAD, MODERATOR, POLICE_LEAD, World, a_return
from tests.pages import Browser

TEN = " ".join(["G"] * 5 + ["A"] * 5)
EDITION = an_edition(*(a_criterion(f"1.{n}") for n in range(1, 11)), a_criterion("2.1"))


def test_kappa_is_said_in_words_and_too_few_or_one_level_throughout_say_so() -> None:
    own = a_frame({"Police": {"1": TEN, "2": "G"}, "Housing": {"1": " ".join(["G"] * 10)}})
    other = a_frame(
        {"Police": {"1": TEN.replace("G", "A", 1), "2": "A"}, "Housing": {"1": " ".join(["G"] * 10)}}
    )
    by_standard = agreed(own, other, EDITION, By.STANDARD)
    police = agreed(own, other, EDITION, By.ORGANISATION)["police"]
    housing = agreed(own, other, EDITION, By.ORGANISATION)["housing"]
    # By chance 6 × 7 green with amber and 5 × 4 amber with green of 11 × 11 would differ; 2 of 11 do.
    assert (police.compared, police.agreed, police.higher, police.lower, police.pairs) == (11, 9, 2, 0, 11)
    expected = 1 - (2 / 11) / ((6 * 7 + 5 * 4) / 121)
    assert police.kappas[0].figure == f"{expected:.2f}" == "0.65" and police.kappas[0].words == "good"
    assert agreed_line("police", "Police", "", police).cells[5] == ("+0.18", "the agency is higher")
    assert housing.kappas[0].words == "all at one level: nothing to take it of"
    assert (by_standard["2"].kappas[0].figure, by_standard["2"].kappas[0].words) == ("–", "too few to say")


def test_who_agrees_least_or_stands_highest_is_first_and_nothing_to_say_is_last() -> None:
    own = a_frame({"Police": {"1": "G G"}, "Housing": {"1": "G A"}, "Health": {"1": "G A"}})
    other = a_frame({"Police": {"1": "R G"}, "Housing": {"1": "G G"}, "Health": {"1": "- -"}})
    lines = [
        agreed_line(key, key, "", one) for key, one in agreed(own, other, EDITION, By.ORGANISATION).items()
    ]

    def order(**asked: str) -> list[str]:
        return [line.key for line in sorted_lines(lines, Asked.read(asked), AGREEMENT_HIGHEST_FIRST)]

    assert order(sort="steps") == ["police", "housing", "health"]
    assert order(sort="steps", order="down") == ["housing", "police", "health"]
    assert order(sort="agreed")[-1] == "health"


@pytest.mark.database
def test_the_page_and_its_file_say_where_both_agree_and_who_is_optimistic(
    app: Flask, world: World, browser: Browser
) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    a_return(app, world.housing, "G R G G", by=HOUSING_LEAD, submit=True)
    browser.sign_in(CHAIR)
    at = f"/analysis/cycles/{world.cycle}"
    assert "Nothing has been moderated yet" in browser.open(f"{at}/agreement").text
    with app.app_context(), unit_of_work():
        return_, by = returns.by_ref(world.police), people.by_address(MODERATOR)
        assert return_ is not None and by is not None
        first = returns.edition_of(return_).criteria[0]
        moderation.rate(return_, first, level_id=first.scale.levels[1].id, reason="Policy of 2019.", by=by)
        moderation.agree_rest(return_, by=by)
    page = browser.open(browser.open(at).href("How far both agree, by standard and organisation"))
    assert "75.0 % agreed 3 of 4 compared" in page.text
    assert "1 Standard 1 2 1 50.0 % 1 50.0 % 0 0.0 % – too few to say +0.50 the agency is higher" in page.text
    assert "Northshire Police 4 3 75.0 % 1 25.0 % 0 0.0 % – too few to say +0.33" in page.text
    assert "Harbour Housing not yet" in page.text and "Of fewer than 10 pairs kappa is not shown" in page.text
    browser.open(f"{at}/tables/agreement.csv")
    text = browser.response.get_data(as_text=True).removeprefix("\ufeff")
    rows = {row["Name"]: row for row in csv.DictReader(io.StringIO(text))}
    assert set(rows) == {"1 Standard 1", "2 Standard 2", "Northshire Police", "Everything"}
    assert rows["Northshire Police"]["% agreed"] == "75.0" and rows["Everything"]["Agency higher"] == "1"
    assert rows["1 Standard 1"]["Mean steps above the moderator"] == "0.5"
