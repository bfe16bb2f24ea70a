"""A double click acts once, also when both arrive at the same moment."""

import threading
import uuid
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from hemvag.lib import clock
from hemvag.web.models import Once
from hemvag.web.once import forget, once

WORKER = uuid.uuid4()


class Someone:
    def __init__(self, pk: uuid.UUID) -> None:
        self.pk = pk


def post(token: object, worker: uuid.UUID = WORKER, **data: str) -> HttpRequest:
    request = RequestFactory().post("/", {"once": str(token), **data})
    request.user = Someone(worker)  # type: ignore[assignment]
    return request


class View:
    """A view that counts its acts and leads to a new place each time."""

    def __init__(self) -> None:
        self.acts = 0
        self.view = once(self._act)

    def _act(self, request: HttpRequest) -> HttpResponse:
        self.acts += 1
        if request.POST.get("wrong"):
            return HttpResponse("errors")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.2)")
        return HttpResponseRedirect(f"/made/{self.acts}/")


@pytest.mark.usefixtures("db")
def test_the_second_press_gets_the_first_ones_answer() -> None:
    view, token = View(), uuid.uuid4()
    assert view.view(post(token)).headers["Location"] == "/made/1/"
    assert view.view(post(token)).headers["Location"] == "/made/1/"
    assert view.acts == 1
    assert view.view(post(uuid.uuid4())).headers["Location"] == "/made/2/"


@pytest.mark.usefixtures("db")
def test_a_form_shown_again_stores_nothing_and_may_be_sent_again() -> None:
    view, token = View(), uuid.uuid4()
    assert view.view(post(token, wrong="yes")).status_code == 200
    assert not Once.objects.exists()
    assert view.view(post(token)).headers["Location"] == "/made/2/"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("token", ["", "nonsense"])
def test_a_form_without_its_token_is_refused(token: str) -> None:
    view = View()
    with pytest.raises(SuspiciousOperation):
        view.view(post(token))
    assert view.acts == 0


@pytest.mark.usefixtures("db")
def test_somebody_elses_token_tells_nothing() -> None:
    view, token = View(), uuid.uuid4()
    view.view(post(token))
    with pytest.raises(SuspiciousOperation):
        view.view(post(token, worker=uuid.uuid4()))


@pytest.mark.usefixtures("db")
def test_old_tokens_are_forgotten() -> None:
    view = View()
    view.view(post(uuid.uuid4()))
    assert forget(before=clock.now().replace(year=2020)) == 0
    assert forget(before=clock.now()) == 1


@pytest.mark.usefixtures("own_database")
def test_two_presses_at_the_same_moment_act_once() -> None:
    view, token = View(), uuid.uuid4()
    answers: list[Any] = []

    def press() -> None:
        try:
            answers.append(view.view(post(token)).headers["Location"])
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert answers == ["/made/1/"] * 4
    assert view.acts == 1
