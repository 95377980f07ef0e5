"""Editing criteria, as functions on a file: nothing here knows a page or a database."""

import pytest

from s11.core.errors import Invalid
from s11.questionnaires.editing import Gone, Why, criteria, reshaping, standards
from s11.questionnaires.editing.parts import criterion_of
from s11.questionnaires.format import QuestionnaireFile, checked, read
from s11.questionnaires.lineage import breaks
from tests.factories.questionnaires import tiny

WHY = Why("Two reviews asked for it.", "review")
EARLIER = read(tiny(2, 3, code="TINY-2026"))


def a_draft(**more: object) -> QuestionnaireFile:
    return read(tiny(2, 3, code="TINY-2027", year=2027, predecessor="TINY-2026", **more))  # type: ignore[arg-type]


def said(file: QuestionnaireFile) -> str:
    """Every criterion as "1.1 unchanged"."""
    sound(file)
    return ", ".join(f"{one.number} {one.lineage.change}" for one in file.criteria if one.lineage)


def gone(file: QuestionnaireFile) -> list[str]:
    return [one.key for one in file.retired]


def sound(file: QuestionnaireFile) -> None:
    """Every edit leaves a file that can be loaded and follows its predecessor."""
    assert checked(file) == file.tidied()
    assert breaks(file, EARLIER) == []


def test_another_text_makes_it_reworded_and_the_old_text_unchanged_again():
    file = criteria.change(a_draft(), "criterion-1-1", {"text": "Other."}, why=WHY, earlier=EARLIER)
    assert said(file).startswith("1.1 reworded, 1.2 unchanged")
    lineage = criterion_of(file, "criterion-1-1").lineage
    assert lineage is not None and (lineage.reason, lineage.source) == (WHY.reason, "review")
    back = criteria.change(file, "criterion-1-1", {"text": "Criterion  1.1 is met."}, earlier=EARLIER)
    assert said(back).startswith("1.1 unchanged")


def test_a_text_is_not_changed_without_a_reason():
    with pytest.raises(Invalid, match="Say why") as refused:
        criteria.change(a_draft(), "criterion-1-1", {"text": "Other."}, earlier=EARLIER)
    assert refused.value.field == "reason"


def test_guidance_can_be_changed_without_a_reason():
    file = criteria.change(a_draft(), "criterion-1-1", {"guidance": "Think."}, earlier=EARLIER)
    assert said(file).startswith("1.1 unchanged")


def test_a_new_criterion_has_a_key_of_its_words_and_stands_where_it_was_put():
    file = criteria.add(
        a_draft(),
        "standard-1",
        text="Staff know whom to tell.",
        after="criterion-1-1",
        why=WHY,
        earlier=EARLIER,
    )
    assert said(file).startswith("1.1 unchanged, 1.4 new, 1.2 unchanged")
    assert file.standards[0].criteria[1].key == "staff-know-whom-tell"
    first = criteria.add(
        a_draft(), "standard-1", text="First.", number="0", after="", why=WHY, earlier=EARLIER
    )
    assert first.criteria[0].number == "0"


def test_the_same_words_twice_are_one_criterion():
    once = criteria.add(a_draft(), "standard-1", text="Once.", why=WHY, earlier=EARLIER)
    assert criteria.add(once, "standard-1", text="Once. ", why=WHY, earlier=EARLIER) == once


def test_the_key_of_something_new_is_never_one_that_was_used_before():
    file = read(tiny(1, 2, code="A-2027", predecessor="A-2026", retired="staff-know"))
    added = criteria.add(file, "standard-1", text="Staff know.", why=WHY)
    assert added.criteria[-1].key == "staff-know-2"


def test_what_was_retired_is_filed_with_its_reason_and_can_be_asked_again():
    file = criteria.retire(a_draft(), "criterion-1-2", why=WHY, earlier=EARLIER)
    sound(file)
    assert gone(file) == ["criterion-1-2"] and file.retired[0].reason == WHY.reason
    back = criteria.ask_again(file, "criterion-1-2", EARLIER, standard_key="standard-2")
    assert gone(back) == [] and said(back).endswith("2.3 unchanged, 1.2 unchanged")
    assert criteria.ask_again(back, "criterion-1-2", EARLIER, standard_key="standard-2") == back


def test_what_is_retired_needs_a_reason_and_what_was_new_simply_goes():
    with pytest.raises(Invalid, match=r"Say why 1\.2 of TINY-2026 is no longer asked"):
        criteria.retire(a_draft(), "criterion-1-2", earlier=EARLIER)
    file = criteria.add(a_draft(), "standard-1", text="Once.", why=WHY, earlier=EARLIER)
    assert criteria.retire(file, "once", earlier=EARLIER) == a_draft()


def test_the_last_criterion_of_a_standard_is_not_taken_away():
    file = read(tiny(2, 1))
    with pytest.raises(Invalid, match="only criterion of standard 1"):
        criteria.retire(file, "criterion-1-1")
    with pytest.raises(Invalid, match="without a criterion"):
        reshaping.move(file, "criterion-1-1", "standard-2", "")


def test_what_others_wait_for_is_not_taken_away():
    file = a_draft(extra={"1.2": "only_if: rating('1.1') == 'red'"})
    for take in (
        lambda: criteria.retire(file, "criterion-1-1", why=WHY, earlier=EARLIER),
        lambda: reshaping.split(file, "criterion-1-1", ["A.", "B."], why=WHY, earlier=EARLIER),
        lambda: standards.retire(
            a_draft(extra={"2.2": "only_if: rating('1.1') == 'red'"}), "standard-1", why=WHY
        ),
    ):
        with pytest.raises(Invalid, match="depends on"):
            take()


def test_a_criterion_is_split_into_parts_of_the_same_origin():
    file = reshaping.split(
        a_draft(), "criterion-1-2", ["One.", "", "Two.", "Three."], why=WHY, earlier=EARLIER
    )
    assert said(file).startswith("1.1 unchanged, 1.2 split, 1.2a split, 1.2b split, 1.3 unchanged")
    assert {tuple(one.lineage.from_) for one in file.criteria[1:4] if one.lineage} == {("criterion-1-2",)}


def test_details_stay_with_the_first_part_and_conditions_go_to_all():
    file = a_draft(extra={"1.1": "guidance: Think.\nonly_if: kind == 'school'\nthemes: [ownership]"})
    first, second = reshaping.split(file, "criterion-1-1", ["A.", "B."], why=WHY, earlier=EARLIER).criteria[
        :2
    ]
    assert (first.guidance, second.guidance) == ("Think.", "")
    assert first.only_if == second.only_if == "kind == 'school'" and second.themes == ["ownership"]


def test_one_part_of_a_split_can_go_without_a_reason_the_last_one_cannot():
    file = reshaping.split(a_draft(), "criterion-1-2", ["One.", "Two."], why=WHY, earlier=EARLIER)
    file = criteria.retire(file, "one", earlier=EARLIER)
    assert gone(file) == []
    with pytest.raises(Invalid, match=r"Say why 1\.2"):
        criteria.retire(file, "two", earlier=EARLIER)


def test_a_split_needs_two_texts_that_differ():
    for texts, field in ((["One.", ""], "text-2"), ([], "text-1"), (["One.", "One."], "text-2")):
        with pytest.raises(Invalid) as refused:
            reshaping.split(a_draft(), "criterion-1-1", texts, why=WHY, earlier=EARLIER)
        assert refused.value.field == field


def test_criteria_are_merged_where_the_first_stood_with_what_stood_beside_them():
    file = a_draft(
        extra={"1.2": "evidence: [Minutes]\nguidance: A.", "2.1": "evidence: [Minutes, Rota]\nguidance: B."}
    )
    merged = reshaping.merge(file, ["criterion-2-1", "criterion-1-2"], "Both.", why=WHY, earlier=EARLIER)
    assert said(merged).startswith("1.1 unchanged, 1.2 merged, 1.3 unchanged, 2.2")
    joint = criterion_of(merged, "both")
    assert joint.evidence == ["Minutes", "Rota"] and joint.guidance == "A.\n\nB."
    assert joint.lineage is not None and joint.lineage.from_ == ["criterion-1-2", "criterion-2-1"]


def test_what_was_merged_and_split_again_keeps_its_origins():
    file = reshaping.merge(a_draft(), ["criterion-1-1", "criterion-1-2"], "Both.", why=WHY, earlier=EARLIER)
    file = reshaping.split(file, "both", ["This.", "That."], why=WHY, earlier=EARLIER)
    sound(file)
    assert all(
        one.lineage and one.lineage.from_ == ["criterion-1-1", "criterion-1-2"] for one in file.criteria[:2]
    )


def test_new_ones_merged_are_new_and_split_are_new():
    file = criteria.add(a_draft(), "standard-1", text="This.", why=WHY, earlier=EARLIER)
    file = criteria.add(file, "standard-1", text="That.", why=WHY, earlier=EARLIER)
    file = reshaping.merge(file, ["this", "that"], "Both.", why=WHY, earlier=EARLIER)
    assert said(file).count("new") == 1
    file = reshaping.split(file, "this", ["This.", "That."], why=WHY, earlier=EARLIER)
    assert said(file).count("new") == 2


def test_merging_takes_two():
    with pytest.raises(Invalid, match="two or more"):
        reshaping.merge(a_draft(), ["criterion-1-1"], "One.", why=WHY, earlier=EARLIER)


def test_a_criterion_moves_to_a_place_and_by_steps():
    file = reshaping.move(a_draft(), "criterion-1-1", "standard-2", "criterion-2-1")
    assert [one.number for one in file.criteria] == ["1.2", "1.3", "2.1", "1.1", "2.2", "2.3"]
    file = reshaping.step(a_draft(), "criterion-1-1", up=False)
    assert [one.number for one in file.criteria][:3] == ["1.2", "1.1", "1.3"]
    assert reshaping.step(a_draft(), "criterion-1-1", up=True) == a_draft()
    sound(file)


def test_without_a_predecessor_nothing_needs_a_reason():
    file = read(tiny(1, 3))
    file = criteria.change(file, "criterion-1-1", {"text": "Other."})
    file = criteria.add(file, "standard-1", text="More.")
    file = reshaping.split(file, "more", ["More of this.", "More of that."])
    file = reshaping.merge(file, ["criterion-1-2", "criterion-1-3"], "Both.")
    file = criteria.retire(file, "criterion-1-1")
    assert checked(file) == file.tidied() and not file.retired
    assert [one.number for one in file.criteria] == ["1.2", "1.4", "1.4a"]


def test_what_is_gone_says_so():
    for act in (
        lambda: criteria.change(a_draft(), "nothing", {}, earlier=EARLIER),
        lambda: criteria.retire(a_draft(), "nothing", earlier=EARLIER),
        lambda: reshaping.step(a_draft(), "nothing", up=True),
        lambda: standards.change(a_draft(), "nothing", {}),
    ):
        with pytest.raises(Gone, match="no longer in the draft"):
            act()


@pytest.mark.parametrize("change", ["new", "split", "merged"])
def test_lineage_corrected_by_hand_gives_another_key_and_loses_nothing(change: str):
    keys = {"new": [], "split": ["criterion-1-1"], "merged": ["criterion-1-1", "criterion-1-2"]}[change]
    file = criteria.correct(a_draft(), "criterion-1-1", EARLIER, change=change, keys=keys, why=WHY)
    sound(file)
    assert file.criteria[0].key != "criterion-1-1"
    assert gone(file) == (["criterion-1-1"] if change == "new" else [])


def test_what_was_called_new_by_mistake_is_put_back_to_what_it_was():
    file = criteria.correct(a_draft(), "criterion-1-1", EARLIER, change="new", keys=[], why=WHY)
    key = file.criteria[0].key
    back = criteria.correct(file, key, EARLIER, change="unchanged", keys=["criterion-1-1"], why=Why())
    assert back == a_draft()
    taken = {"change": "unchanged", "keys": ["criterion-2-3"], "why": Why()}
    with pytest.raises(Invalid, match=r"2\.3 is that criterion already"):
        criteria.correct(file, key, EARLIER, **taken)  # type: ignore[arg-type]
    file = criteria.retire(file, "criterion-2-3", why=WHY, earlier=EARLIER)
    with pytest.raises(Invalid, match="The text differs"):
        criteria.correct(file, key, EARLIER, **taken)  # type: ignore[arg-type]
