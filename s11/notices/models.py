"""The outbox: mail is queued with the change that caused it, and sent by a command."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.notices.rules import Bounce, Kind
from s11.organisations.models import Organisation
from s11.people.models import Person


class Notice(Addressed, Base):
    """One mail to one address."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(str(one)) for one in Kind)})", name="kind_known"),
        CheckConstraint(
            f"bounce IN ('', {', '.join(repr(str(one)) for one in Bounce)})", name="bounce_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Whose address it was when it was written: addresses change, and mail is held about a person.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    to_address: Mapped[str] = mapped_column(String(254), index=True)
    to_name: Mapped[str] = mapped_column(String(120), default="")
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    # About which organisation, from which partnership, and about what: the ref of a cycle or a request.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), index=True)
    about: Mapped[str] = mapped_column(String(40), default="", index=True)
    kind: Mapped[str] = mapped_column(String(12), default=Kind.ACCOUNT)
    template: Mapped[str] = mapped_column(String(40), default="")
    # A day to put into a calendar, as iCalendar text, that goes with the mail.
    calendar: Mapped[str] = mapped_column(Text, default="")
    # Two mails of the same key are one: whoever queues the second finds it queued.
    once: Mapped[str | None] = mapped_column(String(160), unique=True)
    queued_at: Mapped[datetime] = mapped_column(Moment)
    # The name under which mail servers know it: the same in every attempt.
    message_id: Mapped[str] = mapped_column(String(200), default="", index=True)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    # Said before the mail leaves our hands: a process killed after this may have sent it.
    handed_at: Mapped[datetime | None] = mapped_column(Moment)
    next_try_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    given_up_at: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(300), default="")
    bounced_at: Mapped[datetime | None] = mapped_column(Moment)
    bounce: Mapped[str] = mapped_column(String(12), default="")
    bounce_said: Mapped[str] = mapped_column(String(300), default="")
    # The digest that carried it, for whoever wants one mail a day.
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    organisation: Mapped[Organisation | None] = relationship()


class NoticeTemplate(Addressed, Base):
    """The words of one kind of mail, as a partnership wrote them; without a row the product's own hold."""

    __tablename__ = "notice_template"
    __table_args__ = (UniqueConstraint("partnership_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    key: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by_name: Mapped[str] = mapped_column(String(120), default="")


class Suppression(Addressed, Base):
    """An address that gets no more mail of a kind: it bounced, complained, or its owner said so."""

    __tablename__ = "suppression"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(254), index=True)
    # A kind of mail, or empty for every kind that may be stopped.
    kind: Mapped[str] = mapped_column(String(12), default="")
    why: Mapped[str] = mapped_column(String(20))
    said: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)
    lifted_by_name: Mapped[str] = mapped_column(String(120), default="")


class MailChoice(Base):
    """How somebody wants what is not urgent: at once, or together once a day or a week."""

    __tablename__ = "mail_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    digest: Mapped[str] = mapped_column(String(10), default="at_once")
    last_digest_at: Mapped[datetime | None] = mapped_column(Moment)
    person: Mapped[Person] = relationship()


class BounceReport(Base):
    """A report of a mail server that was read, by its own name: it is never counted twice."""

    __tablename__ = "bounce_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_key: Mapped[str] = mapped_column(String(200), unique=True)
    read_at: Mapped[datetime] = mapped_column(Moment)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    said: Mapped[str] = mapped_column(String(300), default="")
