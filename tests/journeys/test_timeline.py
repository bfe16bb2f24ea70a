"""A plan is read at a meeting as a timeline and as a list; one that nobody comes to rests and comes back on Today."""

import datetime as dt

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.looks import NARROW, accessible, small
from tests.journeys.test_reception import open_plan, reported
from tests.live import Live

pytestmark = pytest.mark.journey


def test_a_plan_is_read_as_a_timeline_and_rests_until_it_is_looked_at_again(enter: Enter, live: Live) -> None:
    worker = enter("social_worker", look=accessible)
    open_plan(worker, reported(live))
    worker.follow("Tidslinje, utskrift, vila")
    worker.sees_heading("Tidslinje och lista")
    worker.look()
    small(worker.page)
    chart, rows = worker.page.locator(".plan-chart"), worker.page.locator("table.plan-list tbody tr")
    assert chart.is_visible()
    assert rows.count() == 28
    worker.page.set_viewport_size(NARROW)
    assert not chart.is_visible()
    assert rows.first.is_visible()
    worker.page.set_viewport_size({"width": 1280, "height": 800})
    worker.page.locator("#R11").get_by_role("link", name="R06 ").first.press("Enter")
    assert worker.page.url.endswith("#R06")
    worker.follow("Låt planen vila")
    worker.look()
    worker.write("Varför vilar planen?", "Gränsen är stängd.")
    worker.write("Nästa genomgång", (live.now().date() + dt.timedelta(days=5)).isoformat())
    worker.press("Låt planen vila")
    worker.sees("Planen vilar. Lagens tider går vidare.")
    worker.sees("Gränsen är stängd.")
    worker.sees("Förhandsbedömning")
    worker.look()
    worker.enter_room("I dag")
    worker.sees("Mottagningsplan som vilar")
    worker.follow("Gå igenom", within=worker.page.locator("main"))
    worker.follow("Ta upp planen")
    worker.look()
    worker.write("Vad har hänt?", "De är på väg.")
    worker.press("Ta upp planen")
    worker.sees("Sparat.")
    worker.follow("Avsluta planen")
    worker.look()
