"""The plan as a timeline and as a list: the list is the truth, and the law's clocks stand first."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.test import Client, override_settings

from hemvag.dossiers.models import Dossier
from hemvag.lib import clock
from hemvag.reception import change, chart, family, overview, plan, resting, tasks, template
from hemvag.reception.known import Sure
from hemvag.reception.overview import Overview
from hemvag.reception.plan import Child
from hemvag.staff.models import Worker
from tests.conftest import Town
from tests.reception import making
from tests.reception.making import AT, HOUR, KNOWN

DAY = dt.timedelta(days=1)
ClientFor = Callable[[Worker], Client]


def numbered(child: Child | None) -> str:
    return f"Barn {child.number}" if child else ""


def shown(town: Town, dossier: object, *, at: dt.datetime = AT) -> Overview:
    """The plan as its social worker sees it."""
    opened = making.opened(town, dossier, at=at)
    found = plan.read(opened)
    known = family.opened(found, by=town.workers["social_worker"], at=at)
    return overview.of(found, opened, known, naming=numbered, at=at)


def test_every_task_stands_once_in_order_of_time_with_a_line_for_each_child(town: Town) -> None:
    made = making.made(town)
    rows = {row.task.code: row for row in shown(town, made.dossier.id).rows}
    assert len(rows) == 28
    assert rows["R08"].keys == ["R08-1", "R08-2", "R08-3"]
    assert [line.children for line in rows["R08"].lines] == ["Barn 1, Barn 2, Barn 3"]
    assert [phase.code for phase in shown(town, made.dossier.id).phases] == ["B", "0", "72h", "W", "M", "Y"]
    assert rows["R17"].lines[0].due == "tisdag 1 december"
    assert rows["R12"].note == "förslag, ändra efter er ordning"
    assert not rows["R17"].note


def test_an_unknown_arrival_is_said_in_days_after_it(town: Town) -> None:
    made = making.made(town, known=replace(KNOWN, sure=Sure.UNKNOWN))
    rows = {row.task.code: row for row in shown(town, made.dossier.id).rows}
    assert rows["R11"].lines[0].due == "3 dagar efter ankomsten"
    assert rows["R06"].lines[0].due == "1 dag före ankomsten"
    assert rows["R08"].lines[0].due == "dagen för ankomst"
    assert chart.draw(shown(town, made.dossier.id), "x").now is None


def test_moving_the_arrival_moves_the_days_and_none_of_the_laws(town: Town) -> None:
    made = making.made(town)
    before = shown(town, made.dossier.id)
    by = town.workers["social_worker"]
    moved = replace(KNOWN, day=KNOWN.day + 30 * DAY, sure=Sure.LIKELY)
    change.know(making.opened(town, made.dossier.id), moved, version=1, by=by, at=AT + HOUR)
    after = shown(town, made.dossier.id, at=AT + HOUR)
    days = [{row.task.code: row.lines[0].due for row in one.rows} for one in (before, after)]
    assert (days[0]["R17"], days[1]["R17"]) == ("tisdag 1 december", "troligen torsdag 31 december")
    assert days[0]["R01"] == days[1]["R01"]
    assert [clock.due for clock, *_rest in before.clocks] == [clock.due for clock, *_rest in after.clocks]
    assert before.clocks


def test_what_is_done_frees_what_waited_for_it(town: Town) -> None:
    made = making.made(town)
    rows = {row.task.code: row for row in shown(town, made.dossier.id).rows}
    assert [code for code, _title in rows["R02"].waits_for] == ["R01"]
    assert rows["R02"].lines[0].word == "Väntar"
    by = town.workers["social_worker"]
    for number in (1, 2, 3):
        tasks.done(making.opened(town, made.dossier.id), f"R01-{number}", seen=0, by=by, at=AT + HOUR)
    rows = {row.task.code: row for row in shown(town, made.dossier.id, at=AT + HOUR).rows}
    assert not rows["R02"].waits_for
    assert rows["R02"].lines[0].word == "Kan göras nu"


def test_who_is_late_is_told_with_whom_it_lies(town: Town) -> None:
    made = making.made(town)
    late = shown(town, made.dossier.id, at=AT + 20 * DAY).late
    assert ("R17", "Utbildningsnämnden") in {(one.task.code, one.who) for one in late}


def test_every_bar_lies_inside_the_drawing_and_later_phases_lie_to_the_right(town: Town) -> None:
    made = making.made(town)
    for known in (KNOWN, replace(KNOWN, sure=Sure.UNKNOWN), replace(KNOWN, day=KNOWN.day + 400 * DAY)):
        change.know(
            making.opened(town, made.dossier.id),
            known,
            version=plan.read(making.opened(town, made.dossier.id)).version,
            by=town.workers["social_worker"],
            at=AT,
        )
        drawn = chart.draw(shown(town, made.dossier.id), "x")
        assert all(bar.x >= chart.NAMES and bar.x + bar.width <= chart.WIDTH + chart.LEAST for bar in drawn.bars)
    places = [chart.place(days) for days in (-40, -30, -1, 0, 1, 2, 7, 30, 365, 730, 2000)]
    assert places == sorted(places)
    assert places[0] == chart.NAMES
    assert places[-1] == chart.WIDTH


def test_the_page_shows_clocks_first_then_the_list_and_takes_no_filter(town: Town, client_for: ClientFor) -> None:
    made = making.made(town)
    client = client_for(town.workers["social_worker"])
    page = client.get(f"/plans/{made.dossier.id}/timeline/?name=Sami&late=1")
    text = page.content.decode()
    assert page.status_code == 200
    assert text.index("Lagens tider") < text.index("Tidslinje och lista") or text.index("Lagens tider") < text.index(
        "R02"
    )
    assert "Sami Idris" in text
    assert "förslag, ändra efter er ordning" in text
    assert text.count('role="img"') == 1
    assert 'id="R17"' in text
    assert "Mallen är ett förslag" in text
    assert f"Mallens utgåva: 2026-1 ({plan.read(made).template.digest[:8]})" in text
    assert "<select" not in text


def test_resting_is_shown_with_its_reason_and_the_clocks_stay(town: Town, client_for: ClientFor) -> None:
    made = making.made(town)
    by = town.workers["social_worker"]
    before = shown(town, made.dossier.id)
    resting.rest(
        making.opened(town, made.dossier.id), text="Gränsen är stängd.", review=AT.date() + 90 * DAY, by=by, at=AT
    )
    after = shown(town, made.dossier.id)
    assert [clock.due for clock, *_rest in after.clocks] == [clock.due for clock, *_rest in before.clocks]
    text = client_for(by).get(f"/plans/{made.dossier.id}/timeline/").content.decode()
    assert "Gränsen är stängd." in text
    assert "Lagens tider går vidare" in text
    assert "Ta upp planen" in text


def test_a_proposal_of_the_program_says_so_on_every_page_that_shows_it(town: Town, client_for: ClientFor) -> None:
    made = making.made(town)
    client = client_for(town.workers["social_worker"])
    for page in ("", "timeline/", "tasks/R12/"):
        text = client.get(f"/plans/{made.dossier.id}/{page}", secure=True).content.decode()
        assert "förslag, ändra efter er ordning" in text, page
    text = client.get(f"/plans/{made.dossier.id}/tasks/R17/", secure=True).content.decode()
    assert "PROP45, SKOLN · läst vid källan" in text
    assert "förslag, ändra" not in text


def test_an_edited_template_changes_no_open_plan(town: Town, tmp_path: Path) -> None:
    made = making.made(town)
    for path in template.PUBLISHED.glob("*.toml"):
        text = path.read_text("utf-8").replace("Bostad", "Boende").replace("2026-1", "egen")
        (tmp_path / path.name).write_text(text, "utf-8")
    before = shown(town, made.dossier.id)
    with override_settings(HEMVAG_RECEPTION=str(tmp_path)):
        template.templates.cache_clear()
        assert template.templates()["F"].task("R23").title.sv == "Boende"
        after = shown(town, made.dossier.id)
        kept = plan.read(making.opened(town, made.dossier.id)).template
    template.templates.cache_clear()
    assert after == before
    assert (kept.version, kept.task("R23").title.sv) == ("2026-1", "Bostad")


def test_a_task_of_the_template_before_is_no_longer_due_and_holds_up_nobody(town: Town) -> None:
    made = making.made(town, code="D")
    by = town.workers["social_worker"]
    tasks.not_needed(making.opened(town, made.dossier.id), "R10", text="Ingen hålls.", seen=0, by=by, at=AT)
    change.use(
        making.opened(town, made.dossier.id), template.templates()["F"], text="Ingen hålls.", by=by, at=AT + HOUR
    )
    found = shown(town, made.dossier.id, at=AT + HOUR)
    assert "R10" not in {row.task.code for row in found.rows}
    assert {"R22"} <= {row.task.code for row in found.rows}


def test_what_was_changed_and_decided_is_read_with_its_reason_but_not_of_a_child_whose_case_is_anothers(
    town: Town, client_for: ClientFor
) -> None:
    made, by = making.made(town, at=making.office_hour(town)), town.workers["social_worker"]
    at = clock.now()
    version = making.read(town, made.dossier.id, at=at).version
    change.comes(made, 3, coming=False, text="Noor är sjuk.", version=version, by=by, at=at)
    change.use(made, template.templates()["D"], text="Pappan grips.", by=by, at=at)
    resting.rest(made, text="Flyget ställdes in.", review=at.date() + 30 * DAY, by=by, at=at)
    client, url = client_for(by), f"/plans/{made.dossier.id}/timeline/"
    page = client.get(url, secure=True).content.decode()
    for text in ("Noor är sjuk.", "Pappan grips.", "Flyget ställdes in.", "Mallen byttes"):
        assert text in page
    child = making.read(town, made.dossier.id, at=at).children[2].dossier
    Dossier.objects.filter(id=child).update(unit=town.other_children, worker=None)
    page = client.get(url, secure=True).content.decode()
    assert "Noor" not in page
    assert "Skälet ser bara den som får öppna barnets ärende." in page


def test_what_a_task_holds_up_is_told_by_code_with_its_title_for_who_hears_the_page(
    town: Town, client_for: ClientFor
) -> None:
    made = making.made(town, at=making.office_hour(town))
    answer = client_for(town.workers["social_worker"]).get(f"/plans/{made.dossier.id}/timeline/", secure=True)
    first = answer.content.decode().split('<tr id="R01">')[1].split("</tr>")[0]
    title = "R17 Plats i skola eller förskola"
    assert f'aria-label="{title}"' not in first
    assert ">R04</a>" in first
    assert 'aria-label="R04 Första natten, syskonen tillsammans"' in first
