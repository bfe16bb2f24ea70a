"""Numbers without names: what the views count, what is held back, and what their role may read."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connections
from django.test import Client

from hemvag.counts import contacts
from hemvag.line import contact
from hemvag.line.models import CountedContact
from tests.conftest import Town
from tests.line.conftest import AT, CODED, written


def count(town: Town, caller: str, number: int, month: dt.date = dt.date(2026, 5, 1)) -> None:
    for _each in range(number):
        CountedContact.objects.create(unit=town.line, month=month, **(CODED | {"caller": caller}))


@pytest.mark.parametrize(
    ("numbers", "shown", "total"),
    [
        ({"a": 7, "b": 5}, [7, 5], 12),
        ({"a": 7, "b": 4}, [7, None], None),
        ({"a": 3, "b": 4}, [None, None], 7),
        ({"a": 1, "b": 2}, [None, None], None),
        ({"a": 0, "b": 9}, [0, 9], 9),
        ({"a": 0, "b": 0}, [0, 0], 0),
    ],
)
def test_small_numbers_are_held_back(numbers: dict[str, int], shown: list[int | None], total: int | None) -> None:
    cells, whole = contacts.protected(numbers)
    assert ([cell.shown for cell in cells], whole) == (shown, total)


def test_closed_contacts_and_those_that_became_reports_are_counted(own_town: Town) -> None:
    by = own_town.workers["counsellor"]
    for _each in range(5):
        row = contact.start(by=by, at=AT)
        written(row, own_town, **CODED)
        contact.close(row.id, by=by, at=AT)
    contact.start(by=by, at=AT)
    count(own_town, "grandparent", 2)
    count(own_town, "school", 6, dt.date(2026, 4, 1))
    may, april = contacts.contacts(months=12)
    assert (may.month, may.total) == (dt.date(2026, 5, 1), 7)
    assert {cell.group: cell.shown for cell in may.cells}["relatives"] == 7
    assert {cell.group: cell.shown for cell in april.cells}["professionals"] == 6
    assert contacts.reports(months=12) == []
    assert len(contacts.contacts(months=1)) == 1


@pytest.mark.parametrize("table", ["hemvag.line_countedcontact", "hemvag.line_contact", "hemvag.dossiers_sealed"])
def test_the_role_reads_views_and_nothing_else(own_town: Town, table: str) -> None:
    with connections["numbers"].cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(f"SELECT 1 FROM {table}")


def test_only_who_reads_numbers_sees_the_page(own_town: Town, client_for: Callable[..., Client]) -> None:
    count(own_town, "grandparent", 6)
    count(own_town, "school", 2)
    page: Any = client_for(own_town.workers["coordinator"]).get("/counts/")
    words = page.content.decode()
    assert "färre än 5" in words
    assert "visas inte" in words
    assert own_town.line.name not in words
    for role in ("counsellor", "registrar", "unit_lead", "administrator"):
        assert client_for(own_town.workers[role]).get("/counts/").status_code == 404
