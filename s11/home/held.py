"""What is held about whom: why, for how long, and where it ends.

The privacy page prints it, the README repeats it, and a test compares both with the tables, so that
nothing about a person is kept in silence.
"""

from dataclasses import dataclass

from s11.core.config import Settings

PERIODS = ("leaver_years", "sign_in_days", "link_days", "mail_days", "trail_years")


@dataclass(frozen=True)
class Held:
    """One kind of thing held about people, and the columns it stands in."""

    what: str
    whose: str
    why: str
    how_long: str  # {name} is a setting
    columns: tuple[str, ...]

    def row(self, settings: Settings) -> list[str]:
        """A line of the table people read."""
        periods = {name: getattr(settings, name) for name in PERIODS}
        return [self.what, self.whose, self.why, self.how_long.format(**periods)]


UNTIL_PSEUDONYM = "until the name is taken out, at the latest {leaver_years} years after the last role ended"
AS_RECORD = "as long as the record; it keeps the name"

HELD = (
    Held(
        "Name, work e-mail address",
        "everybody with an account",
        "to sign in, and to say who did what",
        UNTIL_PSEUDONYM,
        ("person.name", "person.email", "person.last_signed_in_at", "person.created_at"),
    ),
    Held(
        "Role, job title, place, from when to when",
        "everybody with an account",
        "it decides what somebody may see and do",
        "the job title goes with the name; the role stays, without it",
        ("membership.person_id", "membership.role", "membership.job_title", "membership.signs_as"),
    ),
    Held(
        "Password, second factor and recovery codes, in a form that cannot be read back",
        "everybody with an account",
        "to sign in",
        "until changed, removed, or the name is taken out",
        (
            "person.password_hash",
            "person.session_version",
            "second_factor.person_id",
            "second_factor.hidden_secret",
            "recovery_code.person_id",
            "recovery_code.code_hash",
        ),
    ),
    Held(
        "Sign-ins: when, from which internet address, with which browser",
        "everybody with an account",
        "so that each can see and end their own, and misuse can be found",
        "{sign_in_days} days after they ended",
        (
            "sign_in.person_id",
            "sign_in.key_hash",
            "sign_in.way",
            "sign_in.device",
            "sign_in.address",
        ),
    ),
    Held(
        "Remembered browsers",
        "whoever asked for it",
        "so that a code is not asked for each time",
        "until their time is over",
        ("device.person_id", "device.name", "device.key_hash"),
    ),
    Held(
        "Links sent by mail: to join, or to set a new password",
        "whoever was invited or asked for one",
        "to let the right person in, once",
        "{link_days} days after use or end; so is an invitation that was not taken up",
        (
            "link.person_id",
            "link.name",
            "link.address",
            "link.token_hash",
            "link.made_by_id",
            "link.made_by_name",
        ),
    ),
    Held(
        "The number and address under which an outside provider knows somebody",
        "whoever signs in that way",
        "to find the account again",
        "until taken off, or the name is taken out",
        ("identity.person_id", "identity.issuer", "identity.subject", "identity.email", "identity.provider"),
    ),
    Held(
        "Name and address of a colleague without an account who was asked for one standard",
        "that colleague",
        "to send the link, and to say who answered",
        "the address {link_days} days after the link ran out; the name stays with the answers",
        (
            "personal_link.name",
            "personal_link.email",
            "personal_link.token_hash",
            "personal_link.made_by_name",
        ),
    ),
    Held(
        "Mail sent: to whom, about what, when; its words until they are sent",
        "whoever it was sent to",
        "to send it, and to know that it went",
        "{mail_days} days after it was sent",
        ("notice.person_id", "notice.to_address", "notice.to_name", "notice.subject"),
    ),
    Held(
        "Who wrote an answer and each earlier version of it, said something about it to colleagues, was at "
        "work on it last, or was given it",
        "people of an organisation",
        "so that colleagues can work on one return",
        UNTIL_PSEUDONYM,
        (
            "answer.updated_by_id",
            "answer.updated_by_name",
            "answer_version.person_id",
            "answer_version.person_name",
            "remark.person_id",
            "remark.person_name",
            "remark.settled_by_id",
            "remark.settled_by_name",
            "doubt_reply.person_id",
            "doubt_reply.person_name",
            "presence.person_id",
            "field_answer.updated_by_id",
            "field_answer.updated_by_name",
            "assignment.person_id",
            "assignment.given_by_name",
        ),
    ),
    Held(
        "Signatures and submissions: name, role, when, and what was declared",
        "whoever signed or approved",
        "it is the proof of who answered for the organisation",
        AS_RECORD,
        (
            "sign_off.person_id",
            "sign_off.name",
            "sign_off.role",
            "sign_off.approver_name",
            "sign_off.approver_role",
            "submission.submitted_by_name",
            "section_sign_off.person_id",
            "section_sign_off.name",
            "section_sign_off.role",
        ),
    ),
    Held(
        "Who added evidence, or said that it is still current",
        "people of an organisation",
        "to ask them about it",
        UNTIL_PSEUDONYM,
        (
            "document.added_by_id",
            "document.added_by_name",
            "revision.added_by_id",
            "revision.added_by_name",
            "document.confirmed_by_name",
            "upload.person_id",
            "upload.person_name",
        ),
    ),
    Held(
        "Comments on a questionnaire in review, and who resolved them",
        "people of the Board",
        "so that what is asked is agreed before it is sent out",
        UNTIL_PSEUDONYM,
        (
            "edition_comment.person_id",
            "edition_comment.name",
            "edition_comment.resolved_by_id",
            "edition_comment.resolved_by_name",
        ),
    ),
    Held(
        "Who approved a questionnaire, at which meeting",
        "whoever approved it, where it was a person",
        "it is the proof that it was approved",
        AS_RECORD,
        ("edition.approved_by",),
    ),
    Held(
        "Who moderated an answer, built a pack or recorded a challenge",
        "people of the Board",
        "so that a rating and a record have somebody behind them",
        UNTIL_PSEUDONYM,
        (
            "moderation.moderator_id",
            "moderation.moderator_name",
            "pack.built_by_id",
            "pack.built_by_name",
            "pack.released_by_name",
            "feedback_letter.drafted_by_id",
            "feedback_letter.drafted_by_name",
            "feedback_letter.released_by_name",
            "challenge_outcome.recorded_by_name",
            "challenge_outcome.changed_by_name",
            "challenge_outcome.asker_name",
        ),
    ),
    Held(
        "Who comes to a challenge day: name, post, work address, what for, and whether they were there",
        "people of organisations and of the Board who are named for a day",
        "to invite them, and to know who was there",
        "the name until it is taken out; that somebody came stays, without post and address",
        (
            "challenge_attendee.person_id",
            "challenge_attendee.name",
            "challenge_attendee.email",
        ),
    ),
    Held(
        "Who declared that two organisations do not question each other",
        "people of the partnership office, and the chair",
        "to ask them about it",
        UNTIL_PSEUDONYM,
        ("organisation_tie.declared_by_name",),
    ),
    Held(
        "Who asks a question that is prepared for a challenge day",
        "people of the organisations that question each other",
        "so that each question has somebody who asks it",
        UNTIL_PSEUDONYM,
        ("enquiry.asker_name",),
    ),
    Held(
        "Who was given a return to moderate and what each rated, whom they are too near to and why they "
        "stood aside, and who gave it out",
        "moderators and the partnership office",
        "so that nobody moderates their own, and each rates before they see others’ ratings",
        UNTIL_PSEUDONYM,
        (
            "moderation_assignment.person_id",
            "moderation_assignment.assigned_by_name",
            "moderator_interest.person_id",
        ),
    ),
    Held(
        "Who replied to a moderated rating",
        "people of an organisation",
        "so that a reply has somebody behind it",
        UNTIL_PSEUDONYM,
        ("moderation_reply.person_id", "moderation_reply.person_name"),
    ),
    Held(
        "Who owns an action, with their post, and who said how it stands",
        "owners of actions, with or without an account",
        "an action has a named person",
        "the name until it is taken out; the post stays",
        (
            "action.owner_id",
            "action.owner_name",
            "action.owner_role",
            "action.created_by_name",
            "action.completed_by_id",
            "action_owner.person_id",
            "action_owner.name",
            "action_milestone.done_by_name",
            "action_update.person_id",
            "action_update.person_name",
            "action_evidence.added_by_name",
        ),
    ),
    Held(
        "What somebody said of the difference an action made, and how they know",
        "owners of actions",
        "the Board closes an action once it is known what difference it made",
        "the name until it is taken out; the words stay",
        ("action_impact.person_id", "action_impact.person_name", "action_impact.known_by"),
    ),
    Held(
        "Who brought a plan, added a review or changed how the plan reminds",
        "people of the partnership office",
        "to ask them about it",
        UNTIL_PSEUDONYM,
        (
            "plan_import.begun_by_id",
            "plan_import.begun_by_name",
            "plan_import.file_name",
            "plan_source.created_by_name",
            "plan_settings.changed_by_name",
        ),
    ),
    Held(
        "How somebody is reminded of actions, of which they were, and the address of their calendar, hashed",
        "owners of actions, and whoever stands above them",
        "to remind them as they want it, and never twice",
        "until changed, or the name is taken out",
        (
            "action_reminder_choice.person_id",
            "action_reminder.to_address",
            "plan_calendar.person_id",
            "plan_calendar.token_hash",
        ),
    ),
    Held(
        "Contacts of an organisation: name, post, work address and telephone number",
        "safeguarding leads, substitutes, heads, chairs and senior officers, with or without an account",
        "to write to and to ring whoever answers for the organisation",
        "until the office ends it, and {leaver_years} years after; the name until it is taken out",
        ("contact.name", "contact.job_title", "contact.email", "contact.telephone"),
    ),
    Held(
        "Who entered or changed an organisation in the register, or brought a register",
        "people of the partnership office",
        "to ask them about it",
        UNTIL_PSEUDONYM,
        (
            "organisation_event.by_name",
            "register_file.brought_by_id",
            "register_file.brought_by_name",
            "not_the_same.said_by_name",
        ),
    ),
    Held(
        "Who asked organisations, reminded, gave longer, rang or escalated, and whom they spoke or wrote to",
        "people of the partnership office; whoever they rang or escalated to",
        "so that the office knows what was done to get a return in",
        UNTIL_PSEUDONYM,
        (
            "issue.by_id",
            "issue.by_name",
            "extension.by_id",
            "extension.by_name",
            "reminder_rule.made_by_name",
            "reminder.by_id",
            "reminder.by_name",
            "call.by_id",
            "call.by_name",
            "call.spoke_to",
            "escalation.to_name",
            "escalation.to_role",
            "escalation.to_email",
            "escalation.by_id",
            "escalation.by_name",
        ),
    ),
    Held(
        "Who asked for evidence outside a cycle, of whom, who answered and who judged it",
        "people of the partnership and of the organisation",
        "so that a request has somebody behind it",
        UNTIL_PSEUDONYM,
        (
            "evidence_request.of_person_id",
            "evidence_request.asked_by_id",
            "evidence_request.asked_by_name",
            "evidence_request.outcome_by_id",
            "evidence_request.outcome_by_name",
            "evidence_response.by_id",
            "evidence_response.by_name",
        ),
    ),
    Held(
        "Addresses that get no more mail, how somebody wants theirs, and who changed the words of mails",
        "whoever gets mail; people of the partnership office",
        "so that nobody is written to against their will",
        "as long as the address is used; {mail_days} days after it was let in again",
        (
            "suppression.address",
            "suppression.lifted_by_name",
            "mail_choice.person_id",
            "notice_template.changed_by_name",
        ),
    ),
    Held(
        "The trail: who did what, when, in which role, from which internet address",
        "everybody who did something",
        "so that every look and every change can be shown",
        "{trail_years} years; it keeps the name, and its pages show the new one",
        ("trail_entry.person_id", "trail_entry.person_name", "trail_entry.role", "trail_entry.address"),
    ),
)
