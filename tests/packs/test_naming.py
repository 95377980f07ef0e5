"""Names taken out of running text."""

import pytest

from s11.packs.plans.naming import Names

PEOPLE = (
    ("Asha Rahman", "Head of Protecting Vulnerable People"),
    ("Dr Peter Quillfeather", ""),
    ("Grace Young", "Named Nurse"),
    ("Siobhán O’Brien", "DSL"),
    ("Tom Smith-Jones", "Lead officer"),
    ("Anne Harbour", "Chair"),
    ("Detective Inspector Ruth Vale", "Detective Inspector"),
)
HEAD = "Head of Protecting Vulnerable People"


def names() -> Names:
    return Names(PEOPLE, keep=["Harbour Housing"], used=["We listen to young people."])


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("Asha Rahman will write it.", f"The {HEAD} will write it."),
        ("We met ASHA\u00a0 RAHMAN's team.", f"We met the {HEAD}'s team."),
        ("Agreed with Rahman, Asha.", f"Agreed with the {HEAD}."),
        ("Agreed with Asha Jane Rahman.", f"Agreed with the {HEAD}."),
        ("Mr. A. Rahman agreed; so did Asha.", f"The {HEAD} agreed; so did the {HEAD}."),
        ("Dr Quillfeather and Peter Quillfeather", "A named person and a named person"),
        ("Ask Siobhán O'Brien or O’Brien.", "Ask the DSL or the DSL."),
        ("Smith-Jones leads.", "The Lead officer leads."),
        ("DI Vale and Detective Inspector Ruth Vale", "The Detective Inspector and the Detective Inspector"),
        ("Led by Mrs Nobody Knowne.", "Led by a named person."),
        ("Ask asha.rahman@police.example, 01603 123456.", "Ask an e-mail address, a telephone number."),
        ("See Minutes_2026.pdf.", "See a document."),
    ],
)  # fmt: skip
def test_a_name_becomes_a_role(text: str, public: str) -> None:
    assert names().without(text) == public


def test_what_is_an_ordinary_word_too_is_left_and_pointed_out() -> None:
    found = names()
    assert found.without("Young people say Young spoke with grace.") == (
        "Young people say Young spoke with grace."
    )
    assert found.left["Young"] == 2


def test_what_somebody_says_is_a_name_is_replaced_though_it_is_a_word_too() -> None:
    found = Names(PEOPLE, used=["young people"], always=["Young", "Baby T"])
    assert found.without("Young told young people of Baby T.") == (
        "A named person told young people of a named person."
    )


def test_the_name_of_an_organisation_stays() -> None:
    assert names().without("Harbour Housing asked Anne Harbour.") == "Harbour Housing asked the Chair."


def test_words_that_look_like_a_name_are_pointed_out() -> None:
    found = names()
    found.without("Last week the mother of Jasper Winterbourne rang.")
    assert found.left == {"Jasper Winterbourne": 1}


def test_text_without_names_stays_as_it_is_to_the_letter() -> None:
    found = names()
    assert found.without("The tool’s in use – since March.") == "The tool’s in use – since March."
    assert not found.replaced
