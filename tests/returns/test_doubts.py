"""What looks odd in a return: facts in, doubts out."""

from dataclasses import replace
from datetime import date

import pytest

from s11.organisations.rules import OrganisationFacts
from s11.questionnaires.rules import (
    CriterionContent,
    LevelContent,
    ScaleContent,
    StandardContent,
    StepsContent,
)
from s11.returns.doubts import RULES, doubts
from s11.returns.likeness import says_the_same
from s11.returns.stated import Doubt, Earlier, Shown, Stated

TODAY = date(2027, 3, 1)
POLICE = OrganisationFacts(kind="police", phase="", bound_by_statute=True, residential=False, ofsted_grade="")
COMMISSIONER = replace(POLICE, commissions_services=True)
WORDS = "We train every officer each year and sample the records of forty cases each month."
OTHER = "A new board of scrutiny has met since June and read twelve of our decisions aloud."


def a_scale(*labels: str, not_counted: tuple[str, ...] = ()) -> ScaleContent:
    """A scale of these labels, best first; the codes are nothing but their places."""
    levels = tuple(
        LevelContent(
            id=at + 1, code=f"p{at}", label=label, letter=label[0], order=len(labels) - at, value=None,
            colour="grey", meaning="", counts=label not in not_counted,
        )
        for at, label in enumerate(labels)
    )  # fmt: skip
    return ScaleContent("scale", "", levels)


RAG = a_scale("Green", "Amber", "Red")


def a_criterion(number: str = "1.1", *, scale: ScaleContent = RAG, text: str = "Staff are trained.", **more):
    held = {
        "id": int(number.replace(".", "")), "number": number, "key": f"key-{number}", "text": text,
        "guidance": "", "evidence": (), "descriptors": {}, "themes": (), "practice_standards": (),
        "source": "", "must": False, "weight": 1.0, "only_if": "", "not_applicable_allowed": True,
        "change": "unchanged", "change_from": (),
        "change_reason": "", "scale": scale, "standard_key": "one", "position": 0,
    }  # fmt: skip
    return CriterionContent(**{**held, **more})


def a_standard(criterion: CriterionContent, title: str = "Training", only_if: str = "") -> StandardContent:
    return StandardContent(1, "1", "one", title, "", "", "", (criterion,), only_if)


def said(level: str = "", commentary: str = WORDS, *, of: CriterionContent | None = None, **more) -> Stated:
    """An answer rated by the label of its level."""
    criterion = of or a_criterion()
    chosen = next((one for one in criterion.scale.levels if one.label == level), None)
    held = {"evidence": (FRESH,), "has_action": True, "not_applicable": not level and criterion.rated}
    return Stated(a_standard(criterion), criterion, chosen, commentary=commentary, **{**held, **more})


FRESH = Shown("Training log", is_file=True, added_on=date(2026, 11, 2), ref="fresh")


def year(
    level: str = "Green", commentary: str = WORDS, *, called: str = "Section 11 2026", **more
) -> Earlier:
    code = next((one.code for one in RAG.levels if one.label == level), "")
    return Earlier(called, code, level, not_applicable=not level, commentary=commentary, **more)


def of(*stated: Stated, facts: OrganisationFacts = POLICE) -> list[Doubt]:
    return doubts(stated, facts=facts, today=TODAY)


def codes(*stated: Stated, facts: OrganisationFacts = POLICE) -> set[str]:
    return {doubt.code for doubt in of(*stated, facts=facts)}


def test_an_honest_well_shown_answer_gives_no_doubt() -> None:
    assert of(said("Green"), said("Amber", of=a_criterion("1.2"), commentary=OTHER)) == []


def test_the_best_rating_without_evidence() -> None:
    (doubt,) = of(said("Green", evidence=()))
    assert doubt.sentence == "1.1 is rated “Green”, and no evidence is shown for it."
    assert codes(said("Amber", evidence=())) == set()


def test_what_a_level_needs_is_a_gap_and_no_doubt_as_well() -> None:
    best, between, worst = RAG.levels
    levels = (replace(best, needs=("evidence",)), between, replace(worst, needs=("action",)))
    strict = replace(RAG, levels=levels)
    asked = a_criterion(scale=strict)
    assert codes(said("Green", of=asked, evidence=())) == set()
    assert codes(said("Red", of=asked, has_action=False)) == set()


def test_the_lowest_rating_without_an_action() -> None:
    (doubt,) = of(said("Red", has_action=False))
    assert doubt.sentence == "1.1 is rated “Red”, and no action says what will be done about it."
    assert codes(said("Red")) == codes(said("Amber", has_action=False)) == set()


def test_the_best_rating_while_an_action_about_it_is_overdue() -> None:
    late = ("Train every duty sergeant.",)
    (doubt,) = of(said("Green", overdue=late))
    assert doubt.sentence == (
        "1.1 is rated “Green”, and an action about it is overdue: “Train every duty sergeant”."
    )
    assert codes(said("Amber", overdue=late)) == set()


@pytest.mark.parametrize(
    ("scale", "best", "worst", "between"),
    [
        (a_scale("Met", "Unmet"), "Met", "Unmet", None),
        (a_scale("Blue", "Green", "Amber", "Red"), "Blue", "Red", "Green"),
        (a_scale("1 Outstanding", "2", "3", "4 Weak"), "1 Outstanding", "4 Weak", "3"),
        (a_scale("Embedded", "Developing", "Begun", "Planned", "Absent"), "Embedded", "Planned", "Begun"),
        (a_scale("Yes", "No", "Not known", not_counted=("Not known",)), "Yes", "No", "Not known"),
    ],
)
def test_best_and_worst_go_by_the_order_of_whatever_scale(
    scale: ScaleContent, best: str, worst: str, between: str | None
) -> None:
    asked = a_criterion(scale=scale)
    bare = {"of": asked, "evidence": (), "has_action": False}
    assert codes(said(best, **bare)) == {"best-without-evidence"}
    assert codes(said(worst, **bare)) == {"worst-without-action"}
    if between:
        assert codes(said(between, **bare)) == set()


def test_of_a_scale_of_steps_the_band_counts() -> None:
    steps = tuple(
        LevelContent(at, str(at), f"{at} %", str(at), at, float(at), "grey", "", counts=True)
        for at in range(100, -5, -5)
    )
    bands = tuple(
        {"code": label, "label": label, "letter": label[0], "value": value, "order": 0}
        for label, value in (("Strong", 80.0), ("Fair", 40.0), ("Weak", 0.0))
    )
    asked = a_criterion(scale=ScaleContent("percent", "", steps, StepsContent(0, 100, 5, "%", bands)))
    bare = {"of": asked, "evidence": (), "has_action": False}
    assert codes(said("85 %", **bare)) == {"best-without-evidence"}
    assert codes(said("15 %", **bare)) == {"worst-without-action"}
    assert codes(said("45 %", **bare)) == set()


def test_the_best_rating_in_very_few_words() -> None:
    (doubt,) = of(said("Green", "Yes, we do."))
    assert doubt.sentence.startswith("1.1 is rated “Green”, with 3 words behind it.")
    assert codes(said("Amber", "Yes, we do.")) == set()


@pytest.mark.parametrize(
    "again",
    [
        WORDS,
        WORDS.upper().rstrip("."),
        WORDS.replace("each year", "each  year,"),
    ],
)
def test_the_same_words_for_three_years_whatever_the_trifles(again: str) -> None:
    before = (year(commentary=again), year(commentary=WORDS, called="Section 11 2025"))
    (doubt,) = of(said("Green", before=before))
    assert doubt.code == "unchanged" and "“Section 11 2026” and “Section 11 2025”" in doubt.sentence


def test_two_years_are_not_three_and_other_words_are_news() -> None:
    assert codes(said("Green", before=(year(),))) == set()
    assert codes(said("Green", before=(year(), year(commentary=OTHER)))) == set()
    assert codes(said("Green", OTHER, before=(year(), year()))) == set()


def test_a_year_moved_on_is_nothing_new_and_two_empty_texts_are_not_the_same() -> None:
    assert says_the_same("Audited in 2025/26.", "Audited in 2026-27.")
    assert not says_the_same("", "  ") and not says_the_same("Twelve audits.", "Forty audits.")


def test_two_levels_up_and_nothing_new_said() -> None:
    seen = year("Red", evidence=frozenset({"fresh"}))
    (doubt,) = of(said("Green", before=(seen,)))
    assert "went from “Red” to “Green”" in doubt.sentence
    assert codes(said("Amber", before=(seen,))) == set(), "one level"
    assert codes(said("Green", OTHER, before=(seen,))) == set(), "new words"
    assert codes(said("Green", before=(year("Red"),))) == set(), "new evidence"
    other_scale = replace(seen, level_label="Below what is needed")
    assert codes(said("Green", before=(other_scale,))) == set(), "not the same scale"


def test_one_sentence_in_many_answers() -> None:
    same = "Safeguarding is everybody's business and runs through all we do. "
    three = [
        said("Amber", same + tail, of=a_criterion(number))
        for number, tail in (("1.1", "We train."), ("1.2", "We audit."), ("2.1", ""))
    ]
    (doubt,) = of(*three)
    assert (doubt.code, doubt.number) == ("pasted", "1.1")
    assert "stands at 1.1, 1.2 and 2.1" in doubt.sentence and "everybody's business" in doubt.sentence
    assert of(*three[:2]) == []
    short = [said("Amber", "See our policy.", of=a_criterion(number)) for number in ("1.1", "1.2", "2.1")]
    assert of(*short) == []


@pytest.mark.parametrize(
    "text",
    [
        "Training of new staff is ongoing.",
        "Review: TBC",
        "To be done ASAP",
        "Work is on-going; more later",
        "a (ongoing)",
    ],
)
def test_a_day_put_off(text: str) -> None:
    (doubt,) = of(said("Amber", text))
    assert doubt.code == "open-ended" and doubt.sentence.endswith("By what day?")


def test_ongoing_work_is_no_day_put_off() -> None:
    assert codes(said("Amber", "Our ongoing work with partners, and a rolling programme of audits.")) == set()
    assert codes(said("Amber", actions=("Finish the review: TBC",))) == {"open-ended"}


def test_evidence_past_its_last_day() -> None:
    old = replace(FRESH, current_until=date(2027, 2, 28))
    (doubt,) = of(said("Green", evidence=(old,)))
    assert doubt.sentence == "“Training log”, shown for 1.1, was current until 28 February 2027."
    assert codes(said("Green", evidence=(replace(old, current_until=TODAY),))) == set()
    assert codes(said("Green", evidence=(replace(old, confirmed_on=TODAY),))) == set()


def test_a_file_added_long_ago_and_never_confirmed() -> None:
    old = replace(FRESH, added_on=date(2024, 2, 29))
    (doubt,) = of(said("Green", evidence=(old,)))
    assert doubt.code == "evidence-old" and "added in February 2024" in doubt.sentence
    assert codes(said("Green", evidence=(replace(old, added_on=date(2024, 3, 1)),))) == set()
    assert codes(said("Green", evidence=(replace(old, confirmed_on=date(2025, 1, 1)),))) == set()
    assert codes(said("Green", evidence=(replace(old, is_file=False),))) == set(), "a link is looked up anew"


def test_not_applicable_to_something_the_organisation_does() -> None:
    asked = a_criterion(text="Contracts of commissioned services ask for safeguarding.")
    (doubt,) = of(said(of=asked), facts=COMMISSIONER)
    assert doubt.sentence == "1.1 is marked not applicable, but your organisation commissions services."
    assert codes(said(of=asked)) == set(), "it commissions nothing"
    assert codes(said(), facts=COMMISSIONER) == set(), "another question"
    assert codes(said("Green", of=asked), facts=COMMISSIONER) == set()
    post = a_criterion(text="The police and crime commissioner is told.")
    assert codes(said(of=post), facts=COMMISSIONER) == set()


def test_not_applicable_to_what_is_asked_because_of_what_it_is() -> None:
    asked = a_criterion(text="Tenders name the policy.", only_if="commissions_services")
    assert codes(said(of=asked), facts=COMMISSIONER) == {"away-but-done"}
    anyway = a_criterion(text="Tenders name the policy.", only_if="kind == 'police'")
    assert codes(said(of=anyway), facts=COMMISSIONER) == set()


def test_not_applicable_after_a_rating() -> None:
    (doubt,) = of(said(before=(year("Amber"),)))
    assert doubt.sentence.endswith("In “Section 11 2026” it was rated “Amber”.")
    assert codes(said(before=(year(""),))) == set()


def test_every_rule_has_its_own_code_and_no_sentence_names_a_colour() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(len(rule.code) <= 40 for rule in RULES)
    assert not [r.code for r in RULES for word in ("green", "amber", "red ") if word in r.sentence.lower()]
