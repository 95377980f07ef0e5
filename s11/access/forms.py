"""Signing in, codes, one's name, and passwords."""

from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField, StringField, ValidationError

from s11.web.forms import Form, needed


class CarryingForm(Form):
    """What every step of signing in hands on to the next: where to go, and what was typed before."""

    next = HiddenField()
    kept = HiddenField()
    kept_to = HiddenField()


class SignInForm(CarryingForm):
    """Address and password."""

    email = StringField("E-mail address", validators=[needed("Enter your e-mail address.")])
    password = PasswordField("Password", validators=[needed("Enter your password.")])


class NameForm(Form):
    """One's own name, corrected."""

    name = StringField("Full name", validators=[needed("Enter your name.")])


def same(form: Any, field: Any) -> None:
    """The second time it was typed like the first."""
    if form.new.data != field.data:
        raise ValidationError("The two new passwords differ. Type the new one again.")


class NewPasswordForm(Form):
    """A new password, given twice."""

    new = PasswordField("New password", validators=[needed("Enter a new password.")])
    again = PasswordField("New password again", validators=[needed("Enter the new password again."), same])


class PasswordForm(Form):
    """The same for somebody who is signed in: with the old one, so that a page left open is not enough."""

    old = PasswordField("Present password", validators=[needed("Enter your present password.")])
    new = PasswordField("New password", validators=[needed("Enter a new password.")])
    again = PasswordField("New password again", validators=[needed("Enter the new password again."), same])


class ForgottenForm(Form):
    """The address to which a link to set a new password goes."""

    email = StringField("E-mail address", validators=[needed("Enter your e-mail address.")])


class AddressForm(Form):
    """A new address, and the password, so that a page left open is not enough."""

    email = StringField("New e-mail address", validators=[needed("Enter your new e-mail address.")])
    password = PasswordField("Password", validators=[needed("Enter your password.")])


class CodeForm(CarryingForm):
    """A code from the telephone."""

    code = StringField("Six-digit code", validators=[needed("Enter the six digits your app shows.")])
    remember = BooleanField("Do not ask for a code on this device again")


class RecoveryForm(CarryingForm):
    """A recovery code, from paper."""

    code = StringField("Recovery code", validators=[needed("Enter one of your recovery codes.")])


class PasswordAgainForm(Form):
    """One's own password once more, before something about one's way in is changed."""

    password = PasswordField("Your password")
