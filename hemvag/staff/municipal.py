"""Sign-in by the municipality's own OpenID provider, as OIDC Sweden's profile describes it.

It lets in workers who have tied themselves to it, and signs nobody up. The token's signature, issuer, audience, times,
nonce and level of assurance are checked here; claims are used and forgotten. At level 3 the provider has asked for two
factors, so Hemväg asks for no third.
"""

import secrets
from typing import Any, Final, NoReturn

import jwt
import requests
import structlog
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from hemvag.lib import clock
from hemvag.staff import ties
from hemvag.staff.models import Tie, Worker

CLAIMS: Final = "https://id.oidc.se/claim/"
SIGNED_BY: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
NEEDED: Final = ["iss", "aud", "exp", "iat", "sub", "nonce", "acr"]
SKEW: Final = 60
"""By how many seconds two clocks may differ."""
FRESH: Final = 5 * 60
TIE_ASKED: Final = "tie_asked"
"""In the session: when the worker asked to tie herself, having just shown who she is."""


def refuse(request: HttpRequest, reason: str) -> NoReturn:
    """Answer with the plain page that says no, and note the kind of fault, without a word of the claims."""
    raise ImmediateHttpResponse(refused(request, reason))


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """Return that page."""
    structlog.get_logger().warning("municipal sign-in refused", reason=reason)
    return render(request, "staff/municipal_refused.html", {"reason": reason}, status=403)


class Tokens(OpenIDConnectOAuth2Adapter):
    """Fetch what the provider says, and believe it when it is signed, meant for us, and of now."""

    def __init__(self, request: HttpRequest, provider_id: str = "municipality") -> None:
        super().__init__(request, provider_id)

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002
        """Return the address to which the provider sends the worker back."""
        return request.build_absolute_uri(reverse("municipality_callback"))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **facts: Any) -> Any:
        """Return the sign-in that the token proves. Raises OAuth2Error or refuses."""
        claims = self._checked(app, facts["response"].get("id_token") or "")
        name = CLAIMS + app.settings["claim"]
        if name not in claims:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("userinfo of somebody else")
            claims = {**claims, name: more.get(name), CLAIMS + "orgNumber": more.get(CLAIMS + "orgNumber")}
        if not isinstance(claims.get(name), str) or not claims[name].strip():
            refuse(request, "claim")
        provider: Any = self.get_provider()  # type: ignore[no-untyped-call]
        return provider.sociallogin_from_response(request, claims)

    def _checked(self, app: Any, token: str) -> dict[str, Any]:
        issuer = self.openid_config["issuer"]
        if issuer.rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise OAuth2Error("the provider calls itself something else")
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key=self._signer(token),
                algorithms=SIGNED_BY,
                audience=app.client_id,
                issuer=issuer,
                leeway=SKEW,
                options={"require": NEEDED},
            )
        except jwt.PyJWTError as fault:
            raise OAuth2Error("the token does not hold") from fault
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the token is for somebody else")
        return claims

    def _signer(self, token: str) -> jwt.PyJWK:
        """Return the provider's key that the token says it is signed with, or its only one."""
        wanted = jwt.get_unverified_header(token).get("kid")
        with get_adapter().get_requests_session() as session:  # type: ignore[no-untyped-call]
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        fitting = [key for key in keys if key.public_key_use in {None, "sig"} and wanted in {None, key.key_id}]
        if len(fitting) != 1:
            raise OAuth2Error("no such key")
        return fitting[0]


class Municipality(OpenIDConnectProvider):
    """The municipality's own sign-in. What it says of a person goes no further than this request."""

    id = "municipality"
    oauth2_adapter_class = Tokens
    pkce_enabled_default = True

    def get_oauth2_adapter(self, request: HttpRequest) -> Tokens:
        """Return what fetches and checks the tokens."""
        return Tokens(request)

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Take from the address where to go afterwards and what it is for; nothing else."""
        target = request.GET.get("next", "/")
        is_here = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
        process = request.GET.get("process", "login")
        known = process if process in {"login", "connect", "reproof"} else "login"
        return {"next_url": target if is_here else "/", "process": known}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **facts: Any
    ) -> Any:
        """Send the worker to the provider, with a nonce and the level asked for; who is signed in must show it anew."""
        nonce = secrets.token_urlsafe(32)
        asked = {"nonce": nonce, "acr_values": " ".join(settings.HEMVAG_OIDC_ACR)}
        if process != "login":
            asked |= {"prompt": "login", "max_age": "0"}
        facts |= {"nonce": nonce, "auth_params": asked, "scope": list(self.app.settings["scope"])}
        return super().redirect(request, process, next_url=next_url, data=data, **facts)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return a keyed hash of who it is."""
        return ties.tokens(data[CLAIMS + self.app.settings["claim"]])[0]

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Take no name and no address."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:  # noqa: ARG002
        """Take no address."""
        return []


class Adapter(DefaultSocialAccountAdapter):
    """Let in who has tied herself, and nobody else. The provider comes from the environment, never from a table."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:  # noqa: ARG002
        """Return the one provider that the environment names."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Say that nobody may sign up."""
        return False

    def on_authentication_error(self, request: HttpRequest, *facts: Any, error: Any = None, **more: Any) -> None:  # noqa: ARG002
        """Answer with the plain page for whatever went wrong on the way."""
        refuse(request, "cancelled" if str(error) == "cancelled" else "broken")

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the worker whom the claims name, for what was asked. Refuses."""
        claims, state = sociallogin.account.extra_data, sociallogin.state
        sociallogin.account.extra_data = {}
        if not secrets.compare_digest(str(claims["nonce"]), str(state.get("nonce"))):
            refuse(request, "nonce")
        if claims["acr"] not in settings.HEMVAG_OIDC_ACR:
            refuse(request, "acr")
        identity = claims[CLAIMS + sociallogin.provider.app.settings["claim"]]
        if settings.HEMVAG_OIDC_ORG and settings.HEMVAG_OIDC_ORG not in _organisations(claims):
            refuse(request, "organisation")
        if state.get("process") == "connect":
            raise ImmediateHttpResponse(_tie(request, identity))
        worker = ties.find(identity)
        if worker is None:
            refuse(request, "unknown")
        if state.get("process") == "reproof":
            raise ImmediateHttpResponse(_prove(request, worker, claims, state))
        sociallogin.user = worker


class SecondStep(AuthenticateStage):
    """Ask for a second step, unless the municipality's own sign-in has asked for it already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        is_done = any(record.get("method") == "socialaccount" for record in records)
        return not is_done and bool(super()._should_handle(request))


def login(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the municipality's sign-in."""
    _ask_whether_set()
    try:
        answer: HttpResponse = OAuth2LoginView.adapter_view(Tokens(request))(request)  # type: ignore[no-untyped-call]
    except requests.RequestException:
        answer = refused(request, "away")
    return answer


def callback(request: HttpRequest) -> HttpResponse:
    """Take the visitor back from the municipality's sign-in."""
    _ask_whether_set()
    answer: HttpResponse = OAuth2CallbackView.adapter_view(Tokens(request))(request)  # type: ignore[no-untyped-call]
    return answer


def login_url() -> str:
    """Return the address of the municipality's sign-in, or nothing when there is none."""
    return reverse("municipality_login") if settings.SOCIALACCOUNT_PROVIDERS else ""


def again_url(worker: Worker, target: str) -> str:
    """Return the address at which a worker who is tied shows once more who she is, or nothing."""
    if not settings.SOCIALACCOUNT_PROVIDERS or not Tie.objects.filter(worker=worker).exists():
        return ""
    return f"{login_url()}?{urlencode({'process': 'reproof', 'next': target})}"


def tie_url(request: HttpRequest) -> str:
    """Return the address at which the worker ties herself, having just shown who she is; it holds for five minutes."""
    request.session[TIE_ASKED] = clock.now().timestamp()
    return f"{login_url()}?{urlencode({'process': 'connect'})}"


def _tie(request: HttpRequest, identity: str) -> HttpResponse:
    asked = request.session.pop(TIE_ASKED, 0)
    if not isinstance(request.user, Worker) or clock.now().timestamp() - asked > FRESH:
        refuse(request, "tie")
    try:
        ties.tie(request.user, identity, by=request.user, at=clock.now())
    except ties.SomebodyElses:
        refuse(request, "tie")
    return HttpResponseRedirect(reverse("preferences"))


def _prove(request: HttpRequest, worker: Worker, claims: dict[str, Any], state: dict[str, Any]) -> HttpResponse:
    shown = claims.get("auth_time")
    is_fresh = isinstance(shown, int) and clock.now().timestamp() - shown < FRESH
    if request.user != worker or not is_fresh:
        refuse(request, "again")
    record_authentication(request, worker, "socialaccount", provider="municipality", reauthenticated=True)
    return HttpResponseRedirect(state.get("next") or "/")


def _organisations(claims: dict[str, Any]) -> set[str]:
    """Return the organisations that the claims name: by number, and after the sign of an affiliation."""
    affiliation = str(claims.get(CLAIMS + "orgAffiliation") or "").rpartition("@")[2]
    return {affiliation, str(claims.get(CLAIMS + "orgNumber") or "")} - {""}


def _ask_whether_set() -> None:
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
