"""What may be taken over from last year, and what not."""

from dataclasses import replace

import pytest

from s11.questionnaires.rules import ColumnContent, CriterionContent, FieldContent, LevelContent, ScaleContent
from s11.returns.carrying import (
    APPLIES_NOW,
    DIVIDED,
    PARTLY_AWAY,
    RATED_DIFFERENTLY,
    SCALE_CHANGED,
    Earlier,
    Left,
    carried_value,
    is_answered,
    keys_before,
    left_because,
    offer_of,
    same_scale,
)
from s11.returns.merging import Rating, Said
from s11.returns.sealing import SealedAnswer, SealedEvidence, SealedRating


def a_scale(*labels: str, first_id: int = 1, meaning: str = "") -> ScaleContent:
    levels = tuple(
        LevelContent(first_id + place, label.lower(), label, label[0], 9 - place, None, "grey", meaning, True)
        for place, label in enumerate(labels)
    )
    return ScaleContent("scale", "", levels)


THEN = a_scale("Green", "Amber", "Red")
NOW = a_scale("Green", "Amber", "Red", first_id=11)


def asks(change: str = "unchanged", *made_from: str, **more: object) -> CriterionContent:
    told: dict[str, object] = {
        "id": 5, "number": "1.2", "key": "policy", "text": "There is a policy.", "guidance": "",
        "evidence": (), "descriptors": {}, "themes": (), "practice_standards": (), "source": "",
        "must": False,
        "weight": 1.0, "only_if": "", "not_applicable_allowed": True, "change": change,
        "change_from": made_from, "change_reason": "", "scale": NOW, "standard_key": "one", "position": 1,
    }  # fmt: skip
    return CriterionContent(**{**told, **more})  # type: ignore[arg-type]


def said(rating: str = "Green", words: str = "We have one.", **more: object) -> Earlier:
    told: dict[str, object] = {
        "number": "1.2", "key": "policy", "text": "There is a policy.",
        "rating": SealedRating(rating.lower(), rating, rating[0], "grey", 1) if rating else None,
        "not_applicable": False, "not_applicable_reason": "", "commentary": words, "evidence": (),
    }  # fmt: skip
    scale = more.pop("scale", THEN)
    return Earlier(SealedAnswer(**{**told, **more}), scale)  # type: ignore[arg-type]


def away(reason: str = "We hold no records.") -> Earlier:
    return said("", "", not_applicable=True, not_applicable_reason=reason)


def test_rating_and_words_are_taken_over_where_nothing_changed() -> None:
    offer = offer_of(asks(), [said("Amber", "Half.", strengths="Keen people.", shortfalls="Nights.")])
    assert offer is not None and offer.rating_left == ""
    assert offer.said == Said(
        rating=Rating(12), commentary="Half.", strengths="Keen people.", shortfalls="Nights."
    )


def test_a_reworded_question_keeps_its_rating() -> None:
    offer = offer_of(asks("reworded"), [said()])
    assert offer is not None and offer.said.rating == Rating(11)


def test_on_another_scale_only_the_words_are_taken_over() -> None:
    offer = offer_of(asks(scale=a_scale("Outstanding", "Good", "Poor")), [said()])
    assert offer is not None and offer.said == Said(commentary="We have one.")
    assert offer.rating_left == SCALE_CHANGED


def test_a_level_of_the_same_label_on_another_scale_is_not_the_same_level() -> None:
    offer = offer_of(asks(scale=a_scale("Blue", "Green", "Amber", "Red")), [said()])
    assert offer is not None and offer.said.rating == Rating() and offer.rating_left == SCALE_CHANGED


def test_new_meanings_count_only_where_the_edition_says_that_its_scale_changed() -> None:
    meant = a_scale("Green", "Amber", "Red", meaning="Otherwise.")
    assert same_scale(THEN, meant, told=False) and not same_scale(THEN, meant, told=True)


def test_half_of_a_divided_question_is_rated_anew() -> None:
    offer = offer_of(asks("split", "wider"), [said(key="wider")])
    assert offer is not None and offer.said == Said(commentary="We have one.")
    assert offer.rating_left == DIVIDED


def test_questions_put_together_bring_both_texts_and_the_rating_they_share() -> None:
    offer = offer_of(asks("merged", "a", "b"), [said("Red", "One."), said("Red", "Two.")])
    assert offer is not None and offer.said == Said(rating=Rating(13), commentary="One.\n\nTwo.")


def test_questions_put_together_that_were_rated_differently_bring_no_rating() -> None:
    offer = offer_of(asks("merged", "a", "b"), [said("Red", "Same."), said("Green", "Same.")])
    assert offer is not None and offer.said == Said(commentary="Same.")
    assert offer.rating_left == RATED_DIFFERENTLY


def test_not_applicable_is_taken_over_with_its_reason() -> None:
    offer = offer_of(asks(), [away()])
    assert offer is not None and offer.said.rating == Rating(not_applicable=True)
    assert offer.said.not_applicable_reason == "We hold no records." and offer.said.commentary == ""


@pytest.mark.parametrize(
    ("criterion", "allowed"), [(asks(not_applicable_allowed=False), True), (asks(), False)]
)
def test_where_everybody_has_to_rate_now_the_reason_is_taken_over_as_words(
    criterion: CriterionContent, allowed: bool
) -> None:
    offer = offer_of(criterion, [away()], away_allowed=allowed)
    assert offer is not None and offer.said == Said(commentary="We hold no records.")
    assert offer.rating_left == APPLIES_NOW


def test_of_two_questions_one_of_which_did_not_apply_no_rating_is_made() -> None:
    offer = offer_of(asks("merged", "a", "b"), [said("Green", "Yes."), away("Not ours.")])
    assert offer is not None and offer.said == Said(commentary="Yes.\n\nNot ours.")
    assert offer.rating_left == PARTLY_AWAY


def test_what_carries_no_rating_now_brings_words_without_a_remark() -> None:
    offer = offer_of(asks(rated=False), [said()])
    assert offer is not None and offer.said == Said(commentary="We have one.") and not offer.rating_left


def test_what_carried_no_rating_then_has_none_to_bring() -> None:
    offer = offer_of(asks(), [said("", "Words.", scale=None)])
    assert offer is not None and offer.said == Said(commentary="Words.") and not offer.rating_left


def test_nothing_said_is_no_offer() -> None:
    assert offer_of(asks(), []) is None


def test_words_put_together_stay_as_long_as_can_be_kept() -> None:
    offer = offer_of(asks("merged", "a", "b"), [said("Red", "a" * 9_000), said("Red", "b" * 9_000)])
    assert offer is not None and len(offer.said.commentary) == 10_000


@pytest.mark.parametrize(
    ("change", "earlier", "answered", "left"),
    [
        ("unchanged", [said()], False, None),
        ("unchanged", [said()], True, Left.ANSWERED),
        ("new", [], False, Left.NEW),
        ("unchanged", [], False, Left.UNASKED),
        ("unchanged", [said("", "")], False, Left.EMPTY),
        ("unchanged", [away()], False, None),
    ],
)
def test_why_nothing_is_taken_over(
    change: str, earlier: list[Earlier], answered: bool, left: Left | None
) -> None:
    assert left_because(asks(change), earlier, answered=answered) is left


def test_evidence_alone_is_something_to_take_over() -> None:
    shown = SealedEvidence("Policy", "file", "", "policy.pdf", 9, "ab", "", "ref")
    assert left_because(asks(), [said("", "", evidence=(shown,))], answered=False) is None


def test_a_mark_to_come_back_is_no_answer_and_everything_else_is() -> None:
    assert not is_answered(Said()) and not is_answered(Said(come_back=True))
    for one in (
        Said(rating=Rating(3)),
        Said(rating=Rating(not_applicable=True)),
        Said(commentary="x"),
        Said(strengths="x"),
        Said(shortfalls="x"),
        Said(not_applicable_reason="x"),
    ):
        assert is_answered(one)


def test_a_question_is_looked_for_under_its_own_key_first() -> None:
    assert keys_before(asks("merged", "policy", "old")) == ("policy", "old")


def a_field(kind: str = "text", **more: object) -> FieldContent:
    told: dict[str, object] = {
        "id": 1, "code": "when", "label": "When", "hint": "", "kind": kind, "required": False,
        "options": (), "columns": (), "only_if": "",
    }  # fmt: skip
    return FieldContent(**{**told, **more})  # type: ignore[arg-type]


COLUMNS = (ColumnContent("who", "Who", "text"),)


@pytest.mark.parametrize(
    ("then", "now", "value", "taken"),
    [
        (a_field(), a_field(), "In May", "In May"),
        (a_field(), a_field("long_text"), "In May", None),
        (a_field(), a_field(), "", None),
        (a_field("number"), a_field("number"), 0, 0),
        (a_field("choice", options=("a", "b")), a_field("choice", options=("a", "c")), "a", "a"),
        (a_field("choice", options=("a", "b")), a_field("choice", options=("a", "c")), "b", None),
        (a_field("choices", options=("a", "b")), a_field("choices", options=("b",)), ["a", "b"], ["b"]),
        (a_field("choices", options=("a", "b")), a_field("choices", options=("c",)), ["a"], None),
        (
            a_field("table", columns=COLUMNS), a_field("table", columns=COLUMNS),
            [{"who": "Ann"}], [{"who": "Ann"}],
        ),
        (a_field("table", columns=COLUMNS), a_field("table", columns=()), [{"who": "Ann"}], None),
    ],
)  # fmt: skip
def test_a_field_takes_over_what_it_could_hold_itself(
    then: FieldContent, now: FieldContent, value: object, taken: object
) -> None:
    assert carried_value(then, replace(now, id=2), value) == taken
