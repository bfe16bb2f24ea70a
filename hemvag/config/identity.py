"""How the municipality's own sign-in (an OpenID provider) is reached, read from the environment."""

from typing import Any, Final

from hemvag.config import env

SCOPES: Final = {
    "orgAffiliation": "https://id.oidc.se/scope/naturalPersonOrgId",
    "personalIdentityNumber": "https://id.oidc.se/scope/naturalPersonNumber",
}
"""Which scope of OIDC Sweden's profile asks for which claim."""
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def providers() -> dict[str, Any]:
    """Return what django-allauth is told of the provider; nothing when none is set. Raises WrongSetting."""
    issuer = env.url("HEMVAG_OIDC_ISSUER", schemes=("https", "http"))
    if issuer is None:
        return {}
    if issuer.scheme == "http" and issuer.hostname not in LOOPBACK:
        raise env.WrongSetting("HEMVAG_OIDC_ISSUER should begin with https://.")
    client, secret = env.text("HEMVAG_OIDC_CLIENT"), env.secret("HEMVAG_OIDC_SECRET")
    if not client or not secret:
        raise env.WrongSetting("HEMVAG_OIDC_ISSUER needs HEMVAG_OIDC_CLIENT and HEMVAG_OIDC_SECRET beside it.")
    claim = env.choice("HEMVAG_OIDC_CLAIM", list(SCOPES))
    facts = {"server_url": issuer.geturl(), "claim": claim, "scope": ["openid", SCOPES[claim]]}
    app = {"provider_id": "municipality", "name": "municipality", "client_id": client, "secret": secret}
    return {"municipality": {"APPS": [app | {"settings": facts}]}}
