"""The lines of enquiry, with room to write, and the sheets to record on."""

from collections.abc import Iterable, Sequence

from s11.actions.rules import standing
from s11.challenge import pages as challenge_pages
from s11.challenge.models import Enquiry
from s11.packs import rules
from s11.packs.contents import overview
from s11.packs.contents.material import Material
from s11.packs.document import OneOf, Paragraph, Question, Section, Sheet, Tone
from s11.returns.queries import Submitted

THE_CHAIR = "the chair"
YOU_OR_CHAIR = "you or the chair: it was given to nobody"
# Lines to write on: so many on a page, shared by its questions, and never fewer than a few.
ROOM_ON_A_PAGE, ROOM_FEWEST = 21, 5
# What a scribe writes down of one challenge, with how many lines for it.
RECORD = (
    ("Standard or criterion", 1),
    ("Asked by", 1),
    ("What was asked", 4),
    ("What was answered", 9),
    ("Evidence promised", 3),
    ("Rating agreed", 1),
    ("Good practice to share", 3),
    ("Action: what, by whom (full name and role), by when", 5),
)


def enquiries_of(material: Material, organisation_id: int) -> list[Enquiry]:
    return [one for one in material.enquiries if one.organisation_id == organisation_id]


def enquiries_sections(material: Material) -> list[Section]:
    """Every line of enquiry, a page for each organisation; what the figures ask where nobody prepared one."""
    found = [Section("Lines of enquiry", (Paragraph(words_of_all(material)),), starts_page=True, key="asked")]
    found += [
        questions_of(material, one, enquiries_of(material, one.organisation_id), starts_page=place > 0)
        for place, one in enumerate(material.chosen)
    ]
    return found


def words_of_all(material: Material) -> str:
    asked = sum(len(enquiries_of(material, one.organisation_id)) for one in material.chosen)
    if not asked:
        return (
            "No line of enquiry is prepared yet. What the figures themselves ask stands on the page of each."
        )
    return (
        f"{asked} line{'s' if asked != 1 else ''} of enquiry, in the order of the agenda, with room for the "
        "answer. Where none is prepared, what the figures themselves ask stands instead."
    )


def questions_of(
    material: Material,
    one: Submitted,
    enquiries: Sequence[Enquiry],
    *,
    suggests: bool = True,
    starts_page: bool = True,
    nobodys: str = THE_CHAIR,
) -> Section:
    """The questions for one organisation. `nobodys`: who asks what was given to nobody."""
    prepared = [
        Question(
            number=str(place),
            question=enquiry.question,
            why=enquiry.why,
            about=about_of(material, enquiry),
            asked_by=asker_of(enquiry, nobodys),
            lines=max(ROOM_FEWEST, ROOM_ON_A_PAGE // len(enquiries)),
        )
        for place, enquiry in enumerate(enquiries, start=1)
    ]
    blocks = tuple(prepared)
    if not prepared and suggests:
        blocks = tuple(suggested(material, one))
    said = (Paragraph("No line of enquiry is prepared.", Tone.QUIET),) if not prepared else ()
    return Section(
        f"Questions for {one.organisation}",
        (*said, *blocks),
        level=2,
        starts_page=starts_page,
        key=f"asked-{one.ref}",
        one_of=overview.one_of(material, one, "Lines of enquiry"),
    )


def about_of(material: Material, enquiry: Enquiry) -> str:
    """4 Learning from reviews, criterion 4.2; empty where it is about no one standard."""
    title = challenge_pages.standard_title(material.edition, enquiry.standard_key)
    criterion = material.criteria.get(enquiry.criterion_key)
    if criterion is None:
        return title
    word = material.word("criterion").lower()
    return f"{title}, {word} {criterion.number}" if title else rules.capital(f"{word} {criterion.number}")


def asker_of(enquiry: Enquiry, nobodys: str = THE_CHAIR) -> str:
    """Who asks: the organisation, and the person where that is settled; else the chair."""
    organisation = enquiry.asked_by.name if enquiry.asked_by else nobodys
    return f"{enquiry.asker_name}, {organisation}" if enquiry.asker_name else organisation


def suggested(material: Material, one: Submitted) -> Iterable[Question]:
    """Questions the figures themselves ask, where nobody prepared one; at most three."""
    ratings = material.ratings[one.return_id]
    found = []
    if lower := [rating for rating in ratings if rules.is_lower(rating)]:
        numbers = ", ".join(rating.number for rating in lower[:6])
        found.append(
            ("What do you say to the moderator’s lower rating?", f"Rated lower by the moderator: {numbers}.")
        )
    if bare := rules.without_evidence(ratings):
        numbers = ", ".join(rating.number for rating in bare[:6])
        found.append(
            (
                "What would you show us for the ratings that rest on no evidence?",
                f"Best level, nothing attached: {numbers}.",
            )
        )
    late = [
        action
        for action in material.actions_of(one.organisation_id)
        if standing(action.status, action.due_on, material.today).days_overdue
    ]
    if late:
        found.append(("What stands in the way of the actions that are overdue?", f"Overdue: {len(late)}."))
    room = ROOM_ON_A_PAGE // max(len(found), 2)
    for place, (question, why) in enumerate(found, start=1):
        yield Question(str(place), question, why, asked_by=THE_CHAIR, lines=room)


def sheets_sections(material: Material) -> list[Section]:
    """An empty record sheet for each organisation, and one for whatever else comes up."""
    found = [
        Section(
            "Record sheets",
            (Paragraph("One for each session, and one more. Write a second one where it does not suffice."),),
            starts_page=True,
            key="record",
        )
    ]
    body, _ = overview.bodies_of(material)
    for place, name in enumerate((*(one.organisation for one in material.chosen), "Anything else")):
        found.append(
            Section(
                f"Record: {name}",
                (Sheet("What came of it", RECORD),),
                level=2,
                starts_page=place > 0,
                one_of=OneOf("Record", rules.capital(body), name),
            )
        )
    return found
