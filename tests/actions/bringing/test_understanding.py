"""What is made of plans: their recommendations, actions, owners, dates and faults."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from s11.actions.bringing.columns import guess_all
from s11.actions.bringing.faults import Tallies, tallies
from s11.actions.bringing.keeping import kept_mended, mended_from
from s11.actions.bringing.mending import mended_by, typed_of
from s11.actions.bringing.reading import read
from s11.actions.bringing.shapes import Lack, Mended, Post, RowKind, UnderstoodPlan
from s11.actions.bringing.understanding import understand
from tests.actions.bringing.plans import BY_FINDING, BY_THEME, KNOWN, row_saying, understood

REAL = Path(os.environ.get("S11_REAL") or Path(__file__).parents[3] / "../shared/real") / "plans"


def published(name: str) -> UnderstoodPlan:
    file = REAL / f"{name}-action-plan.txt"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    tables = read(file.read_bytes(), file.name)
    return understand(tables, guess_all(tables), {}, KNOWN)


def sentences(plan: UnderstoodPlan) -> list[str]:
    return [fault.sentence for fault in plan.faults]


def test_recommendations_stand_under_their_themes_with_what_was_found():
    plan = understood(BY_THEME)
    assert [one.number for one in plan.recommendations] == ["1", "2", "3", "4", "6", "6", "7"]
    second, fourth = plan.recommendations[1], plan.recommendations[3]
    assert second.text == "Nurses should write down who was in the room."
    assert second.themes == ("Professional Curiosity",)
    assert second.finding == fourth.finding == "HEALTH: Notes were thin.\n- No dates\n- No names"


def test_the_faults_of_the_plan_are_found():
    assert sentences(understood(BY_THEME)) == [
        "Number 6 is used for 2 recommendations.",
        "There is no recommendation 5.",
        "Recommendation 7 has no action of its own. Only what answers every recommendation answers it.",
    ]


def test_numbers_that_are_missing_are_told_in_one_sentence():
    numbers = (1, 2, 4, 6, 7, 15, 18)
    recommendations = "\n".join(f"{number}\tDo the {number}th thing\t" for number in numbers)
    plan = understood(f"No.\tRecommendation\tAction\n{recommendations}")
    assert sentences(plan)[0] == "There are no recommendations 3, 5, 8 to 14, 16 and 17."


def test_actions_name_several_recommendations_or_all_or_the_one_they_nearly_quote():
    plan = understood(BY_THEME)
    assert row_saying(plan, "Train nurses").numbers == ("2", "4")
    everything = row_saying(plan, "Tell the children")
    assert everything.answers_all
    assert len(everything.answers) == 7
    assert everything.themes == ("Voice of the child",)
    unnumbered = row_saying(plan, "Every member of staff is reminded")
    assert [one.text for one in plan.recommendations if one.key in unnumbered.answers] == [
        "Every member of staff should be reminded of the policy on written agreements."
    ]
    both = row_saying(plan, "Promote this")
    assert both.answers == ("6", "6-2")
    assert "2 recommendations have the number 6: all were taken." in both.said


def test_two_themes_in_a_cell_are_two_and_short_forms_are_the_whole_titles():
    plan = understood(BY_THEME)
    assert row_saying(plan, "Promote this").themes == (
        "Professional Curiosity",
        "Ownership and Accountability",
    )
    assert row_saying(plan, "Agree a protocol").themes == ("Professional Curiosity",)


def test_headings_above_tables_tell_the_mechanism():
    plan = understood(BY_THEME)
    assert row_saying(plan, "Supervisors read").mechanism == "policy_and_procedure"
    assert row_saying(plan, "Train nurses").mechanism == "workforce_development"
    assert {row.mechanism for row in plan.rows if row.kind == RowKind.RECOMMENDATION} == {""}


def test_what_has_to_be_mended_is_counted():
    figures = tallies(understood(BY_THEME))
    assert figures == Tallies(
        rows=16, recommendations=7, actions=9, continued=0, left_out=0, without_owner=3, without_name=6,
        without_date=2, open_ended=1, unclear=0, without_text=1, complete=1,
    )  # fmt: skip


def test_an_empty_action_may_go_on_with_the_one_above_and_does_when_somebody_says_so():
    plan = understood(BY_THEME)
    (empty,) = [row for row in plan.rows if Lack.TEXT in row.lacks]
    assert empty.may_continue
    assert empty.numbers == ("1", "3")
    mended = understood(BY_THEME, mended={empty.row: Mended(kind=RowKind.CONTINUED)})
    trained = row_saying(mended, "Train nurses")
    assert trained.numbers == ("2", "4", "1", "3")
    assert trained.themes == ("Professional Curiosity", "Ownership and Accountability")
    assert next(row for row in mended.rows if row.row == empty.row).continues == trained.row
    assert len(mended.rows) == len(plan.rows)


def test_a_date_that_was_read_wrongly_can_be_taken_out():
    read = row_saying(understood(BY_THEME), "Agree a protocol")
    assert (read.due_on, read.lacks) == (date(2027, 5, 31), (Lack.OWNER_NAME,))
    shown = typed_of(read)
    cleared = mended_by(replace(shown, due_on=None), shown, Mended())
    mended = row_saying(
        understood(BY_THEME, mended={read.row: mended_from(kept_mended(cleared))}), "Agree a protocol"
    )
    assert (mended.due_on, mended.due_printed) == (None, "May 2027")
    assert Lack.DUE in mended.lacks
    typed = mended_by(replace(typed_of(mended), due_on=date(2027, 6, 1)), typed_of(mended), cleared)
    again = row_saying(understood(BY_THEME, mended={read.row: typed}), "Agree a protocol")
    assert (again.due_on, again.lacks) == (date(2027, 6, 1), (Lack.OWNER_NAME,))


def test_what_a_person_mends_holds():
    row = row_saying(understood(BY_THEME), "Promote this").row
    decided = Mended(
        numbers=("4",), text="Say it at every meeting", owner_name="Asha Rahman", owner_role="Sergeant",
        organisation_ref="org-police", due_on=date(2027, 9, 30),
    )  # fmt: skip
    plan = understood(BY_THEME, mended={row: decided})
    mended = row_saying(plan, "Say it at every meeting")
    assert (mended.numbers, mended.due_on, mended.lacks) == (("4",), date(2027, 9, 30), ())
    assert mended.owners[0] == Post("NSCB Business anager", "Asha Rahman", "Sergeant", "org-police")
    assert mended.due_printed == "Ongoing"
    chosen = understood(BY_THEME, mended={row: replace(decided, answers=("6-2",))})
    assert row_saying(chosen, "Say it at every meeting").answers == ("6-2",)
    left = understood(BY_THEME, mended={row: Mended(kind=RowKind.LEFT_OUT)})
    assert tallies(left).left_out == 1
    assert len(left.rows) == len(plan.rows)


def test_a_post_that_is_mended_once_is_mended_in_every_row():
    same = next(
        post for post in understood(BY_THEME).posts if "Adviser – Education Safeguarding" in post.spellings
    )
    assert same.spellings == (
        "Education Safeguarding Adviser",
        "Adviser – Education Safeguarding",
        "Children's Services Adviser – Education Safeguarding",
    )
    merged = Post("", "Jo Hart", "Education Safeguarding Adviser", "org-cs")
    plan = understood(BY_THEME, posts=dict.fromkeys(same.spellings, merged))
    assert [row.owners[0].name for row in plan.rows if row.row in same.rows] == ["Jo Hart"] * 3
    assert tallies(plan).without_name == 3


def test_a_number_that_no_recommendation_has_is_to_be_mended():
    plan = understood(BY_THEME.replace("\n2 & 4\t", "\n2 & 21\t"))
    trained = row_saying(plan, "Train nurses")
    assert Lack.NUMBER in trained.lacks
    assert "There is no recommendation 21 in this plan." in trained.said


def test_findings_above_tables_are_what_the_actions_answer():
    plan = understood(BY_FINDING)
    assert [(one.number, one.text, one.rows) for one in plan.recommendations] == [
        ("2", "Assessments followed the parents and not the children.", (2, 3, 4)),
        ("4", "Missed appointments were counted by nobody.", (5,)),
    ]
    assert plan.recommendations[0].response == "The board has made the voice of the child its priority."
    assert sentences(plan) == ["There are no findings 1 and 3."]
    assert row_saying(plan, "Write the standards").said[0] == "No finding stands above this table."
    assert "No finding stands above this table; it was taken to go on with finding 2." in (
        row_saying(plan, "Visit when").said
    )
    assert row_saying(plan, "Ask them again").outcome == "Children are heard"


def test_several_owners_and_dates_in_a_cell_belong_together():
    plan = understood(BY_FINDING)
    first = row_saying(plan, "Write the standards")
    assert [owner.role for owner in first.owners] == ["Children's Services", "PIQAG"]
    assert first.owners[0].organisation_ref == "org-cs"
    assert [(step.text, step.due_on) for step in first.steps] == [
        ("Write the standards", date(2026, 12, 31)), ("Train on them", date(2027, 4, 30)),
    ]  # fmt: skip
    second = plan.rows[1]
    assert [owner.role for owner in second.owners] == ["Early Help Board", "PIQAG"]
    assert [step.text for step in second.steps] == ["Early Help Board", "Audit"]
    assert row_saying(plan, "Visit when").owners[0].of_board


def test_a_plan_with_recommendations_and_actions_side_by_side():
    plan = understood(
        "No\tRecommendation\tAction\tLead\tBy when\tRAG\tProgress\n"
        "1\tTrain staff\tBook a room\tAlex Osei, Head of HR\tMay 2027\tGreen\tBooked.\n"
        "\t\tBook a trainer\tHead of HR\tJun 2027\tRed\t\n"
        "2\tAsk children\t\t\t\t\t\n"
    )
    assert [(one.number, one.text, one.rows) for one in plan.recommendations] == [
        ("1", "Train staff", (1, 2)), ("2", "Ask children", ()),
    ]  # fmt: skip
    assert [row.status for row in plan.rows] == ["on_track", "at_risk", ""]
    assert (plan.rows[0].lacks, plan.rows[0].progress) == ((), "Booked.")
    assert sentences(plan) == ["Recommendation 2 has no action of its own."]


def test_a_plan_that_only_numbers_its_recommendations():
    plan = understood(
        "Rec No.\tTheme\tAction\tOwner\n1\tVoice\tAsk\tHead of HR\n2\tVoice\tAsk again\tHead of HR\n"
    )
    assert [(one.number, one.text, one.themes) for one in plan.recommendations] == [
        ("1", "Recommendation 1", ("Voice",)), ("2", "Recommendation 2", ("Voice",)),
    ]  # fmt: skip


@pytest.mark.real
def test_the_published_plan_with_themes_and_its_known_flaws():
    plan = published("case-p")
    assert tallies(plan) == Tallies(
        rows=52, recommendations=17, actions=35, continued=0, left_out=0, without_owner=10, without_name=25,
        without_date=10, open_ended=2, unclear=1, without_text=5, complete=1,
    )  # fmt: skip
    assert sentences(plan) == [
        "Number 16 is used for 2 recommendations.",
        "There is no recommendation 15.",
        "Recommendation 17 has no action of its own. Only what answers every recommendation answers it.",
    ]
    assert [row.row for row in plan.rows if row.kind == RowKind.ACTION and len(row.themes) == 2] == [42]
    adviser = next(post for post in plan.posts if "Adviser – Education Safeguarding" in post.spellings)
    # Two orders of words, each with and without the body in front.
    assert len(adviser.spellings) == 4
    assert any(
        {"NSCB Business Manager", "NSCB Business anager"} == set(post.spellings) for post in plan.posts
    )
    assert {one.number: len(one.themes) for one in plan.recommendations} == dict.fromkeys(
        [*map(str, range(1, 15)), "16", "17"], 1
    )


@pytest.mark.real
def test_the_published_plan_with_findings_and_open_dates():
    plan = published("case-l")
    figures = tallies(plan)
    assert (figures.rows, figures.actions, figures.recommendations) == (19, 19, 6)
    assert (figures.without_owner, figures.without_name, figures.without_date) == (0, 19, 0)
    assert figures.open_ended == 2
    assert not any(row.evidence for row in plan.rows)
    assert sum(bool(row.resources) for row in plan.rows) == 15
    assert [one.number for one in plan.recommendations] == ["2", "3", "4", "5", "6", "8"]
    assert all(row.outcome for row in plan.rows)
