"""A session ends when it is idle or old, a fourth ends the first, and one sees where one is signed in."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hemvag.lib import clock
from hemvag.staff import sessions
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.staff.signing_in import with_app

Enter = Callable[[Worker], Client]
HOUR = dt.timedelta(hours=1)


def see(client: Client, after: dt.timedelta, at: dt.datetime) -> int:
    with time_machine.travel(at + after, tick=False):
        return client.get(reverse("preferences"), secure=True).status_code


def test_an_idle_session_ends(town: Town, client_for: Enter) -> None:
    at, client = clock.now(), client_for(town.workers["colleague"])
    idle = dt.timedelta(minutes=settings.HEMVAG_IDLE_MINUTES)
    assert [see(client, idle * part, at) for part in (0, 0.9, 1.8)] == [200, 200, 200]
    assert see(client, idle * 2.9, at) == 302
    with time_machine.travel(at + idle * 2.9):
        page = client.get(reverse("account_login"), secure=True).content.decode()
    assert "inte användes på en stund" in page


def test_a_session_in_use_ends_after_ten_hours(town: Town, client_for: Enter) -> None:
    at, client = clock.now(), client_for(town.workers["colleague"])
    half = [see(client, HOUR / 2 * step, at) for step in range(20)]
    assert half == [200] * 20
    assert see(client, sessions.LONGEST + dt.timedelta(minutes=1), at) == 302


def test_a_fourth_place_ends_the_first(town: Town, client_for: Enter) -> None:
    at, worker = clock.now(), town.workers["colleague"]
    clients = []
    for number in range(4):
        clients.append(client_for(worker))
        assert see(clients[-1], dt.timedelta(seconds=number), at) == 200
    assert [see(client, dt.timedelta(seconds=9), at) for client in clients] == [302, 200, 200, 200]


def test_one_sees_where_one_is_signed_in_and_ends_the_others(town: Town, client_for: Enter) -> None:
    worker, stranger = town.workers["colleague"], client_for(town.workers["unit_lead"])
    here, there = client_for(worker), client_for(worker)
    stranger.get(reverse("preferences"), secure=True)
    there.get(reverse("preferences"), secure=True, headers={"user-agent": "Mozilla/5.0 Gecko Firefox/140.0"})
    agent = "Mozilla/5.0 AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    page = here.get(reverse("access:mine"), secure=True, headers={"user-agent": agent}).content.decode()
    assert "Firefox" in page
    assert "Chrome" in page
    assert page.count('<th scope="row">') == 2
    assert "den här" in page
    here.post(reverse("access:end_others"), secure=True)
    assert here.get(reverse("preferences"), secure=True).status_code == 200
    assert there.get(reverse("preferences"), secure=True).status_code == 302
    assert stranger.get(reverse("preferences"), secure=True).status_code == 200
    assert "Avsluta de andra" not in here.get(reverse("access:mine"), secure=True).content.decode()


def test_a_sign_in_that_waits_for_its_second_step_is_no_session(worker: Worker) -> None:
    with_app(Client(), worker)
    assert len(sessions.running(worker)) == 1


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
        ("Mozilla/5.0 AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge"),
        ("Mozilla/5.0 AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", "Chrome"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1", "Safari"),
        ("curl/8", ""),
    ],
)
def test_a_browsers_family_is_told_and_no_more(agent: str, family: str) -> None:
    assert sessions.family(agent) == family
