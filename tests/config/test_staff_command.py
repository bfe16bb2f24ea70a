"""A real installation begins at the command line: the first administrator is entered there."""

import argparse
import re

import pytest
from django.test import Client

from hemvag.config.commands import staff
from hemvag.config.plain import Told
from hemvag.lib import clock
from hemvag.staff.models import Worker
from tests.conftest import Town

pytestmark = pytest.mark.urls("tests.staff.urls")
NEW = ["add", "--name", "Åsa Ek", "--email", "asa@example.test", "--unit", "reception", "--role", "administrator"]


def told(*words: str) -> int:
    parser = argparse.ArgumentParser()
    staff.add_arguments(parser)
    return staff.run(parser.parse_args(words))


def test_a_worker_is_entered_and_gets_a_link(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(*NEW) == 0
    worker = Worker.objects.get(email="asa@example.test")
    [membership] = worker.memberships.on(clock.today())
    assert (membership.unit, membership.role) == (town.reception, "administrator")
    said = capsys.readouterr().out
    [path] = re.findall(r"https://testserver(\S+)", said)
    assert Client().get(path, secure=True).status_code == 302


def test_the_unit_may_be_named_with_its_committee(town: Town) -> None:
    told(*(word if word != "reception" else "social/reception" for word in NEW))
    assert Worker.objects.filter(email="asa@example.test").exists()


@pytest.mark.parametrize(
    ("word", "instead", "said"),
    [
        ("reception", "nowhere", "is no unit. The units are: social/adults"),
        ("reception", "city/reception", "is no unit"),
        ("administrator", "king", "There is no role king. The roles are: counsellor"),
        ("asa@example.test", "COLLEAGUE@example.test", "is a worker already"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(town: Town, word: str, instead: str, said: str) -> None:
    before = Worker.objects.count()
    with pytest.raises(Told, match=re.escape(said)):
        told(*(instead if each == word else each for each in NEW))
    assert Worker.objects.count() == before


def test_a_new_link_and_leaving(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    told("link", "--email", "colleague@example.test")
    assert "https://testserver/account/password/new/" in capsys.readouterr().out
    told("leave", "--email", "colleague@example.test")
    assert not Worker.objects.get(email="colleague@example.test").is_active
    with pytest.raises(Told, match="No worker here"):
        told("link", "--email", "colleague@example.test")
