"""Who was refused at the door stands in the read log; what was typed does not."""

import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hemvag.staff.models import Worker
from tests import database
from tests.conftest import Town
from tests.staff.signing_in import PASSWORD, code, sign_in, with_app

pytestmark = pytest.mark.urls("tests.staff.urls")


def refusals() -> list[tuple[uuid.UUID | None, list[uuid.UUID], str]]:
    """Return (worker, dossiers, door) of every refused sign-in, oldest first."""
    query = (
        "SELECT worker, dossiers, door FROM log.audit_entry WHERE act = 'refused' AND purpose = 'sign_in'"
        " ORDER BY writer, number"
    )
    with database.connect("owner", settings.DATABASES["default"]["NAME"]) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def worker(own_town: Town) -> Worker:
    """A worker with a password and no second factor."""
    found = own_town.workers["counsellor"]
    found.set_password(PASSWORD)
    found.save()
    return found


def test_a_wrong_password_is_logged_with_whose_it_was_not(worker: Worker) -> None:
    sign_in(Client(), worker, "fel lösenord som ingen har")
    assert refusals() == [(worker.id, [], "staff")]


def test_an_address_that_is_nobodys_is_logged_as_nobodys(worker: Worker) -> None:
    stranger = Worker(email="nobody@example.test")
    sign_in(Client(), stranger)
    assert refusals() == [(None, [], "staff")]


def test_a_right_password_is_no_refusal(worker: Worker) -> None:
    assert sign_in(Client(), worker) == 302
    assert refusals() == []


def test_tries_past_the_limit_do_not_fill_the_log(worker: Worker) -> None:
    for _ in range(13):
        sign_in(Client(), worker, "fel lösenord som ingen har")
    assert len(refusals()) == 10


def test_a_wrong_code_is_logged(worker: Worker) -> None:
    secret = with_app(Client(), worker)
    client = Client()
    sign_in(client, worker)
    wrong = f"{(int(code(secret)) + 1) % 1_000_000:06d}"
    client.post(reverse("mfa_authenticate"), {"code": wrong}, secure=True)
    assert refusals() == [(worker.id, [], "staff")]
