"""Every address by every role: tried, and nothing is missing from the table."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hemvag.staff.models import Worker
from hemvag.staff.sign_in import SecondFactors
from tests.conftest import Town
from tests.rules.permissions import PARTS, ROWS, Row
from tests.rules.story import KEYWORDS


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Give the full name of every address; one without a name is given by its pattern."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name or one.pattern}"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(set(addresses(get_resolver("hemvag.doors.staff.urls")))) == sorted({row.name for row in ROWS})


def test_rows_name_parts_that_exist(town: Town) -> None:
    assert set(PARTS) == {*town.workers, "nobody"}
    assert all(row.lets_in <= set(PARTS) for row in ROWS)


def outcome(answer: HttpResponse) -> str:
    """Say in a word what an answer means for who asked."""
    if answer.status_code == 302 and answer["Location"].startswith(reverse("account_login")):
        return "sign_in"
    if answer.status_code == 404:
        return "not_there"
    return "in" if answer.status_code in {200, 302, 400, 422} else str(answer.status_code)


def answered(client: Client, row: Row, address: str) -> str:
    """Ask, and take back whatever it changed."""
    before = transaction.savepoint()
    try:
        return outcome(getattr(client, row.method)(address, secure=True))
    finally:
        transaction.savepoint_rollback(before)


def readied(signed_in: Sequence[Worker]) -> None:
    """Give each worker a password and second factors, as everyone has who is signed in."""
    for worker in signed_in:
        worker.password = "argon2$never-checked"
    Worker.objects.bulk_update(signed_in, ["password"])
    kinds = [("totp", {"secret": ""}), ("recovery_codes", {"seed": SecondFactors().encrypt("5eed"), "used_mask": 0})]
    Authenticator.objects.bulk_create(
        Authenticator(user=worker, type=kind, data=facts) for worker in signed_in for kind, facts in kinds
    )


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_an_address_lets_in_whom_the_table_says(town: Town, client_for: Callable[[Worker], Client], row: Row) -> None:
    nobody = Worker.objects.create_user("nobody@example.test", None, name="Nobody")
    readied([*town.workers.values(), nobody])
    address = reverse(row.name, kwargs=KEYWORDS[row.of](town))
    found = {}
    for part, worker in {**town.workers, "nobody": nobody}.items():
        found[part] = answered(client_for(worker), row, address)
    assert found == {part: "in" if part in row.lets_in else "not_there" for part in PARTS}
    assert answered(Client(), row, address) == {"open": "in"}.get(row.visitor, row.visitor)


@pytest.mark.parametrize(
    ("status", "location", "word"),
    [
        (200, "", "in"),
        (302, "/today/", "in"),
        (302, "/account/sign-in/?next=/", "sign_in"),
        (404, "", "not_there"),
        (500, "", "500"),
    ],
)
def test_an_answer_is_read_as_what_it_means(status: int, location: str, word: str) -> None:
    answer = HttpResponse(status=status)
    if location:
        answer["Location"] = location
    assert outcome(answer) == word


def test_the_demo_adds_only_its_own_two_addresses() -> None:
    demo = set(addresses(get_resolver("hemvag.config.demo.urls"))) - {row.name for row in ROWS}
    assert demo == {"demo_choose", "demo_enter"}
