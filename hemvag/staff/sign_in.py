"""Real sign-in, by django-allauth: nobody signs up by themselves, and no page opens on a password alone."""

import base64
import time
from collections.abc import Callable
from typing import Any, Final

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from hemvag.vault import lasting
from hemvag.vault.installed import keyring

PURPOSE: Final = "second factor"
PLACE: Final = b"second factor"
FACTORS: Final = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
STRONG: Final = frozenset({"mfa", "socialaccount"})
"""What lets in: a second factor, a passkey, a recovery code, or the municipality's own sign-in at level 3."""
BEFORE_A_FACTOR: Final = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "language", "sign_out"}
)
"""The only addresses that a worker reaches who has a password and no second factor yet: those that set one up."""


class Adapter(DefaultAccountAdapter):
    """Workers are entered by an administrator; the sign-up page does not exist."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-postadressen och lösenordet hör inte ihop. Försök igen."),
        "too_many_login_attempts": _("För många försök. Vänta fem minuter och försök igen."),
        "rate_limited": _("För många försök. Vänta en stund och försök igen."),
        "incorrect_password": _("Lösenordet stämmer inte. Försök igen."),
        "enter_current_password": _("Det nuvarande lösenordet stämmer inte."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Say that nobody may sign up."""
        return False

    def is_reauthentication_required(self, *, app: str, **facts: Any) -> bool:
        """Ask once more before a factor is changed, unless the worker signed in within the last minutes."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record.get("at", 0) for record in records), default=0)
        if time.time() - newest < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **facts))

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Offer the password only to who has no second factor yet: otherwise it alone could remove one."""
        methods = list(super().get_reauthentication_methods(user))
        return [method for method in methods if method["id"] != "reauthenticate"] or methods

    def get_login_stages(self) -> list[str]:
        """Ask for the house's second step, which the municipality's own sign-in has taken already."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "hemvag.staff.municipal.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def add_message(self, request: HttpRequest, level: int, *args: Any, **facts: Any) -> None:
        """Show only what went wrong; that something was done shows on the page itself."""
        if facts.get("message"):
            super().add_message(request, level, *args, **facts)


class SecondFactors(DefaultMFAAdapter):
    """Secrets of second factors are sealed under a key of the installation; the last factor cannot be removed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Koden stämmer inte. Vänta på nästa och försök igen."),
        "cannot_delete_authenticator": _("Det här är ditt enda andra steg. Lägg till ett annat först."),
    }

    def encrypt(self, text: str) -> str:
        """Return the secret sealed, as text."""
        return base64.b64encode(lasting.seal(keyring(), PURPOSE, text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. Raises DoesNotOpen when the key is another."""
        return lasting.unseal(keyring(), PURPOSE, base64.b64decode(encrypted_text), PLACE).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say whether another factor than a recovery code would be left."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return others.exclude(id=authenticator.id).exists()

    def build_totp_svg(self, url: str) -> str:
        """Return the square as a drawing that stands in the page itself: the policy lets no data address in."""
        code = qrcode.QRCode(border=2)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
        form = '<svg class="square" viewBox="0 0 {0} {0}" role="img" aria-label="{1}"><path d="{2}"/></svg>'
        return format_html(form, len(rows), gettext("Kod att läsa av med en app"), path)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """Return a name to begin with for a new key."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return pgettext("säkerhetsnyckel", "Nyckel %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return "Hemväg"


class SecondFactor:
    """Send a worker who is signed in by password alone to set up a second factor, and let her reach nothing else.

    A session that was opened by password before the worker had a factor ends when she has one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: list[Any], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Answer in the view's place when there is no second factor in this session."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if not request.user.is_authenticated:
            return None
        factors = Authenticator.objects.filter(user_id=request.user.pk, type__in=FACTORS)
        if proved(request):
            return redirect("mfa_index") if name == "mfa_remove_webauthn" and factors.count() < 2 else None
        if factors.exists():
            logout(request)
            return redirect("account_login")
        return None if name in BEFORE_A_FACTOR else redirect("mfa_index")


def proved(request: HttpRequest) -> bool:
    """Say whether a second factor, a passkey or a recovery code was shown here, or the municipality's own sign-in."""
    if isinstance(request.user, AnonymousUser):
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") in STRONG for record in records)


def prove(request: HttpRequest, user: AbstractBaseUser, kind: Authenticator.Type) -> None:
    """Remember in the session that the worker has just shown the factor that is being set up."""
    record_authentication(request, user, "mfa", type=kind.value)
