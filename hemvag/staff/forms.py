"""The forms of sign-in: django-allauth's, in the house's words."""

from typing import Any, Final

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy as _

from hemvag.staff import sign_in

LABELS: Final = {
    "login": _("E-postadress"),
    "password": _("Lösenord"),
    "oldpassword": _("Nuvarande lösenord"),
    "password1": _("Nytt lösenord"),
    "password2": _("Nytt lösenord en gång till"),
    "code": _("Kod"),
    "name": _("Nyckelns namn"),
    "passwordless": _("Logga in med bara nyckeln, utan lösenord"),
}
HELP: Final = {
    "password1": _("Minst 12 tecken. Några ord i rad är lättare att minnas än krångliga tecken."),
    "passwordless": _("Nyckeln frågar då efter PIN, fingeravtryck eller ansikte."),
}


class HouseWords(forms.Form):
    """Labels and help of the house, and no text inside the boxes."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.error_messages["required"] = _("Fyll i det här.")


class SignIn(HouseWords, account.LoginForm):
    """E-mail and password."""


class Again(HouseWords, account.ReauthenticateForm):
    """The password once more."""


class ChangePassword(HouseWords, account.ChangePasswordForm):
    """The password of now, and a new one twice."""


class SetPassword(HouseWords, account.SetPasswordForm):
    """A new password twice, for a worker who has none."""


class FirstPassword(HouseWords, account.ResetPasswordKeyForm):
    """A new password twice, by a link that works once."""


class Code(HouseWords, mfa.AuthenticateForm):
    """The app's code, or a recovery code."""


class CodeAgain(HouseWords, mfa.ReauthenticateForm):
    """The app's code, or a recovery code, once more."""


class _Key(webauthn.AuthenticateWebAuthnForm):
    """What a key answers. An answer that is broken or signed by another key is a wrong answer, not a fault of ours."""

    def clean_credential(self) -> Authenticator:
        """Return the factor whose key answered. Raises ValidationError."""
        try:
            return super().clean_credential()
        except (AttributeError, KeyError, TypeError, ValueError, InvalidSignature):
            raise get_adapter().validation_error("incorrect_code") from None


class Key(_Key):
    """A key as second step."""


class KeyAlone(_Key, webauthn.LoginWebAuthnForm):
    """A key instead of a password."""


class KeyAgain(_Key, webauthn.ReauthenticateWebAuthnForm):
    """A key once more."""


class ActivateApp(HouseWords, totp.ActivateTOTPForm):
    """The first code of a new app; a right one is the second factor of this session."""

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError when it is not the app's."""
        code = str(super().clean_code())
        sign_in.prove(context.request, self.user, Authenticator.Type.TOTP)
        return code


class AddKey(HouseWords, webauthn.AddWebAuthnForm):
    """A new passkey or security key; it is the second factor of this session."""

    def clean(self) -> dict[str, Any]:
        """Return what the key answered. Raises ValidationError."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("credential") and not self.errors:
            sign_in.prove(context.request, self.user, Authenticator.Type.WEBAUTHN)
        return cleaned
