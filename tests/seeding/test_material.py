"""The files of the demonstration fit each other and the questionnaires."""

import re

from s11.core.config import PROJECT
from s11.questionnaires.format import QuestionnaireFile, read
from s11.seeding.asking import FILES
from s11.seeding.material import Material
from s11.seeding.words import SLOT, year_slots


def questionnaire(code: str) -> QuestionnaireFile:
    path = PROJECT / "seeds" / "questionnaires" / FILES[code]
    return read(path.read_text(encoding="utf-8"), path.name)


def test_every_criterion_has_words_for_every_level_and_nothing_unknown_in_them(material: Material) -> None:
    years = year_slots(2026)
    for code in FILES:
        framework = code.partition("-")[0]
        known = set(material.answering(framework)[0].slots) | set(years)
        for criterion in questionnaire(code).criteria:
            narrative = material.narratives[framework][criterion.key]
            for text in [
                *(t for level in narrative.variants.values() for t in level),
                narrative.moderated_down,
            ]:
                assert {slot for _, slot in SLOT.findall(text)} <= known, (criterion.key, text)


def test_the_story_speaks_only_of_organisations_there_are(material: Material) -> None:
    story, keys = material.story, set(material.by_key)
    named = {
        *story["joined"],
        *(key for late in story["late"].values() for key in late),
        *story["resubmitted"].values(),
        *(told["organisation"] for told in story["extensions"].values()),
        *(key for settled in story["settled"].values() for key in settled),
        *story["applies"],
        *story["does_not_apply"],
        *(key for stages in story["standing"].values() for bodies in stages.values() for key in bodies),
        *(key for shown in story["shown"].values() for key in shown),
    }
    assert named <= keys


def test_the_story_speaks_only_of_criteria_there_are(material: Material) -> None:
    asked = {criterion.key for code in FILES for criterion in questionnaire(code).criteria}
    story = material.story
    named = {key for by_body in story["settled"].values() for ratings in by_body.values() for key in ratings}
    for exceptions in (story["applies"], story["does_not_apply"]):
        named |= {key for keys in exceptions.values() for key in keys}
    assert named <= asked


def test_every_action_of_the_challenge_day_has_a_sequel(material: Material) -> None:
    outcomes = material.partnership["challenge_day_last_year"]["outcomes"]
    promised = {(o["agency"], o["standard"]) for o in outcomes if o["action"]}
    assert promised == {(f["agency"], f["standard"]) for f in material.story["followups"]}


def test_an_address_belongs_to_one_person(material: Material) -> None:
    names: dict[str, set[str]] = {}
    for person in [*material.board, *(person for body in material.bodies for person in body.people)]:
        names.setdefault(person.email, set()).add(person.name)
        assert re.fullmatch(r"[a-z.-]+@[a-z0-9.-]+\.example", person.email), person.email
    assert all(len(those) == 1 for those in names.values())
