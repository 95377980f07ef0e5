"""What requests of several rooms need before, or send."""

from s11.access.models import SecondFactor
from s11.core import clock
from s11.core.database import db
from s11.evidence.models import Upload
from s11.joining import queries as joining_queries
from s11.people import queries as people
from s11.returns import queries as returns
from tests.security.matrix.world import Place


def reason(place: Place) -> dict[str, object]:
    return {"reason": "Please say more about supervision."}


def a_second_step(place: Place) -> None:
    """Give those whose telephone is lost a second step, as if they had set it up."""
    helper, member = (
        people.by_ref(place.more["helper"]),
        joining_queries.membership_by_ref(place.more["member"]),
    )
    for person_id in {helper.id if helper else 0, member.person_id if member else 0} - {0}:
        db.session.add(SecondFactor(person_id=person_id, hidden_secret="", confirmed_at=clock.now()))


def a_waiting_file(place: Place) -> None:
    """A file that arrived for the return, and in which something hides."""
    return_ = returns.by_ref(place.return_)
    assert return_ is not None
    number = place.criterion
    upload = Upload(
        ref="waiting22222", organisation_id=return_.organisation_id, file_name="waiting.docx",
        purpose={"return": place.return_, "criterion": number, "note": ""}, media_type="text/plain", size=3,
        sha256="0" * 64, storage_key="0" * 32, hidden=["1 comment"], person_name="Pat", at=clock.now(),
    )  # fmt: skip
    db.session.add(upload)


def to_add(place: Place) -> dict[str, object]:
    return {"go": "add"}


RETURN = {"ref": "return_"}


STANDARD = {"ref": "return_", "number": "standard"}


CYCLE = {"ref": "cycle"}


DRAFT = {"ref": "more.draft"}
