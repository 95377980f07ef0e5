"""What is asked beside the ratings: about the whole return, in a standard, beside a criterion."""

import io

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.people import queries as people
from s11.returns import queries
from s11.returns.operations import FieldChange, save_fields
from s11.returns.sealing import unseal
from tests.evidence import corpus
from tests.factories.audit import an_audit
from tests.factories.world import POLICE_DEPUTY, POLICE_HELPER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database

TOP = """
fields:
- {code: contact, label: Substitute contact, required: true}
- {code: staff, label: Staff who work with children, kind: number}
- {code: trained, label: Last trained on, kind: date}
- {code: rooms, label: Do you let rooms?, kind: yes_no}
- {code: size, label: Size, kind: choice, options: [Small, Large]}
- {code: services, label: Services, kind: choices, options: [Housing, Advice, Sport]}
- code: people
  label: Trained people
  kind: table
  columns: [{code: name, label: Name}, {code: when, label: Trained on, kind: date}]
- {code: policy, label: The policy, kind: file}
each_criterion:
- {code: improve, label: Areas for improvement, kind: long_text}
- {code: deadline, label: Deadline, kind: date}
"""


@pytest.fixture
def audit(world: World) -> str:
    """The ref of the police's return to a cycle whose questionnaire asks all that."""
    return an_audit(world, top=TOP, of_standards={"1": "fields: [{code: view, label: Overall view}]"})


def names(app: Flask, ref: str) -> dict[str, str]:
    """Under which name each field is posted, by its code and the number of its criterion or standard."""
    with app.app_context():
        edition = queries.edition_of(queries.by_ref(ref))
        found = {field.code: f"f{field.id}-0" for field in edition.fields}
        for standard in edition.standards:
            found |= {f"{f.code} {standard.number}": f"f{f.id}-{standard.id}" for f in standard.fields}
            for criterion in standard.criteria:
                found |= {f"{f.code} {criterion.number}": f"f{f.id}-{criterion.id}" for f in criterion.fields}
        return found


def entered(app: Flask, ref: str) -> dict[str, object]:
    """What is kept, by the same names."""
    with app.app_context():
        return_ = queries.by_ref(ref)
        values = {
            f"f{field}-{subject}": value for (field, subject), value in queries.values_in(return_).items()
        }
    return {code: values[name] for code, name in names(app, ref).items() if name in values}


def test_every_kind_of_field_is_entered_and_shown_again(app: Flask, browser: Browser, audit: str) -> None:
    name = names(app, audit)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{audit}")
    assert "About the whole return 8 questions Not started" in page.text
    browser.open(f"/returns/{audit}/about")
    row = name["people"] + "-0-"
    browser.submit(
        "/about",
        **{
            name["contact"]: "Jo Ashworth", name["staff"]: "1,240", name["trained"]: "31/3/2026",
            name["rooms"]: "no", name["size"]: "Large", name["services"]: ["Housing", "Sport"],
            f"{row}name": "Ann Bell", f"{row}when": "2 Feb 2026",
        },
    )  # fmt: skip
    assert entered(app, audit) == {
        "contact": "Jo Ashworth",
        "staff": 1240,
        "trained": "2026-03-31",
        "rooms": False,
        "size": "Large",
        "services": ["Housing", "Sport"],
        "people": [{"name": "Ann Bell", "when": "2026-02-02"}],
    }
    assert "About the whole return 8 questions Completed" in browser.page.text
    page = browser.open(f"/returns/{audit}/about")
    data = page.form("/about").data()
    assert data[name["trained"]] == "31 3 2026" and data[name["rooms"]] == "no"
    assert data[f"{row}when"] == "2 2 2026"
    check = browser.open(f"/returns/{audit}/check").text
    assert "Staff who work with children 1,240" in check and "Last trained on 31 March 2026" in check
    assert "Do you let rooms? No" in check and "Housing, Sport" in check


def test_what_cannot_be_read_is_refused_at_its_field_and_the_rest_is_kept(
    app: Flask, browser: Browser, audit: str
) -> None:
    name = names(app, audit)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{audit}/about")
    page = browser.submit(
        "/about",
        status=422,
        **{name["contact"]: "Jo", name["staff"]: "about ten", name["trained"]: "31 2 2026"},
    )
    assert "Staff who work with children: Enter a number in figures" in page.text
    assert "Last trained on: Enter a date that exists" in page.text
    data = page.form("/about").data()
    assert data[name["staff"]] == "about ten" and data[name["trained"]] == "31 2 2026"
    assert entered(app, audit) == {"contact": "Jo"}
    browser.submit("/about", **{name["staff"]: "10", name["trained"]: "28 2 2026"})
    assert entered(app, audit) == {"contact": "Jo", "staff": 10, "trained": "2026-02-28"}


def test_a_row_that_cannot_be_read_says_which(app: Flask, browser: Browser, audit: str) -> None:
    name = names(app, audit)["people"]
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{audit}/about")
    fields = {f"{name}-0-name": "Ann", f"{name}-1-name": "Bo", f"{name}-1-when": "soon"}
    page = browser.submit("/about", status=422, **fields)
    assert "Trained people: Row 2, Trained on: Enter a date that exists" in page.text
    assert page.form("/about").data()[f"{name}-1-when"] == "soon"


def test_fields_beside_criteria_are_saved_with_them(app: Flask, browser: Browser, audit: str) -> None:
    name = names(app, audit)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{audit}/standards/1")
    browser.submit(
        "/standards/1", go="stay",
        **{name["improve 1.2"]: "Train the board.", name["deadline 1.2"]: "1 9 2027", name["view 1"]: "Fair"},
    )  # fmt: skip
    kept = {"improve 1.2": "Train the board.", "deadline 1.2": "2027-09-01", "view 1": "Fair"}
    assert entered(app, audit) == kept
    page = browser.submit("/standards/1", status=422, **{name["deadline 1.1"]: "ongoing"})
    assert "Deadline: Enter a date that exists" in page.text and entered(app, audit) == kept


def test_a_contributor_reads_what_is_asked_about_the_whole_return(browser: Browser, audit: str) -> None:
    browser.sign_in(POLICE_HELPER)
    page = browser.open(f"/returns/{audit}/about")
    assert "Your safeguarding lead answers it." in page.text
    assert not any(form.action.endswith("/about") for form in page.forms)


def test_of_two_people_both_entries_are_shown_and_none_is_lost(app: Flask, audit: str) -> None:
    name = names(app, audit)["contact"]
    one, other = Browser(app), Browser(app)
    one.sign_in(POLICE_LEAD)
    other.sign_in(POLICE_DEPUTY)
    for browser in (one, other):
        browser.open(f"/returns/{audit}/about")
    one.submit("/about", **{name: "Jo Ashworth"})
    page = other.submit("/about", status=412, **{name: "Lee Marsh"})
    assert "Pat Lead changed “Substitute contact” while you were typing." in page.text
    assert "It was: Jo Ashworth." in page.text and page.form("/about").data()[name] == "Lee Marsh"
    assert entered(app, audit) == {"contact": "Jo Ashworth"}
    other.submit("/about", **{name: "Jo Ashworth, or Lee Marsh"})
    assert entered(app, audit) == {"contact": "Jo Ashworth, or Lee Marsh"}


def test_what_is_required_stands_between_a_return_and_its_signature(
    app: Flask, browser: Browser, audit: str
) -> None:
    a_return(app, audit, "G A R N", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{audit}/about")
    assert "Saved. 1 needed question is still empty." in browser.submit("/about").text
    page = browser.open(f"/returns/{audit}/check")
    assert "Fill in “Substitute contact”" in page.text
    where = page.href("Fill in “Substitute contact”")
    assert where == f"/returns/{audit}/about?check=1"
    assert "Substitute contact: Fill this in." in browser.open(where).text


def test_a_file_is_put_into_a_field_and_opened_again(app: Flask, browser: Browser, audit: str) -> None:
    name = names(app, audit)["policy"].removeprefix("f").replace("-", "/")
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{audit}/fields/{name}/file")
    browser.submit("/file", file=(io.BytesIO(b"MZ\x90\x00 not a policy"), "policy.pdf"), status=422)
    page = browser.submit("/file", file=(io.BytesIO(b"%PDF-1.7 policy"), "policy.pdf"))
    assert "The policy: added." in page.text and "Change the file" in page.text
    assert browser.client.get(page.href("policy.pdf")).data == b"%PDF-1.7 policy"


def test_a_file_in_which_something_hides_is_asked_about_before_a_field_holds_it(
    app: Flask, browser: Browser, audit: str
) -> None:
    name = names(app, audit)["policy"].removeprefix("f").replace("-", "/")
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{audit}/fields/{name}/file")
    plan = corpus.tracked()
    page = browser.submit("/file", file=(io.BytesIO(plan), "plan.docx"))
    assert "Tracked changes: 2 insertions and 1 deletion by 2 people" in page.text
    assert "No file has been added." in page.text
    waiting = next(form.action for form in page.forms if "/waiting/" in form.action)
    page = browser.submit(waiting, go="add")
    assert "“plan.docx” was added." in page.text
    assert browser.client.get(page.href("plan.docx")).data == plan


def test_what_was_entered_is_sealed_with_the_return_and_read_for_ever(
    app: Flask, browser: Browser, audit: str
) -> None:
    name = names(app, audit)
    with app.app_context(), unit_of_work():
        return_, by = queries.by_ref(audit), people.by_address(POLICE_LEAD)
        fields = {f.code: f for f in queries.fields_of(return_)}
        save_fields(
            return_,
            [
                FieldChange(fields["contact"].id, 0, 0, "Jo Ashworth"),
                FieldChange(fields["people"].id, 0, 0, [{"name": "Ann Bell", "when": "2026-02-02"}]),
            ],
            by=by,
        )
    a_return(app, audit, "G A R N", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{audit}/standards/1")
    browser.submit("/standards/1", go="stay", **{name["improve 1.2"]: "Train the board."})
    a_return(app, audit, "G A R N", by=POLICE_LEAD, submit=True)
    with app.app_context():
        sealed = unseal(queries.submission(queries.by_ref(audit).id).sealed)
    assert (sealed.fields[0].label, sealed.fields[0].words) == ("Substitute contact", "Jo Ashworth")
    assert next(f for f in sealed.fields if f.code == "people").rows == (("Ann Bell", "2 February 2026"),)
    assert sealed.standards[0].answers[1].fields[0].words == "Train the board."
    page = browser.open(f"/returns/{audit}/submitted")
    assert "Substitute contact Jo Ashworth" in page.text and "Train the board." in page.text
    assert "Ann Bell 2 February 2026" in page.text
