"""What somebody does who signs in by the municipality's OpenID provider: goes there, shows who she is, comes back."""

import secrets
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client
from django.urls import reverse

LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
CLAIM = "https://id.oidc.se/claim/"
WHO = "ab12@212000-1124"
Facts = dict[str, Any]


def person(provider: str, **changed: Any) -> str:
    """Enter somebody at the provider, and return her name there. A claim that is None is left out."""
    claims = {f"{CLAIM}orgAffiliation": WHO, "acr": LOA3} | changed
    sub = secrets.token_hex(8)
    known = {name: value for name, value in claims.items() if value is not None}
    requests.put(f"{provider}/users/{sub}", json=known, timeout=10).raise_for_status()
    return sub


def away(client: Client, **asked: str) -> str:
    """Follow the link to the provider; return where it leads."""
    answer = client.get(reverse("municipality_login"), asked, secure=True)
    assert answer.status_code == 302
    return answer["Location"]


def shown(address: str, sub: str) -> str:
    """Show at the provider who one is; return the address that it sends one back to."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def back(client: Client, address: str) -> tuple[int, str]:
    parts = urlsplit(address)
    answer = client.get(f"{parts.path}?{parts.query}", secure=True)
    return answer.status_code, answer.get("Location", "") or answer.content.decode()


def enter(client: Client, provider: str, asked: Facts | None = None, **changed: Any) -> tuple[int, str]:
    """The whole way there and back."""
    return back(client, shown(away(client, **(asked or {})), person(provider, **changed)))


def is_in(client: Client) -> bool:
    return client.get(reverse("preferences"), secure=True).status_code == 200
