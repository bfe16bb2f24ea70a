"""Wrong tries are counted for all processes together, across a restart, and tell nothing to who reads the table."""

import datetime as dt
import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import cache
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import connections
from django.test import Client

from hemvag.lib import clock
from hemvag.staff import counted
from hemvag.staff.counted import FOR_EVER, Counts
from hemvag.staff.models import Counted, Worker
from tests import database
from tests.conftest import Town
from tests.staff.signing_in import PASSWORD, sign_in


def test_a_value_is_kept_until_its_time_is_over(db: None) -> None:
    cache.set("a", [1.5], 60)
    cache.set("a", [2.5], 60)
    assert cache.get("a") == [2.5]
    assert cache.get("b", "nothing") == "nothing"
    with time_machine.travel(clock.now() + dt.timedelta(seconds=61)):
        assert cache.get("a") is None
        assert cache.add("a", 1, 60)
        assert counted.forget(before=clock.now() + dt.timedelta(seconds=61)) == 1


def test_one_adds_and_the_next_does_not(db: None) -> None:
    assert cache.add("a", 1, None)
    assert not cache.add("a", 2)
    assert cache.get("a") == 1
    assert Counted.objects.get().until == FOR_EVER
    assert cache.delete("a")
    assert not cache.delete("a")
    assert cache.add("a", 2, DEFAULT_TIMEOUT)
    cache.clear()
    assert cache.get("a") is None


def test_the_table_does_not_tell_who_tried(town: Town) -> None:
    worker = town.workers["social_worker"]
    sign_in(Client(), worker, "fel", address="10.1.2.3")
    kept = json.dumps(list(Counted.objects.values("key", "value")))
    assert len(kept) > 10
    assert not any(word in kept for word in (worker.email, str(worker.pk), "10.1.2.3", "login"))


def _add(name: str) -> bool:
    database.point_at(name)
    with connections["default"].cursor():
        return Counts("", {}).add("lock", 1, 60)


def _try(name: str, email: str) -> int:
    database.point_at(name)
    data = {"login": email, "password": "fel"}
    return Client().post("/account/sign-in/", data, secure=True).status_code


def test_of_many_at_once_one_adds(own_database: str) -> None:
    def add(_number: int) -> bool:
        try:
            return Counts("", {}).add("lock", 1, 60)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(add, range(8))) == 1


@pytest.mark.urls("tests.staff.urls")
def test_tries_in_another_process_count_here(own_town: Town, own_database: str) -> None:
    """And so after a restart: what counted them is gone."""
    worker = own_town.workers["social_worker"]
    worker.set_password(PASSWORD)
    worker.save()
    connections.close_all()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as processes:
        assert list(processes.map(_try, [own_database] * 10, [worker.email] * 10)) == [200] * 10
    assert sign_in(Client(), worker) == 200
    Counted.objects.all().delete()
    assert sign_in(Client(), Worker.objects.get(pk=worker.pk)) == 302
