"""Each rule of enquiry: what raises its question, in which words, and what does not."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from s11.challenge.enquiries.facts import Doubted, Peers, Proof, Standing, listed
from s11.challenge.enquiries.pages import varied
from s11.challenge.enquiries.rules import RULES, TITLES, suggestions
from s11.moderation.marks import Mark
from tests.challenge.enquiries.facts import (
    LEADING,
    LISTENING,
    LONG,
    OTHER,
    a_line,
    about,
    before,
    peers,
    promise,
    raised,
    rated,
    whole,
)


def only(rule, one, all_=None):
    (found,) = raised(rule, one, all_)
    return found


def test_a_moderated_rating_that_is_not_accepted_is_asked_about_in_its_own_words():
    line = a_line(own="G", moderated=rated("A"), refused="The sample was from before the change.")
    found = only("not-accepted", about(line))
    assert found.why == (
        "Northshire Police rated 4.2 “Green”, the moderator “Amber”. It says: “The sample was from before "
        "the change.”"
    )
    assert not raised("not-accepted", about(replace(line, refused=None)))


def test_two_levels_above_the_moderator_and_not_one():
    assert only("far-above-moderator", about(a_line(moderated=rated("R")))).why == (
        "Northshire Police rated 4.2 “Green”, which is two levels above the moderator’s “Red”."
    )
    for second in "AGN-":
        assert not raised("far-above-moderator", about(a_line(moderated=rated(second))))


def test_one_level_above_the_moderator_is_asked_about_when_it_is_often():
    above = [a_line(f"4.{n}", moderated=rated("A")) for n in range(1, 4)]
    same = [a_line(f"5.{n}", moderated=rated("G")) for n in range(6)]
    found = only("often-above", about(*above, *same))
    assert "rated 3 of 9 moderated criteria one level above the moderator: 4.1, 4.2 and 4.3." in found.why
    assert not raised("often-above", about(*above, *same, a_line("6.1", moderated=rated("G"))))
    assert not raised("often-above", about(*above[:2]))


def test_everything_at_the_best_level_says_how_much_of_it_shows_nothing():
    lines = [a_line(f"4.{n}") for n in range(4)]
    found = only("everything-best", about(*lines, a_line("4.9", proof=()), kind="school"))
    assert found.why == "Northshire Police rated all 5 of its criteria “Green”; 1 of them shows no evidence."
    assert found.question.startswith("Every rating of your school is at the best level.")
    assert not raised("everything-best", about(*lines))  # four ratings are too few to say it of
    assert not raised("everything-best", about(*lines, a_line("5.1"), a_line("5.2", "A")))


def test_the_lowest_rating_without_an_action_is_put_together_by_standard():
    bare = [a_line(f"4.{n}", "R", has_action=False) for n in (1, 3)]
    found = only("worst-without-action", about(*bare, a_line("4.2", "A", has_action=False)))
    assert found.question == "What will be done about 4.1 and 4.3, by whom and by what day?"
    assert (found.standard, found.criterion_key, found.rank) == (LISTENING, "", 89)
    assert not raised("worst-without-action", about(a_line("4.1", "R")))


def test_an_overdue_action_is_named_with_its_days():
    found = only("action-overdue", about(a_line(), promises=(promise(),)))
    assert found.why == (
        "Northshire Police promised this about 4 Listening to children for 31 January 2027; by 31 March 2027 "
        "it is 59 days overdue."
    )
    assert found.question.startswith("You promised: “Read forty records.” It was due on 31 January 2027.")
    assert found.action == "act"
    assert not raised("action-overdue", about(a_line(), promises=(promise(due_on=date(2027, 3, 31)),)))


def test_several_overdue_actions_of_a_standard_are_one_question_about_the_oldest():
    older = promise("older", due_on=date(2026, 6, 30), text="Train all staff.")
    found = only("action-overdue", about(a_line(), promises=(promise(), older)))
    assert found.action == "older" and found.why.endswith("There is one more like it.")


def test_an_action_about_nothing_that_is_asked_is_a_question_of_its_own():
    lost = promise("lost", standard_key="retired")
    found = only("action-overdue", about(a_line(), promises=(lost,)))
    assert (found.key, found.standard) == ("action-overdue:police:lost", None)


def test_the_key_of_an_action_stays_the_same_when_the_return_comes_in():
    one, asked = (
        about(promises=(promise(criterion_key="key-4.2"),)),
        whole(criteria={"key-4.2": a_line(own="-")}),
    )
    before_it = only("action-overdue", one, asked)
    assert before_it.key == "action-overdue:police:key-4.2" and "promised this about 4.2 for" in before_it.why
    assert only("action-overdue", replace(one, lines=(a_line(),)), asked).key == before_it.key


def test_a_completion_date_that_moved_is_asked_about_until_it_is_overdue():
    later = promise(due_on=date(2027, 6, 30))
    found = only("action-moved", about(a_line(), promises=(later,)))
    assert "by 150 days, from 31 January 2027 to 30 June 2027." in found.why
    assert not raised("action-moved", about(a_line(), promises=(promise(),)))
    assert not raised(
        "action-moved", about(promises=(promise(due_on=later.due_on, first_due_on=later.due_on),))
    )


def test_not_applicable_claimed_by_one_health_trust_of_four():
    trusts = ("health trust", "health trusts")
    one = about(a_line(own="N"), name="Harbour NHS Trust", peers=peers("NGGA", name=trusts))
    assert only("away-alone", one).why == (
        "4.2 is claimed not to apply by one health trust of four: Harbour NHS Trust; three rated it."
    )
    for letters in ("NNGA", "NG", "N"):
        assert not raised("away-alone", replace(one, peers=peers(letters, name=trusts)))
    assert not raised("away-alone", about(a_line(own="A"), peers=peers("NGGA")))


def test_of_many_schools_a_few_that_claim_not_applicable_are_asked():
    one = about(a_line(own="N"), peers=peers("NN" + 38 * "G"))
    assert "by two schools of 40:" in only("away-alone", one).why
    assert not raised("away-alone", replace(one, peers=peers("NNN" + 38 * "G")))


def test_the_only_one_of_its_kind_below_the_best():
    one = about(a_line(own="A"), name="Hill Primary School", kind="school", peers=peers("AGGGG"))
    assert only("alone-among-kind", one).why == (
        "Hill Primary School is the only one of 5 schools that rated 4.2 below the best level: “Amber”."
    )
    assert not raised("alone-among-kind", replace(one, peers=peers("AGGGA")))
    assert not raised("alone-among-kind", about(a_line(), peers=peers("GGGGG")))


def test_a_small_group_raises_nothing_by_itself_and_is_compared_with_everybody():
    everybody = peers("AGGGGGG", name=("organisation", "organisations"))
    one = about(a_line(own="A"), peers=peers("AGGG"))
    assert not raised("alone-among-kind", one)
    assert "the only one of 7 organisations" in only("alone-among-all", one, whole(everybody=everybody)).why
    assert not raised("alone-among-all", one, whole(everybody=peers("AGGG")))
    assert not raised("alone-among-all", replace(one, peers=peers("AGGGG")), whole(everybody=everybody))


def test_far_below_the_middle_of_the_others():
    one = about(a_line(own="R"), peers=peers("RGGGA"))
    assert only("far-from-peers", one).why == (
        "Northshire Police rated 4.2 “Red”; 4 of 5 schools rated it higher."
    )
    assert not raised("far-from-peers", about(a_line(own="A"), peers=peers("AGGGA")))
    assert not raised("far-from-peers", about(a_line(own="R"), peers=peers("RAAAG")))
    assert not raised("far-from-peers", about(a_line(own="R"), peers=peers("RGGGG")))  # alone: asked already


@pytest.mark.parametrize("grade", ["Requires improvement", "Inadequate", "Not met"])
def test_a_grade_below_good_beside_the_best_leadership(grade):
    one = about(a_line("1.1", standard=LEADING), a_line("4.2", "A"), kind="school", grade=grade)
    assert only("below-good", one).question == (
        f"The last inspection of your school said “{grade}”. What has changed since, that you rate 1 "
        "Leadership and accountability at the best level throughout?"
    )
    assert not raised("below-good", replace(one, grade="Good"))
    assert not raised("below-good", replace(one, lines=(a_line("1.1", "A", LEADING), a_line("4.2"))))


def test_an_inspections_action_is_open_and_the_standard_is_the_best():
    told = promise(of_inspection=True, source_title="JTAI", due_on=date(2028, 1, 1))
    one = about(a_line("4.1"), a_line("4.2"), promises=(told,))
    assert only("inspection-unfinished", one).why == (
        "Northshire Police has not completed an action of an inspection (JTAI), and 4.1 and 4.2 are rated "
        "“Green”."
    )
    assert not raised("inspection-unfinished", replace(one, lines=(a_line("4.1"), a_line("4.2", "A"))))
    assert not raised("inspection-unfinished", replace(one, promises=(replace(told, of_inspection=False),)))


def test_an_inspections_action_without_a_standard_is_held_against_all_ratings():
    told = promise(of_inspection=True, standard_key="")
    one = about(*(a_line(f"4.{n}") for n in range(3)), a_line("5.1", "A"), promises=(told,))
    assert "3 of 4 ratings are at the best level" in only("inspection-unfinished", one).why
    assert not raised("inspection-unfinished", replace(one, lines=(*one.lines, a_line("5.2", "R"))))


def test_the_best_rating_without_evidence_is_put_together_by_standard():
    one = about(a_line("4.1", proof=()), a_line("4.2", proof=()), a_line("4.3"), a_line("4.4", "A", proof=()))
    assert only("best-without-evidence", one).why == (
        "In 4 Listening to children Northshire Police rated 3 criteria at the best level and shows no "
        "evidence for 4.1 and 4.2."
    )
    assert only("best-without-evidence", about(a_line(proof=()))).why.endswith(
        "rated 1 criterion at the best level and shows no evidence for it."
    )
    assert not raised("best-without-evidence", about(a_line("4.1"), a_line("4.4", "A", proof=())))


def test_the_best_rating_on_old_evidence_only():
    old = Proof("d", "Audit of 2021", "was added in May 2021")
    assert (
        "“Audit of 2021” was added in May 2021."
        in only("best-with-old-evidence", about(a_line(proof=(old,)))).why
    )
    assert not raised("best-with-old-evidence", about(a_line(proof=(old, Proof("e", "Audit")))))
    assert not raised("best-with-old-evidence", about(a_line(own="A", proof=(old,))))


def test_one_document_for_many_answers():
    lines = [a_line(f"4.{n}", proof=(Proof("policy", "Safeguarding policy"),)) for n in range(1, 6)]
    assert only("evidence-reused", about(*lines)).why == (
        "Northshire Police shows “Safeguarding policy” for 5 criteria rated at the best level: 4.1, 4.2, "
        "4.3, 4.4 and 4.5."
    )
    assert not raised("evidence-reused", about(*lines[:4], a_line("4.9")))


def test_the_best_rating_for_three_years_with_the_same_words():
    years = before(("2026", "G", LONG), ("2025", "G", LONG))
    assert only("same-words", about(a_line(before=years))).why == (
        "Northshire Police rated 4.2 “Green” in 2025 and 2026 and again this year, with the same words each "
        "time."
    )
    for others in (
        before(("2026", "G", LONG), ("2025", "A", LONG)),
        before(("2026", "G", LONG), ("2025", "G", OTHER)),
        before(("2026", "G", LONG)),
        before(("2026", "G", LONG), ("2025", "G", LONG), comparable=False),
    ):
        assert not raised("same-words", about(a_line(before=others)))


def test_a_rating_that_fell_names_both_years():
    found = only("fell", about(a_line(own="R", before=before(("2026", "G", OTHER)))))
    assert found.why == "Northshire Police rated 4.2 “Green” in 2026 and “Red” this year."
    assert found.rank == 80
    assert not raised("fell", about(a_line(own="R", before=before(("2026", "G", OTHER), comparable=False))))
    assert not raised("fell", about(a_line(own="A", before=before(("2026", "R", OTHER)))))
    assert not raised("fell", about(a_line(own="R", before=before(("2026", "N", "")))))


def test_a_rating_that_rose_by_two_levels_needs_words():
    rose = before(("2026", "R", LONG))
    assert only("rose-without-words", about(a_line(before=rose))).why == (
        "Northshire Police rated 4.2 “Red” in 2026 and “Green” this year, in the same words as then."
    )
    assert (
        "with 3 words behind it"
        in only("rose-without-words", about(a_line(words="It is done.", before=rose))).why
    )
    assert not raised("rose-without-words", about(a_line(words=OTHER, before=rose)))
    assert not raised("rose-without-words", about(a_line(own="A", before=rose)))


def test_a_doubt_that_was_hardly_explained():
    doubt = Doubted("open-ended", "4.2 says “ongoing”. By what day?", "See above.")
    found = only("doubt-unexplained", about(a_line(doubts=(doubt,))))
    assert found.why == (
        "Northshire Police signed with this doubt: 4.2 says “ongoing”. By what day? It was answered with "
        "“See above.”."
    )
    silent = replace(doubt, reason="")
    assert (
        "Nobody explained it. There is one more"
        in only("doubt-unexplained", about(a_line(doubts=(silent, doubt)))).why
    )
    explained = replace(doubt, reason="The panel set the day in its meeting of March.")
    elsewhere = replace(silent, code="best-without-evidence")
    assert not raised("doubt-unexplained", about(a_line(doubts=(explained, elsewhere))))


def test_a_late_return_says_by_how_much():
    assert (
        only("late", about(days_late=9)).why
        == "The return of Northshire Police came in 9 days after its day."
    )
    assert "is not in, 30 days after its day" in only("late", about(days_late=30, is_in=False)).why
    assert not raised("late", about(days_late=2))


def test_a_return_that_was_sent_back():
    assert "was sent back two times" in only("sent-back", about(times_sent_back=2)).why
    assert not raised("sent-back", about())


def test_good_practice_the_moderator_marked_is_a_question_too():
    found = only("good-practice", about(a_line(mark=Mark.GOOD_PRACTICE)))
    assert (
        found.why
        == "The moderator marked 4.2 of Northshire Police (rated “Green”) as good practice to share."
    )
    assert not raised("good-practice", about(a_line(mark=Mark.TO_IMPROVE)))


def test_a_standard_weak_for_most_is_asked_of_the_one_that_is_ahead():
    weak = Standing(LISTENING, 12, 40, 8, 6, ahead_id=7, ahead_best=4, ahead_counted=5)
    found = only("weak-everywhere", about(), whole(standards=(weak,)))
    assert found.why == (
        "In 4 Listening to children 12 of 40 ratings are at the best level, and 6 of 8 organisations rated "
        "less than half of it so. Northshire Police rated 4 of 5 so, the largest share."
    )
    for other in (
        replace(weak, ahead_id=8),
        replace(weak, organisations=4, below=3),
        replace(weak, best=20),
        replace(weak, below=4),
    ):
        assert not raised("weak-everywhere", about(), whole(standards=(other,)))


def test_the_most_urgent_stands_first():
    one = about(
        a_line("4.1", moderated=rated("R")),
        a_line("4.2", proof=()),
        a_line("4.3", "R", before=before(("2026", "A", OTHER)), has_action=False),
        days_late=3,
    )
    found = suggestions(one, whole())
    assert [one.rule for one in found] == [
        "far-above-moderator", "worst-without-action", "fell", "best-without-evidence", "late",
    ]  # fmt: skip
    assert [one.rank for one in found] == sorted((one.rank for one in found), reverse=True)


def test_a_case_adds_at_most_twenty_and_a_must_five():
    ages = promise(due_on=date(2022, 1, 1), criterion_key="key-4.2")
    assert only("action-overdue", about(a_line(), promises=(ages,))).rank == 100
    assert only("action-overdue", about(a_line(must=True), promises=(ages,))).rank == 105


def test_the_key_of_a_suggestion_is_the_same_whatever_the_figures():
    few = about(a_line("4.1", proof=()), a_line("4.2"))
    more = about(a_line("4.1", proof=()), a_line("4.2", proof=()))
    assert (
        only("best-without-evidence", few).key
        == only("best-without-evidence", more).key
        == "best-without-evidence:police:listening"
    )
    assert only("fell", about(a_line(own="A", before=before(("2026", "G", ""))))).key == "fell:police:key-4.2"


def test_what_a_form_sends_is_as_short_as_a_choice_and_names_the_organisation():
    # More than 20 letters would be given back as words that somebody typed.
    (found,) = raised("sent-back", about(times_sent_back=1, ref="abcdefghjkmn"))
    assert found.mark.startswith("abcdefghjkmn.") and len(found.mark) == 20


def test_no_two_suggestions_have_the_same_key():
    lines = [a_line(f"4.{n}", "GAR"[n % 3], proof=(), has_action=False) for n in range(1, 7)]
    some = (promise("one"), promise("two", due_on=date(2026, 1, 1)), promise("three", standard_key=""))
    keys = [one.key for one in suggestions(about(*lines, promises=some), whole())]
    assert len(keys) == len(set(keys)) == 4


def test_nothing_known_suggests_nothing():
    assert suggestions(about(), whole()) == []


def test_words_of_people_with_braces_are_printed_as_they_are():
    found = only("action-overdue", about(a_line(), promises=(promise(text="Use {name} and {0}."),)))
    assert "“Use {name} and {0}.” It" in found.question


def test_the_table_names_each_rule_once_with_how_it_counts_most_urgent_first():
    assert len(TITLES) == len(RULES) and all(rule.counted.endswith(".") for rule in RULES)
    assert [rule.weight for rule in RULES] == sorted((rule.weight for rule in RULES), reverse=True)
    assert all(len(rule.code) <= 40 for rule in RULES)


def test_many_numbers_are_cut_short():
    assert listed([str(n) for n in range(1, 10)]) == "1, 2, 3, 4, 5 and 4 more"


def test_the_first_shown_are_varied_and_stay_in_their_order():
    alone = [a_line(f"4.{n}", "A") for n in range(4)]
    everybody = Peers(size=6, places={line.key: Counter({0: 5, 1: 1}) for line in alone})
    one = about(*alone, a_line("4.9", proof=()), days_late=3)
    found = suggestions(one, whole(everybody=everybody))
    assert [one.number for one in found] == ["4.0", "4.1", "4.2", "4.3", "", ""]
    assert [one.number for one in varied(found, 4)] == ["4.0", "4.1", "", ""]
    assert [one.number for one in varied(found, 5)] == ["4.0", "4.1", "4.2", "", ""]
    assert varied(found, 9) == found
