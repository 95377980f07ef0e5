"""Reading the forms of a return. A standard's page is one form with four fields a criterion."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from s11.questionnaires.fields import Typed, read, stamp
from s11.questionnaires.rules import CriterionContent, FieldContent, StandardContent
from s11.returns.operations import AnswerChange, FieldChange
from s11.returns.receipts import CHECKSUM_LONGEST, CHECKSUM_SHORTEST, approver_faults, receipt_typed
from s11.returns.rules import NOTE_TO_COLLEAGUE_LONGEST
from s11.web.forms import DayField, Form, needed, real_day

NOT_APPLICABLE = "na"
FIELD_OF_CRITERION = re.compile(r"^[vrcsgb](\d+)(-na-reason|-shown)?$")
FIELD_OF_FIELD = re.compile(r"^fv(\d+)-(\d+)$")


@dataclass(frozen=True)
class TypedField:
    """A field as posted: where it stands, the stamp of what it began from, and what was typed."""

    field: FieldContent
    subject_id: int
    stamp: str
    typed: Typed

    @property
    def version(self) -> int:
        return whole_number(self.stamp.partition(".")[0])

    @property
    def is_touched(self) -> bool:
        """Whether it says something else than what it began from, as far as the page told."""
        return "." not in self.stamp or stamp(self.version, self.typed.value) != self.stamp

    @property
    def place(self) -> tuple[int, int]:
        return self.field.id, self.subject_id

    @property
    def change(self) -> FieldChange:
        return FieldChange(
            self.field.id, self.subject_id, self.version, self.typed.value, touched=self.is_touched
        )


def name_of(field: FieldContent, subject_id: int) -> str:
    """The name under which a field is posted."""
    return f"f{field.id}-{subject_id}"


def read_fields(
    form: MultiDict[str, str], fields: Iterable[FieldContent], subject_id: int
) -> list[TypedField]:
    """What was posted for these fields of one place; those the form does not name are left alone."""
    found = []
    for field in fields:
        name = name_of(field, subject_id)
        if f"fv{name[1:]}" in form and field.kind != "file":
            began = form.get(f"fv{name[1:]}", "")
            found.append(TypedField(field, subject_id, began, read(form, name, field)))
    return found


def read_fields_of(form: MultiDict[str, str], standard: StandardContent) -> list[TypedField]:
    """What was posted for the fields of a standard and of its criteria."""
    found = read_fields(form, standard.fields, standard.id)
    for criterion in standard.criteria:
        found += read_fields(form, criterion.fields, criterion.id)
    return found


def read_answers(form: Mapping[str, str], standard: StandardContent) -> list[AnswerChange]:
    """What was posted for the criteria of a standard; criteria the form does not name are left alone."""
    return [read_answer(form, criterion) for criterion in standard.criteria if f"v{criterion.id}" in form]


def names_others(form: Mapping[str, str], standard: StandardContent) -> bool:
    """Whether a form holds an answer to a criterion that is not in this standard, or an entry in a field."""
    criteria = {str(criterion.id) for criterion in standard.criteria}
    places = {(str(field.id), str(standard.id)) for field in standard.fields}
    for criterion in standard.criteria:
        places |= {(str(field.id), str(criterion.id)) for field in criterion.fields}
    answers = (FIELD_OF_CRITERION.match(name) for name in form)
    fields = (FIELD_OF_FIELD.match(name) for name in form)
    return any(found and found[1] not in criteria for found in answers) or any(
        found and found.groups() not in places for found in fields
    )


def read_answer(form: Mapping[str, str], criterion: CriterionContent) -> AnswerChange:
    chosen = form.get(f"r{criterion.id}", "")
    levels = {level.code: level.id for level in criterion.scale.levels}
    return AnswerChange(
        criterion_id=criterion.id,
        version=whole_number(form.get(f"v{criterion.id}", "")),
        level_id=levels.get(chosen),
        not_applicable=chosen == NOT_APPLICABLE,
        not_applicable_reason=lines(form.get(f"r{criterion.id}-na-reason", "")),
        commentary=lines(form.get(f"c{criterion.id}", "")),
        strengths=lines_if_there(form, f"s{criterion.id}"),
        shortfalls=lines_if_there(form, f"g{criterion.id}"),
        # A box that is not ticked sends nothing, so the page says by a field of its own that it was there.
        come_back=f"b{criterion.id}" in form if f"b{criterion.id}-shown" in form else None,
    )


def lines_if_there(form: Mapping[str, str], name: str) -> str | None:
    return lines(form[name]) if name in form else None


def lines(text: str) -> str:
    """Text as kept: browsers send line ends as two characters, and trailing blanks mean nothing."""
    return text.replace("\r\n", "\n").rstrip()


def whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class DeclarationForm(Form):
    """The signature of a step: in what role, and for some frameworks who approved (`asks_approver`)."""

    asks_approver = False

    role = StringField(
        "Your role",
        validators=[needed("Enter your role, as it should stand under the declaration."), Length(max=120)],
    )
    approver_name = StringField("Full name", validators=[Length(max=120)])
    approver_role = StringField("Role", validators=[Length(max=120)])

    def validate_approver_name(self, field: StringField) -> None:
        self._check_approver(field)

    def validate_approver_role(self, field: StringField) -> None:
        self._check_approver(field)

    def _check_approver(self, field: StringField) -> None:
        faults = approver_faults(self.approver_name.data or "", self.approver_role.data or "")
        if self.asks_approver and field.name in faults:
            raise ValidationError(faults[field.name])


class ReasonForm(Form):
    """Why a return goes back."""

    reason = TextAreaField("Reason", validators=[Length(max=2000)])


def note_field() -> TextAreaField:
    return TextAreaField(
        "Note",
        validators=[
            Length(
                max=NOTE_TO_COLLEAGUE_LONGEST,
                message=f"Shorten the note to {NOTE_TO_COLLEAGUE_LONGEST:,} characters.",
            )
        ],
    )


class GivingForm(Form):
    """Standards for a contributor; people and standards to choose from are set by the view."""

    person = SelectField("Who", validators=[needed("Choose one of your contributors.")])
    standards = SelectMultipleField("What they answer")
    criteria = SelectMultipleField("Single criteria")
    due_on = DayField("Answer by", validators=[Optional()])
    note = note_field()


class InvitingForm(Form):
    """Somebody new as a contributor, with the standards they are to answer."""

    name = StringField("Full name", validators=[needed("Enter the name of your colleague.")])
    email = EmailField("E-mail address", validators=[needed("Enter your colleague’s e-mail address.")])
    job_title = StringField("Job title", validators=[Length(max=120, message="Use at most 120 characters.")])
    standards = SelectMultipleField("What they answer")
    criteria = SelectMultipleField("Single criteria")
    due_on = DayField("Answer by", validators=[Optional()])
    note = note_field()


class ShareForm(Form):
    """The day and the note of a standard that is given already."""

    due_on = DayField("Answer by", validators=[Optional()])
    note = note_field()


def until_field() -> DayField:
    return DayField("The link works until", validators=[real_day("Enter the last day of the link.")])


class AskingForm(Form):
    """One standard for a colleague without an account; the standards are set by the view."""

    name = StringField("Full name", validators=[needed("Enter the name of your colleague.")])
    email = EmailField("E-mail address", validators=[needed("Enter your colleague’s e-mail address.")])
    standard = SelectField("What they answer", validators=[needed("Choose what you ask them for.")])
    until = until_field()
    beyond = BooleanField("This may be after the return is due")
    note = note_field()


class SendAnewForm(Form):
    """A new link in the place of one that was sent."""

    until = until_field()
    beyond = BooleanField("This may be after the return is due")


class SendBackForm(ReasonForm):
    """Why a submission goes back, and which of its standards; they are set by the view."""

    standards = SelectMultipleField("Which standards?")


class ReceiptForm(Form):
    """A receipt that somebody checks, as it stands on a copy or in a mail."""

    receipt = StringField("Receipt", validators=[needed("Enter the receipt: 12 letters and digits.")])
    checksum = StringField("Checksum", validators=[needed("Enter the checksum, or its first 16 characters.")])

    def validate_checksum(self, field: StringField) -> None:
        typed = receipt_typed(field.data or "")
        if not CHECKSUM_SHORTEST <= len(typed) <= CHECKSUM_LONGEST:
            raise ValidationError(
                f"That has {len(typed)} characters. Enter all 64 of the checksum, or at least its first 16."
            )
