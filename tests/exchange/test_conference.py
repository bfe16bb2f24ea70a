"""What each party of a meeting is told stands in the ledger, on the agreement that named it."""

import datetime as dt

import pytest

from hemvag.exchange import conference, items, tell
from hemvag.exchange import facts as told_facts
from hemvag.exchange.models import Disclosure
from hemvag.support import agreements, facts
from hemvag.support.conference import Party
from tests.conftest import Town
from tests.exchange.making import telling
from tests.support import making

POLICE = Party(receiver="police", who="Bo Ek, kommunpolis", told="Att han söker bostad.")


def test_three_parties_give_three_lines_and_a_fourth_that_nobody_agreed_to_gives_none(town: Town) -> None:
    by, at = town.workers["support_worker"], making.AT
    opened = making.own(town)
    making.agree(town, opened, receivers=("police", "health_care"))
    making.agree(town, opened, unit=town.other_children, kinds=("plan",), receivers=())
    parties = [
        POLICE,
        Party(receiver="health_care", who="Eva, sköterska", told="Att han vill ha tid."),
        Party(receiver=f"unit:{town.other_children.id}", who="Ada", told="Planen."),
    ]
    with pytest.raises(facts.NobodyAgreed):
        stranger = Party(receiver="school", who="Rektor", told="Allt.")
        conference.hold(opened, table="sig", parties=[*parties, stranger], text="", held_at=at, by=by, at=at)
    assert not Disclosure.objects.exists()
    conference.hold(opened, table="sig", parties=parties, text="", held_at=at, by=by, at=at)
    rows = list(Disclosure.objects.order_by("receiver"))
    assert [(row.receiver, row.verdict, row.channel) for row in rows] == [
        ("health_care", "consent", "meeting"),
        ("other_social_services", "consent", "meeting"),
        ("police", "consent", "meeting"),
    ]
    assert all(row.agreement_id and row.expires_at for row in rows)
    assert rows[2].rule == "IS-37"
    said = opened.piece(rows[2].content_id).data
    assert said["receiver_name"] == "Bo Ek, kommunpolis"
    assert said["items"][0]["rows"] == [["", "Att han söker bostad."]]


def test_an_adult_is_told_of_by_agreement_or_not_at_all(town: Town) -> None:
    by, at = town.workers["support_worker"], making.AT
    opened = making.own(town)
    made = making.agree(town, opened, receivers=("police",))
    making.planned(town, opened)
    asked = telling(opened, ["goals"], receiver="police", situation="care_or_support")
    assert {"goals", "measures"} <= {item.code for item in items.available(opened, at.date())}
    later = at + dt.timedelta(minutes=1)
    with pytest.raises(told_facts.NoAgreement):
        tell.record(opened, telling(opened, ["goals"], receiver="prosecutor", situation="care_or_support"),
                    told_at=at, by=by, at=later)  # fmt: skip
    row = tell.record(opened, asked, told_at=at, by=by, at=later)
    assert (row.verdict, row.rule, row.agreement) == ("consent", "IS-37", made)
    agreements.withdraw(opened, made.id, by=by, at=later)
    with pytest.raises(told_facts.NoAgreement):
        tell.record(opened, asked, told_at=later, by=by, at=later)
