"""What an organisation answers, who signed it, and the sealed record of what was submitted."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core import clock
from s11.core.database import Addressed, Base, Moment
from s11.cycles.models import Cycle, Invitation
from s11.evidence.models import Revision
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires.models import Criterion, Level, Standard
from s11.returns.rules import GRACE, Stage, closed_sentence


class Return(Addressed, Base):
    """One organisation's answer to one cycle. Named for the paper it replaces."""

    __tablename__ = "return"
    __table_args__ = (
        UniqueConstraint("cycle_id", "organisation_id"),
        CheckConstraint(f"stage IN ({', '.join(repr(str(stage)) for stage in Stage)})", name="stage_known"),
        CheckConstraint(
            "stage NOT IN ('submitted', 'moderated') OR submitted_at IS NOT NULL", name="submitted_has_a_date"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), unique=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20), default=Stage.NOT_STARTED)
    # 1, and one more each time it came back, from a signatory or the office: signatures and
    # submissions belong to a round.
    round: Mapped[int] = mapped_column(default=1)
    sent_back_reason: Mapped[str] = mapped_column(Text, default="")
    # Keys of the standards the office sent back; empty where it was the whole return.
    sent_back_standards: Mapped[list[str]] = mapped_column(JSON, default=list)
    # How many criteria have nothing missing, counted by `rules.gap_of` with every save, so that lists of
    # hundreds of returns need no answers.
    answered: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_saved_at: Mapped[datetime | None] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    cycle: Mapped[Cycle] = relationship()
    organisation: Mapped[Organisation] = relationship()
    invitation: Mapped[Invitation] = relationship()

    @property
    def due_on(self) -> date:
        """The organisation's own date where it was given longer, else its group's or everybody's."""
        return self.invitation.due_on

    @property
    def taken_until(self) -> datetime | None:
        """The moment from which it is taken no more, late or not; None where it is taken on any day.

        That is the end of the last day, or when the office closed the cycle; a date of its own that lies
        later still holds. What was in once and came back is waited for, however long the rest is over.
        """
        closes_on, closed_at = self.invitation.closes_on, self.cycle.closed_at
        where = self.cycle.partnership.time_zone
        ends = [clock.end_of(closes_on, where)] if closes_on else []
        ends += [closed_at] if closed_at else []
        if not ends or self.submitted_at is not None:
            return None
        return max(min(ends), clock.end_of(self.due_on, where))

    @property
    def is_over(self) -> bool:
        """Whether nothing is taken any more."""
        until = self.taken_until
        return until is not None and clock.now() >= until

    @property
    def is_past(self) -> bool:
        """Whether nothing is taken any more, not even from a page that was open at the end."""
        until = self.taken_until
        return until is not None and clock.now() > until + GRACE

    @property
    def closed_words(self) -> str:
        """Why nothing is taken any more, and whom to ask; empty where it is."""
        until = self.taken_until
        if until is None:
            return ""
        last_day = clock.local(until - timedelta(microseconds=1)).date()
        return closed_sentence(
            last_day, at_its_end=until == clock.end_of(last_day), ask=self.cycle.partnership.office_email
        )


class Answer(Base):
    """What was said to one criterion. `version` lets a save notice somebody else's newer text."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("return_id", "criterion_id"),
        CheckConstraint("NOT not_applicable OR level_id IS NULL", name="rated_or_not_applicable"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))
    not_applicable: Mapped[bool] = mapped_column(default=False)
    not_applicable_reason: Mapped[str] = mapped_column(Text, default="")
    commentary: Mapped[str] = mapped_column(Text, default="")
    strengths: Mapped[str] = mapped_column(Text, default="")
    shortfalls: Mapped[str] = mapped_column(Text, default="")
    # "I'll come back to this": somebody is not finished here, whatever stands there.
    come_back: Mapped[bool] = mapped_column(default=False)
    # Taken over from last year and not yet confirmed: it never counts as done.
    carried: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    updated_by_name: Mapped[str] = mapped_column(String(120), default="")
    updated_at: Mapped[datetime] = mapped_column(Moment)
    criterion: Mapped[Criterion] = relationship()
    level: Mapped[Level | None] = relationship()
    # The database refuses an update that rests on an older version, whatever the code above forgot.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class AnswerVersion(Base):
    """What an answer said at one version of it, for ever: who wrote what, and what a save began from."""

    __tablename__ = "answer_version"
    __table_args__ = (UniqueConstraint("answer_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    version: Mapped[int]
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))
    not_applicable: Mapped[bool] = mapped_column(default=False)
    not_applicable_reason: Mapped[str] = mapped_column(Text, default="")
    commentary: Mapped[str] = mapped_column(Text, default="")
    strengths: Mapped[str] = mapped_column(Text, default="")
    shortfalls: Mapped[str] = mapped_column(Text, default="")
    come_back: Mapped[bool] = mapped_column(default=False)
    carried: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    person_name: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime] = mapped_column(Moment)


class FieldAnswer(Base):
    """What was entered in a field of the questionnaire, once for each place the field stands in."""

    __tablename__ = "field_answer"
    __table_args__ = (UniqueConstraint("return_id", "field_id", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    field_id: Mapped[int] = mapped_column(ForeignKey("question_field.id"), index=True)
    # The standard or criterion (by the field's scope) it was entered for, 0 for the whole return. Without a
    # foreign key, so that one constraint can say that there is one answer in one place.
    subject_id: Mapped[int] = mapped_column(default=0)
    value: Mapped[Any] = mapped_column(JSON)
    carried: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    updated_by_name: Mapped[str] = mapped_column(String(120), default="")
    updated_at: Mapped[datetime] = mapped_column(Moment)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class SectionSignOff(Base):
    """The signature under one standard that is signed by itself. It falls when an answer in it changes."""

    __tablename__ = "section_sign_off"
    __table_args__ = (
        UniqueConstraint("return_id", "standard_id"),
        CheckConstraint("name <> '' AND role <> ''", name="name_and_role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    step: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(120))
    signed_at: Mapped[datetime] = mapped_column(Moment)


class AnswerEvidence(Base):
    """A revision shown in support of one answer, with where in it to look."""

    __tablename__ = "answer_evidence"
    __table_args__ = (UniqueConstraint("return_id", "criterion_id", "revision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    note: Mapped[str] = mapped_column(String(250), default="")
    added_at: Mapped[datetime] = mapped_column(Moment)
    revision: Mapped[Revision] = relationship(lazy="joined")


class SignOff(Base):
    """One signature of the chain: who, as what, when, and the words declared."""

    __tablename__ = "sign_off"
    __table_args__ = (
        UniqueConstraint("return_id", "round", "step"),
        CheckConstraint("name <> '' AND role <> ''", name="name_and_role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    round: Mapped[int]
    step: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(120))
    declaration: Mapped[str] = mapped_column(Text)
    approver_name: Mapped[str] = mapped_column(String(120), default="")
    approver_role: Mapped[str] = mapped_column(String(120), default="")
    signed_at: Mapped[datetime] = mapped_column(Moment)


class Submission(Addressed, Base):
    """The sealed record of one submission: written once, read for ever.

    `sealed` is the whole record as canonical JSON and `checksum` its SHA-256. `ratings` is the
    same ratings packed one byte a criterion, in the order of the edition, so that adding up
    600 returns reads 600 short rows: see `s11.returns.packing.pack_ratings`.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("return_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    round: Mapped[int]
    sealed: Mapped[str] = mapped_column(Text, deferred=True)
    checksum: Mapped[str] = mapped_column(String(64))
    ratings: Mapped[bytes] = mapped_column(LargeBinary)
    not_applicable_reasons: Mapped[dict[str, Any]] = mapped_column(JSON)
    evidence_counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    submitted_by_name: Mapped[str] = mapped_column(String(120))


class DoubtReply(Base):
    """Why something that gives rise to doubt is right all the same: in the organisation's own words."""

    __tablename__ = "doubt_reply"
    __table_args__ = (UniqueConstraint("return_id", "criterion_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    code: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    person_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)


class Remark(Addressed, Base):
    """What somebody said to colleagues about one criterion: never part of the answer, never for the Board."""

    __tablename__ = "remark"
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint("(settled_at IS NULL) = (settled_by_name = '')", name="settled_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    # A question waits for an answer until somebody settles it; a remark does not.
    is_question: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    person_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_by_name: Mapped[str] = mapped_column(String(120), default="")


class Presence(Base):
    """Where in a return somebody was at work last. A row a person and return, written over."""

    __tablename__ = "presence"
    __table_args__ = (UniqueConstraint("return_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    person: Mapped[Person] = relationship()


class Assignment(Base):
    """A standard of one return, or one criterion of it, that a contributor was given to answer."""

    __tablename__ = "assignment"
    __table_args__ = (
        # Two, because a row without a criterion is never equal to another under one constraint.
        Index(
            "uq_assignment_of_standard",
            "return_id",
            "standard_id",
            "person_id",
            unique=True,
            sqlite_where=text("criterion_id IS NULL"),
            postgresql_where=text("criterion_id IS NULL"),
        ),
        UniqueConstraint("return_id", "criterion_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"))  # None: the whole standard
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime] = mapped_column(Moment)
    given_by_name: Mapped[str] = mapped_column(String(120))
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    # When the contributor said that their part is done.
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    standard: Mapped[Standard] = relationship()
    person: Mapped[Person] = relationship()


class PersonalLink(Addressed, Base):
    """One standard of one return, for a colleague without an account, behind a link of their own."""

    __tablename__ = "personal_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"), index=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    note: Mapped[str] = mapped_column(Text, default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_name: Mapped[str] = mapped_column(String(120))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    saved_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    return_: Mapped[Return] = relationship()
    standard: Mapped[Standard] = relationship()
