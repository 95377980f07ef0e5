"""Who is asked: clauses, by hand, exempt from the start, and in which group."""

import pytest

from s11.cycles.audience import Audience, GroupRule, LetOffRule
from s11.cycles.clauses import Subject, Where, run_by

HILL = Subject("hill", "Hill School", "school", "secondary", "Community school", "Northport")
VALE = Subject("vale", "Vale School", "school", "secondary", "Academy converter", "Eastmere", parent="trust")
MOSS = Subject("moss", "Moss School", "school", "primary", "Voluntary aided school", "Northport")
MINDER = Subject("ann", "Ann Archer", "childminder", works_alone=True)
SHUT = Subject("shut", "Shut School", "school", "secondary", "Community school", "Northport", gone="Closed")
ALL = (HILL, VALE, MOSS, MINDER, SHUT)
MAINTAINED = Where(
    kinds=("school",), phases=("secondary",), run_by="maintained", districts=("Northport", "Eastmere")
)


def asked(audience: Audience) -> list[str]:
    return [one.ref for one in ALL if audience.decide(one).asked]


def test_all_maintained_secondary_schools_in_two_districts_and_these() -> None:
    audience = Audience(ask=(MAINTAINED,), also=("ann",))
    assert asked(audience) == ["hill", "ann"]
    assert audience.decide(HILL).why == "Rule 1" and audience.decide(MINDER).why == "Chosen by hand"
    assert audience.decide(VALE).why == "No rule names it"


def test_a_clause_reads_as_a_sentence() -> None:
    said = MAINTAINED.sentence({})
    assert said == "All secondary schools maintained by the council in Northport and Eastmere"
    of_trust = Where(kinds=("school", "college"), parents=("trust",), statutory=False)
    assert of_trust.sentence({"trust": "Harbour Trust"}) == (
        "All schools and colleges of Harbour Trust not bound by section 11"
    )
    assert Where(works_alone=True, kinds=("childminder",)).sentence({}) == "All childminders working alone"
    assert Where(initials=("A", "K")).sentence({}) == "All organisations whose names begin with A to K"


def test_what_is_closed_is_never_asked_whatever_names_it() -> None:
    verdict = Audience(ask=(MAINTAINED,), also=("shut",)).decide(SHUT)
    assert not verdict.asked and verdict.why == "Closed"


def test_left_out_by_hand_outweighs_a_clause() -> None:
    assert asked(Audience(ask=(MAINTAINED,), never=("hill",))) == []


def test_lone_childminders_are_exempt_with_a_reason_and_count_among_the_asked() -> None:
    alone = LetOffRule(Where(works_alone=True), "Works alone")
    audience = Audience(ask=(Where(kinds=("childminder", "school")),), exempt=(alone,))
    assert audience.decide(MINDER).asked and audience.decide(MINDER).exempt == "Works alone"
    assert audience.decide(HILL).exempt == ""


def test_the_first_rule_of_a_group_decides_and_a_hand_outweighs_it() -> None:
    rules = (GroupRule("autumn", Where(initials=("A", "M"))), GroupRule("spring", Where(kinds=("school",))))
    audience = Audience(groups=rules, placed={"moss": "spring"})
    assert [audience.group_of(one) for one in (HILL, VALE, MOSS)] == ["autumn", "spring", "spring"]
    assert audience.group_of(MINDER) == "autumn"
    left = audience.without_group("spring")
    assert [left.group_of(one) for one in (VALE, MOSS)] == ["", "autumn"]


def test_an_audience_survives_being_kept() -> None:
    audience = Audience(
        ask=(MAINTAINED, Where(initials=("A", "K"), statutory=True)),
        also=("vale",),
        never=("moss",),
        exempt=(LetOffRule(Where(works_alone=True), "Works alone"),),
        groups=(GroupRule("g", Where(parents=("trust",))),),
        placed={"hill": "g"},
    )
    assert Audience.of(audience.kept()) == audience


@pytest.mark.parametrize(
    "kept", [None, [], {"ask": "x"}, {"exempt": [3], "groups": ["g"], "placed": []}, {"also": {"a": 1}}]
)
def test_what_was_kept_in_another_shape_asks_nobody(kept: object) -> None:
    assert asked(Audience.of(kept)) == []


def test_a_clause_kept_in_another_shape_asks_nobody() -> None:
    assert asked(Audience.of({"ask": [3, {"kinds": "school"}, {}]})) == []


@pytest.mark.parametrize(
    ("school_type", "by"),
    [
        ("Community school", "maintained"),
        ("voluntary  AIDED school", "maintained"),
        ("Academy sponsor led", "academy"),
        ("Free schools", "academy"),
        ("Other independent school", "independent"),
        ("Sixth form centres", ""),
        ("", ""),
    ],
)
def test_who_runs_a_school_is_read_from_its_type(school_type: str, by: str) -> None:
    assert run_by(school_type) == by
