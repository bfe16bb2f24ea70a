"""Who gives out a case sees who is away."""

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from hemvag.lib import clock
from hemvag.staff import workers
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.rules import story


def test_the_form_says_who_is_away_and_until_when(town: Town, client_for: Callable[[Worker], Client]) -> None:
    case, at = story.case(town), clock.now()
    for part, shift in {"colleague": 3, "social_worker": -1}.items():
        last = at.date() + dt.timedelta(days=shift)
        days = {"first": at.date() - dt.timedelta(days=9), "last": last}
        workers.be_away(town.workers[part], **days, by=town.workers["administrator"], at=at)
    lead = client_for(town.workers["unit_lead"])
    page = lead.get(reverse("concerns:assign", args=[case.dossier_id]), secure=True).content.decode()
    assert "Colleague (borta till och med" in page
    assert "Social Worker (" not in page
