"""When a second rating needs a reason of its own."""

from dataclasses import replace

import pytest

from s11.moderation.rules import (
    NotModerated,
    Verdict,
    asked_standards,
    own_verdicts,
    reason_fault,
    verdict_fault,
)
from s11.questionnaires.rules import CriterionContent, LevelContent, ScaleContent, StandardContent

LEVELS = tuple(
    LevelContent(place, code, code.capitalize(), code[0].upper(), 4 - place, None, code, "", True)
    for place, code in enumerate(("green", "amber", "red"), start=1)
)
GREEN, AMBER = Verdict(1), Verdict(2)
AWAY = Verdict(not_applicable=True)


def a_criterion(number: str = "1.1", *, away_allowed: bool = True) -> CriterionContent:
    return CriterionContent(
        id=7, number=number, key="k", text="", guidance="", evidence=(), descriptors={}, themes=(),
        practice_standards=(), source="", must=False, weight=1, only_if="",
        not_applicable_allowed=away_allowed,
        change="", change_from=(), change_reason="", scale=ScaleContent("rag", "", LEVELS), standard_key="s",
        position=0,
    )  # fmt: skip


def test_agreeing_needs_no_reason() -> None:
    assert reason_fault(a_criterion(), GREEN, GREEN, "") is None
    assert reason_fault(a_criterion(), AWAY, AWAY, "") is None


@pytest.mark.parametrize("own", [AMBER, AWAY, Verdict()])
def test_differing_needs_a_reason_of_its_own(own: Verdict) -> None:
    assert reason_fault(a_criterion(), GREEN, own, "  ") == (
        "Say why your rating of 1.1 differs from the agency’s."
    )
    assert reason_fault(a_criterion(), GREEN, own, "The policy is out of date.") is None


def test_a_reason_has_a_longest_length() -> None:
    assert "2,000 characters" in str(reason_fault(a_criterion(), GREEN, GREEN, "x" * 2001))


@pytest.mark.parametrize("verdict", [Verdict(), Verdict(99), Verdict(1, not_applicable=True)])
def test_only_a_level_of_the_scale_is_a_rating(verdict: Verdict) -> None:
    assert verdict_fault(a_criterion(), verdict, GREEN) is not None


def test_not_applicable_is_refused_where_it_is_not_allowed_unless_the_agency_said_so() -> None:
    strict = a_criterion(away_allowed=False)
    assert verdict_fault(strict, AWAY, GREEN) == "1.1 applies to every organisation. Choose a rating."
    assert verdict_fault(strict, AWAY, AWAY) is None


def test_what_is_missing_is_named_up_to_eight() -> None:
    refusal = NotModerated([a_criterion(f"1.{n}") for n in range(1, 11)])
    assert refusal.sentence.startswith("Rate 1.1, 1.2, 1.3") and "1.8 and 2 more" in refusal.sentence


def test_a_packed_byte_is_a_place_in_the_scale_and_what_was_not_asked_is_left_out() -> None:
    class Edition:
        criteria = (a_criterion(),)

    said = {byte: own_verdicts(Edition, bytes([byte])) for byte in (1, 253, 254, 255)}  # type: ignore[arg-type]
    assert said == {1: {7: AMBER}, 253: {}, 254: {7: AWAY}, 255: {7: Verdict()}}


def test_what_was_asked_stays_asked_whatever_the_organisation_has_become() -> None:
    def a_standard(number: str, *ids: int) -> StandardContent:
        criteria = tuple(replace(a_criterion(f"{number}.{place}"), id=place) for place in ids)
        return StandardContent(1, number, number, "", "", "", "", criteria)

    class Edition:
        standards = (a_standard("1", 1, 2), a_standard("2", 3))

    (only,) = asked_standards(Edition(), {1: GREEN})  # type: ignore[arg-type]
    assert [criterion.id for criterion in only.criteria] == [1]
