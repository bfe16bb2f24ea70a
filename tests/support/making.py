"""Adults' cases as tests make them: one line each. Everybody in them is invented."""

import datetime as dt
import uuid
from typing import Any

from hemvag.agencies.models import Unit
from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.agreement import Words
from hemvag.dossiers.models import Agreement
from hemvag.dossiers.opened import Opened
from hemvag.lib.clock import STOCKHOLM
from hemvag.people.identities import Birth, Identity, Name
from hemvag.support import agreements, knowledge, plan
from tests.conftest import Town

AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=STOCKHOLM)
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


def identity(given: str = "Jonas", family: str = "Fältman", **facts: Any) -> Identity:
    """An adult born in 1991."""
    return Identity(names=[Name(given=given, family=family)], birth=Birth(kind="exact", date="1991-05-04"), **facts)


def own(town: Town, *, at: dt.datetime = AT, part: str = "support_worker", **facts: Any) -> Opened:
    """A case that began by the person's own contact."""
    words = "Jag vill flytta och behöver någonstans att bo."
    return knowledge.own_contact(identity(**facts), words=words, by=town.workers[part], at=at)


def told(town: Town, *, at: dt.datetime = AT, most: int = 2, days: int = 14, **facts: Any) -> Opened:
    """An offer that a relative's call led to."""
    asked = {"source": "relative", "ground": "Systern ringde och är orolig.", "on": at.date()} | facts
    attempts = knowledge.Plan(how="Brev", by_whom="Kim", most=most, last=at.date() + days * DAY)
    return knowledge.told(identity(), plan=attempts, by=town.workers["support_worker"], at=at, **asked)


def words(**facts: Any) -> Words:
    """What is agreed."""
    said = {"what": "Att han söker bostad", "to_whom": "Hamnhem", "purpose": "En bostad", "read_back_by": "Kim"}
    return Words(**{**said, **facts})


def agree(
    town: Town,
    opened: Opened,
    *,
    receivers: tuple[str, ...] = ("police",),
    unit: Unit | None = None,
    kinds: tuple[str, ...] = (),
    days: int = 90,
    at: dt.datetime = AT,
) -> Agreement:
    """An agreement that holds from now on."""
    return agreements.give(
        opened,
        words=words(receivers=list(receivers)),
        scope=agreements.Scope(receivers=receivers, unit=unit, kinds=kinds),
        valid_from=at,
        valid_to=at + days * DAY,
        by=town.workers["support_worker"],
        at=at,
    )


def planned(town: Town, opened: Opened, *, rating: int | None = 3, at: dt.datetime = AT) -> uuid.UUID:
    """A plan with two measures, to be followed up in two weeks."""
    return plan.write(
        opened,
        goals="Jag vill ha ett eget hem.",
        rows=[plan.Row(measure="housing", who="Boendeenheten"), plan.Row(measure="debt", who="Budgetrådgivningen")],
        follow_up=at.date() + 14 * DAY,
        rating=rating,
        by=town.workers["support_worker"],
        at=at,
    )


def again(town: Town, opened: Opened, *, part: str = "support_worker", at: dt.datetime = AT) -> Opened:
    """The same dossier, opened anew by a worker."""
    return record.open_dossier(opened.dossier.id, by=town.workers[part], purpose=Purpose.SUPPORT, at=at)
