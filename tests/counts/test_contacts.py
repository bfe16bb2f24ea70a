"""Numbers without names: what the views count, what is held back, and what their role may read."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connections
from django.test import Client

from hemvag.counts import contacts, measures, months
from hemvag.disclosure import NOUGHT, UNKNOWN, Exact, Held
from hemvag.lib import clock
from hemvag.line import contact
from hemvag.line.models import CountedContact
from tests.conftest import Town
from tests.line.conftest import AT, CODED, written

MAY, APRIL = dt.date(2026, 5, 1), dt.date(2026, 4, 1)
JUNE_DAY = dt.date(2026, 6, 3)


def count(town: Town, caller: str, number: int, month: dt.date = MAY) -> None:
    for _each in range(number):
        CountedContact.objects.create(unit=town.line, month=month, **(CODED | {"caller": caller}))


def test_closed_contacts_and_those_that_became_reports_are_counted(own_town: Town) -> None:
    by = own_town.workers["counsellor"]
    for _each in range(5):
        row = contact.start(by=by, at=AT)
        written(row, own_town, **CODED)
        contact.close(row.id, by=by, at=AT)
    contact.start(by=by, at=AT)
    count(own_town, "grandparent", 2)
    count(own_town, "school", 6, APRIL)
    march, april, may = contacts.by_month(on=JUNE_DAY, months=3)
    assert march.total == UNKNOWN
    assert (april.total, april.groups["caller"]["professionals"]) == (Exact(6), Exact(6))
    assert april.groups["caller"]["relatives"] == NOUGHT
    assert (may.total, may.groups["caller"]["relatives"]) == (Exact(7), Exact(7))


def test_a_month_that_runs_is_not_told(own_town: Town) -> None:
    count(own_town, "grandparent", 9)
    assert [row.period.first for row in contacts.by_month(on=dt.date(2026, 5, 31), months=2)] == [
        dt.date(2026, 3, 1),
        APRIL,
    ]


def test_before_the_line_was_here_is_unknown_and_a_month_without_contacts_is_a_true_nought(own_town: Town) -> None:
    assert {row.total for row in contacts.by_month(on=JUNE_DAY, months=6)} == {UNKNOWN}
    count(own_town, "school", 6, dt.date(2025, 12, 1))
    count(own_town, "school", 6, MAY)
    told = {row.period: row.total for row in contacts.by_month(on=JUNE_DAY, months=8)}
    assert told[months.Period(dt.date(2025, 11, 1), 1)] == UNKNOWN
    assert told[months.Period(dt.date(2026, 2, 1), 1)] == NOUGHT
    assert told[months.Period(dt.date(2026, 1, 1), 3)] == NOUGHT
    assert told[months.Period(dt.date(2025, 10, 1), 3)] == UNKNOWN


def test_a_small_number_takes_another_of_its_month_with_it(own_town: Town) -> None:
    count(own_town, "grandparent", 9)
    count(own_town, "school", 2)
    [may] = contacts.by_month(on=JUNE_DAY, months=1)
    assert may.total == Exact(11)
    assert may.groups["caller"]["professionals"] == Held(1, 4)
    assert may.groups["caller"]["relatives"] == Held(7, 10)


def test_measures_say_what_the_page_says(own_town: Town) -> None:
    count(own_town, "school", 6, APRIL)
    count(own_town, "school", 3)
    told = measures.line_contacts_by_month(on=JUNE_DAY, months=3)
    assert [(one.month, one.value) for one in told] == [
        (dt.date(2026, 3, 1), UNKNOWN),
        (APRIL, Exact(6)),
        (MAY, Held(1, 4)),
    ]
    assert measures.latest(told) == Held(1, 4)
    assert measures.quarters_without(told) == 0
    assert measures.quarters_without(told[:0]) == 0


@pytest.mark.parametrize("table", ["hemvag.line_countedcontact", "hemvag.line_contact", "hemvag.dossiers_sealed"])
def test_the_role_reads_views_and_nothing_else(own_town: Town, table: str) -> None:
    with connections["numbers"].cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(f"SELECT 1 FROM {table}")


def test_the_page_and_its_file_hold_back_the_same_and_name_no_unit(
    own_town: Town, client_for: Callable[..., Client]
) -> None:
    last = months.ended(clock.today(), months=1)[0]
    count(own_town, "grandparent", 9, last)
    count(own_town, "school", 2, last)
    client = client_for(own_town.workers["coordinator"])
    page, file = client.get("/counts/").content.decode(), client.get("/counts/counts.csv").content.decode()
    for text in (page, file):
        assert "färre än 5" in text
        assert "7–10" in text
        assert "okänt" in text
        assert own_town.line.name not in text
    assert f"{last:%Y-%m};7–10;ingen;ingen;färre än 5;ingen;11" in file
    for role in ("counsellor", "registrar", "unit_lead", "administrator"):
        assert client_for(own_town.workers[role]).get("/counts/").status_code == 404
