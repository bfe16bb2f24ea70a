"""What tests of sign-in do again and again."""

import re
import time

from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from hemvag.staff.models import Worker

PASSWORD = "fyra gröna hästar i regn"
PAGE = "the page behind sign-in"


def sign_in(client: Client, worker: Worker, password: str = PASSWORD, address: str = "10.0.0.1") -> int:
    answer = client.post(
        reverse("account_login"), {"login": worker.email, "password": password}, secure=True, REMOTE_ADDR=address
    )
    return answer.status_code


def code(secret: str, steps: int = 0) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps)))


def get(client: Client, name: str = "today") -> tuple[int, str]:
    answer = client.get(reverse(name), secure=True)
    return answer.status_code, answer.get("Location", "") or answer.content.decode()


def with_app(client: Client, worker: Worker) -> str:
    """Sign in, set up an app, and return its secret."""
    sign_in(client, worker)
    page = client.get(reverse("mfa_activate_totp"), secure=True).content.decode()
    [secret] = re.findall(r'class="secret">([A-Z2-7]+)<', page)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, secure=True)
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return str(secret)


def long_ago(client: Client) -> None:
    """Let the session's proofs be an hour old."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
