"""Signing in, one's name, and passwords."""

from typing import Any

from wtforms import HiddenField, PasswordField, StringField, ValidationError

from s11.web.forms import Form, needed


class SignInForm(Form):
    """Address and password; the hidden fields carry where to go next and what was typed before."""

    email = StringField("E-mail address", validators=[needed("Enter your e-mail address.")])
    password = PasswordField("Password", validators=[needed("Enter your password.")])
    next = HiddenField()
    kept = HiddenField()
    kept_to = HiddenField()


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
