"""Signing in and changing a password."""

from wtforms import HiddenField, PasswordField, StringField

from s11.web.forms import Form, needed


class SignInForm(Form):
    """Address and password; the hidden fields carry where to go next and what was typed before."""

    email = StringField("E-mail address", validators=[needed("Enter your e-mail address.")])
    password = PasswordField("Password", validators=[needed("Enter your password.")])
    next = HiddenField()
    kept = HiddenField()
    kept_to = HiddenField()


class PasswordForm(Form):
    """A new password, given twice, and the old one."""

    old = PasswordField("Present password", validators=[needed("Enter your present password.")])
    new = PasswordField("New password", validators=[needed("Enter a new password.")])
    again = PasswordField("New password again", validators=[needed("Enter the new password again.")])
