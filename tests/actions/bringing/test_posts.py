"""Who owns an action, as cells of plans say it."""

import pytest

from s11.actions.bringing.posts import alike, owners_in, post_of, posts_of
from tests.actions.bringing.plans import KNOWN


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("NSCB Business Manager & Named GP", ["NSCB Business Manager", "Named GP"]),
        (
            "NSCB Business Manager & Chairs of Education & Health Advisory Group",
            ["NSCB Business Manager", "Chairs of Education & Health Advisory Group"],
        ),
        (
            "Principal Social Worker, Head of QA and AD Performance & Quality",
            ["Principal Social Worker", "Head of QA", "AD Performance & Quality"],
        ),
        ("CCS – Service Director, CYP Health Services", ["CCS – Service Director, CYP Health Services"]),
        ("Children's Services/all agencies", ["Children's Services", "all agencies"]),
        ("Children's Services & PIQAG", ["Children's Services", "PIQAG"]),
        ("Health and Wellbeing Board", ["Health and Wellbeing Board"]),
        ("CSA Lead (Chief Superintendent, Police)  Training Manager",
         ["CSA Lead (Chief Superintendent, Police)", "Training Manager"]),
        ("Head of HR\nHead of IT; Head of HR", ["Head of HR", "Head of IT"]),
        ("TBC", []),
    ],
)  # fmt: skip
def test_a_cell_is_taken_apart_where_two_stand_in_it(cell, owners):
    assert owners_in(cell, KNOWN) == owners


def test_a_lost_line_is_found_by_owners_that_stand_alone_elsewhere():
    alone = {"NSCB Business Manager", "NSCB Board", "PIQAG"}
    assert owners_in("NSCB Business Manager NSCB Board", KNOWN, alone) == [
        "NSCB Business Manager",
        "NSCB Board",
    ]
    assert owners_in("Early Help Board PIQAG", KNOWN, alone) == ["Early Help Board", "PIQAG"]
    assert owners_in("Children's Services Head of QA", KNOWN, {"Children's Services"}) == [
        "Children's Services Head of QA"
    ]


@pytest.mark.parametrize(
    ("cell", "name", "role", "organisation", "of_board"),
    [
        ("Asha Rahman", "Asha Rahman", "", "", False),
        ("Tom O'Neill, Head of Safeguarding", "Tom O'Neill", "Head of Safeguarding", "", False),
        ("Designated Nurse (Priya Shah)", "Priya Shah", "Designated Nurse", "", False),
        ("Children's Services Head of QA", "", "Children's Services Head of QA", "org-cs", False),
        ("Superintendent, Northshire Police", "", "Superintendent, Northshire Police", "org-police", False),
        ("NSCB Business Manager", "", "NSCB Business Manager", "", True),
        ("Public Health", "", "Public Health", "", False),
    ],
)
def test_names_posts_organisations_and_the_board_itself(cell, name, role, organisation, of_board):
    post = post_of(cell, KNOWN)
    assert (post.name, post.role, post.organisation_ref, post.of_board) == (
        name,
        role,
        organisation,
        of_board,
    )
    assert post.printed == cell


def test_two_people_in_a_cell_are_two():
    assert [post.name for post in posts_of("Tom O'Neill and Jane Ford", KNOWN)] == [
        "Tom O'Neill",
        "Jane Ford",
    ]


def test_what_somebody_said_is_another_post_is_not_suggested_again():
    printed = [("Education Safeguarding Adviser", 4), ("Adviser – Education Safeguarding", 5),
               ("Education Safeguarding Advisor", 6), ("Head of QA", 7)]  # fmt: skip
    assert [post.spellings for post in alike(printed)] == [
        (
            "Education Safeguarding Adviser",
            "Adviser – Education Safeguarding",
            "Education Safeguarding Advisor",
        ),
        ("Head of QA",),
    ]
    asha = ("Asha Rahman", "Adviser")
    decided = dict.fromkeys(("Education Safeguarding Adviser", "Education Safeguarding Advisor"), asha)
    assert [post.spellings for post in alike(printed, decided)] == [
        ("Education Safeguarding Adviser", "Education Safeguarding Advisor"),
        ("Adviser – Education Safeguarding",),
        ("Head of QA",),
    ]
    # Whatever is spelt quite otherwise is one post with those of which the same was said.
    assert len(alike(printed, {**decided, "Head of QA": asha})) == 2


def test_spellings_of_one_post_are_suggested_and_other_posts_are_not():
    found = alike(
        [
            ("NSCB Business Manager", 1),
            ("NSCB Business anager", 2),
            ("NSCB Business Manager", 3),
            ("Education Safeguarding Adviser", 4),
            ("Adviser – Education Safeguarding", 5),
            ("Children's Services Adviser – Education Safeguarding", 6),
            ("Workforce Development Manager", 7),
            ("Workforce Development Officer", 8),
            ("Chair Health Advisory Group", 9),
            ("Chair Education Advisory Group", 10),
        ]
    )
    assert [(post.spellings, post.rows) for post in found if len(post.spellings) > 1] == [
        (("NSCB Business Manager", "NSCB Business anager"), (1, 2, 3)),
        (
            (
                "Education Safeguarding Adviser",
                "Adviser – Education Safeguarding",
                "Children's Services Adviser – Education Safeguarding",
            ),
            (4, 5, 6),
        ),
    ]
    assert found[0].suggestion == "NSCB Business Manager"
    assert len(found) == 6
