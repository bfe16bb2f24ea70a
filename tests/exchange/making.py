"""Tellings and offers as tests make them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hemvag.dossiers.opened import Opened
from hemvag.exchange import items, offer
from hemvag.exchange.models import Offer
from hemvag.exchange.tell import Telling
from hemvag.lib.clock import STOCKHOLM
from tests.concerns import making
from tests.conftest import Town

AT = dt.datetime(2026, 3, 3, 10, 0, tzinfo=STOCKHOLM)
HOUR = dt.timedelta(hours=1)
TESTS = "request need harm interest special_circumstances concrete_circumstances suspicion suitability best_of_child"
ALL_TESTS = dict.fromkeys([*TESTS.split(), "deidentified"], "Prövat och antecknat.")


def child(town: Town) -> Opened:
    """A child's dossier, opened by the social worker whose it is."""
    made = making.case(town)
    return making.opened(town, made, at=AT)


def telling(opened: Opened, codes: Sequence[str] = ("age", "name"), **facts: Any) -> Telling:
    """What is told to health care about a child who needs care, unless said otherwise."""
    arguments: dict[str, Any] = {
        "receiver": "health_care",
        "situation": "care_or_support",
        "receiver_name": "Barnmottagningen",
        "purpose": "Boka en undersökning.",
        "items": items.chosen(opened, codes, AT.date()),
        "channel": "phone",
        "delegation": "Delegationsordningen punkt 4",
        "informed": "before",
        "tests": ALL_TESTS,
    }
    return Telling(**(arguments | facts))


def sent(town: Town, opened: Opened, *, at: dt.datetime = AT, **facts: Any) -> Offer:
    """An envelope to the other children's unit, which asks it to take something over."""
    told = telling(opened, receiver="other_social_services", receiver_name="Söder", channel="envelope", **facts)
    by = town.workers["social_worker"]
    return offer.send(opened, told, kind="hand_over", unit=town.other_children, by=by, at=at)
