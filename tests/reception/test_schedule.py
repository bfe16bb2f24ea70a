"""When tasks are due and what waits for what: vectors from the templates, and what holds whatever the facts are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.law import deadlines
from hemvag.law.deadlines import Due
from hemvag.law.reading import Words
from hemvag.lib import clock
from hemvag.reception import schedule, template
from hemvag.reception.schedule import Facts, Item, Schedule
from hemvag.reception.template import Task, Template, When

TODAY = dt.date(2026, 11, 25)
MOMENT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=clock.STOCKHOLM)
CHILDREN = (1, 2, 3)


def facts(arrival: dt.date | None = None, sure: str = "known", today: dt.date = TODAY) -> Facts:
    return Facts(today=today, reported=MOMENT.date(), arrival=arrival, sure=sure)


def items(
    made: Template, states: Mapping[str, str] | None = None, clocks: Mapping[str, tuple[Due, ...]] | None = None
) -> list[Item]:
    """The items of a template for three children; a state is named by code or by key."""
    states, found = states or {}, []
    for task in made.tasks:
        for child in CHILDREN if task.each_child else (0,):
            key = f"{task.code}-{child}" if child else task.code
            usual = schedule.IF_NEEDED if task.if_needed else schedule.OPEN
            found.append(
                Item(
                    key=key,
                    task=task,
                    child=child,
                    state=states.get(key, states.get(task.code, usual)),
                    since=TODAY,
                    clocks=(clocks or {}).get(task.code, ()),
                )
            )
    return found


@pytest.fixture(scope="module")
def family() -> Template:
    return template.load()["F"]


def of_law() -> dict[str, tuple[Due, ...]]:
    """Every clock as it runs in a case: report, investigation and custody."""
    return {
        "R01": (deadlines.due("protection_assessment", MOMENT), deadlines.due("preliminary_assessment", MOMENT)),
        "R25": (deadlines.due("investigation", MOMENT),),
        "R24": (deadlines.due("lvu_submission", MOMENT), deadlines.due("lvu_application", MOMENT)),
    }


def test_the_clocks_end_on_the_days_of_the_law(family: Template) -> None:
    made = schedule.compute(items(family, clocks=of_law()), facts(TODAY)).standings
    assert [due.strict for due in made["R01-1"].clocks] == [dt.date(2026, 11, 21), dt.date(2026, 12, 4)]
    assert made["R25-2"].first_day == dt.date(2027, 3, 20)
    assert [due.strict for due in made["R24-3"].clocks] == [dt.date(2026, 11, 27), dt.date(2026, 12, 18)]


@pytest.mark.parametrize(
    ("code", "start", "day"),
    [
        ("R03", dt.date(2026, 11, 24), dt.date(2026, 12, 1)),
        ("R08-1", dt.date(2026, 12, 1), dt.date(2026, 12, 1)),
        ("R11-1", dt.date(2026, 12, 1), dt.date(2026, 12, 4)),
        ("R17", dt.date(2026, 12, 1), dt.date(2026, 12, 8)),
        ("R15-1", dt.date(2026, 12, 8), dt.date(2027, 3, 8)),
        ("R02", dt.date(2026, 11, 20), dt.date(2026, 11, 21)),
        ("R30", dt.date(2027, 1, 19), dt.date(2027, 2, 18)),
    ],
)
def test_days_are_counted_from_the_arrival_or_the_report(
    family: Template, code: str, start: dt.date, day: dt.date
) -> None:
    standing = schedule.compute(items(family), facts(dt.date(2026, 12, 1))).standings[code]
    assert (standing.start, standing.day) == (start, day)


def test_an_unknown_arrival_gives_no_day_and_the_report_still_does(family: Template) -> None:
    made = schedule.compute(items(family), facts(dt.date(2026, 12, 1), "unknown")).standings
    assert made["R17"].day is None
    assert made["R02"].day == dt.date(2026, 11, 21)
    assert made["R02"].late
    assert not made["R17"].late


def test_a_likely_arrival_is_said_and_makes_only_what_comes_before_it_late(family: Template) -> None:
    past = TODAY - dt.timedelta(days=20)
    likely = schedule.compute(items(family), facts(past, "likely")).standings
    known = schedule.compute(items(family), facts(past)).standings
    assert not likely["R17"].is_sure
    assert likely["R06"].late
    assert not likely["R17"].late
    assert known["R17"].late
    assert known["R17"].is_sure


def test_what_waits_waits_through_others_too(family: Template) -> None:
    made = schedule.compute(items(family), facts(TODAY)).standings
    assert made["R08-2"].state == schedule.BLOCKED
    assert made["R08-2"].blocked_by == ("R03", "R04")
    assert set(made["R08-2"].through) == {"R03", "R04", "R05", "R01-1", "R01-2", "R01-3"}
    assert made["R04"].blocks == ("R08-1", "R08-2", "R08-3", "R12", "R17")
    assert "R29-3" in made["R04"].beyond


def test_a_child_waits_for_its_own_and_not_for_its_siblings(family: Template) -> None:
    done = {"R01": "done", "R03": "done", "R04": "done", "R05": "done", "R08-1": "done"}
    made = schedule.compute(items(family, done), facts(TODAY)).standings
    assert made["R29-1"].state == schedule.OPEN
    assert made["R29-2"].blocked_by == ("R08-2",)


def test_what_nobody_needs_holds_up_nobody(family: Template) -> None:
    open_still = schedule.compute(items(family), facts(TODAY)).standings["R15-1"]
    freed = schedule.compute(items(family, {"R14": "not_needed", "R23": "not_needed"}), facts(TODAY)).standings["R15-1"]
    assert open_still.blocked_by == ("R14-1", "R23")
    assert (freed.state, freed.blocked_by, freed.through) == (schedule.OPEN, (), ())
    assert schedule.compute(items(family), facts(TODAY)).standings["R24-1"].blocked_by == ()


def test_what_is_with_somebody_else_still_holds_up(family: Template) -> None:
    made = schedule.compute(items(family, {"R23": "given"}), facts(TODAY)).standings
    assert made["R23"].state == schedule.GIVEN
    assert "R23" in made["R15-1"].blocked_by


def test_the_longest_chain_is_told_from_its_beginning(family: Template) -> None:
    chain = schedule.compute(items(family), facts(TODAY)).chain
    assert chain == ("R01-1", "R05", "R04", "R08-1", "R22")
    everything = dict.fromkeys({task.code for task in family.tasks}, "done")
    assert schedule.compute(items(family, everything), facts(TODAY)).chain == ()


def test_what_is_done_comes_again_when_it_repeats(family: Template) -> None:
    made = schedule.compute(items(family, {"R30": "done"}), facts(TODAY, today=TODAY + dt.timedelta(days=91)))
    assert made.standings["R30"].again == TODAY + dt.timedelta(days=90)
    assert made.standings["R30"].late
    assert not made.standings["R30"].is_over


def test_a_clock_is_late_whatever_is_said_of_its_task(family: Template) -> None:
    for state in ("open", "not_needed", "if_needed", "done"):
        made = schedule.compute(items(family, {"R24": state}, of_law()), facts(TODAY, today=TODAY.replace(day=28)))
        assert made.standings["R24-1"].late, state
    assert {one.key for one in made.late} >= {"R24-1", "R01-1"}


def test_nobody_is_late_before_the_day_that_is_shown(family: Template) -> None:
    """The report's own day in the plan has passed, but the child was protected in time and the law gives fourteen."""
    clocks = {"R01": (deadlines.due("preliminary_assessment", MOMENT),)}
    standing = schedule.compute(items(family, clocks=clocks), facts(today=dt.date(2026, 12, 4))).standings["R01-1"]
    assert (standing.first_day, standing.late) == (dt.date(2026, 12, 4), False)
    after = schedule.compute(items(family, clocks=clocks), facts(today=dt.date(2026, 12, 5)))
    assert after.standings["R01-1"].late


def test_a_task_whose_clock_runs_is_no_longer_only_if_needed(family: Template) -> None:
    custody = {"R09-1": "done", "R24-2": "not_needed"}
    made = schedule.compute(items(family, custody, of_law()), facts(TODAY)).standings
    assert made["R24-1"].state == schedule.OPEN
    assert made["R24-2"].state == schedule.NOT_NEEDED
    assert schedule.compute(items(family), facts(TODAY)).standings["R24-1"].state == schedule.IF_NEEDED


def task(code: str, waits_for: tuple[str, ...], *, counted: str = "arrival", latest: int = 0) -> Task:
    words = Words("x", "x")
    span = dt.timedelta(days=latest)
    return Task(
        code=code, title=words, do=words, who=words, receiver="own", needs=(), situation="", subject="child",
        when=When(phase="W", counted_from=counted, earliest=span, latest=span),
        ground="x", rules=(), waits_for=waits_for, each_child=False, if_needed=False, confidence="H", source="x",
    )  # fmt: skip


STATES = st.sampled_from(["open", "given", "done", "not_needed", "if_needed"])


STEPS = st.sampled_from(deadlines.steps())


@st.composite
def plans(draw: st.DrawFn) -> list[Item]:
    """Any tasks where each waits only for some before it: what a checked template can be."""
    codes = [f"T{number:02}" for number in range(draw(st.integers(1, 9)))]
    found = []
    for number, code in enumerate(codes):
        before = codes[:number]
        waits = draw(st.lists(st.sampled_from(before), unique=True)) if before else []
        counted = draw(st.sampled_from(["arrival", "report", "clock"]))
        own = task(code, tuple(waits), counted=counted, latest=draw(st.integers(-30, 200)))
        start = dt.datetime(2026, 10, 1, 12, tzinfo=clock.STOCKHOLM) + dt.timedelta(days=draw(st.integers(0, 90)))
        steps = draw(st.lists(STEPS, max_size=2)) if counted == "clock" else []
        running = tuple(deadlines.due(step, start) for step in steps)
        found.append(Item(key=code, task=own, state=draw(STATES), since=TODAY, clocks=running))
    return found


days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


def clocks_of(made: Schedule) -> dict[str, tuple[Due, ...]]:
    return {key: one.clocks for key, one in made.standings.items()}


@given(plans(), days, days, st.sampled_from(["known", "likely", "unknown"]))
def test_moving_the_arrival_moves_its_tasks_and_no_clock(
    plan: list[Item], arrival: dt.date, moved: dt.date, sure: str
) -> None:
    before = schedule.compute(plan, facts(arrival))
    after = schedule.compute(plan, facts(moved, sure))
    assert clocks_of(before) == clocks_of(after)
    assert {one.key for one in before.late if one.clocks and any(due.is_late(TODAY) for due in one.clocks)} <= {
        one.key for one in after.late
    }
    for key, one in before.standings.items():
        then = after.standings[key]
        if one.task.when.counted_from != "arrival":
            assert then.day == one.day
        elif sure == "unknown":
            assert then.day is None
        else:
            assert one.day is not None
            assert then.day == one.day + (moved - arrival)


@given(plans(), days)
def test_blocking_is_the_same_from_both_ends_and_never_a_ring(plan: list[Item], arrival: dt.date) -> None:
    made = schedule.compute(plan, facts(arrival)).standings
    for key, one in made.items():
        assert key not in one.through
        assert set(one.blocked_by) <= set(one.through)
        assert all(key in made[other].blocks for other in one.blocked_by)
        assert all(key in made[other].beyond for other in one.through)
        assert all(made[other].item.state not in schedule.FREE for other in one.through)
        assert set(one.through) == set(one.blocked_by).union(*(made[other].through for other in one.blocked_by))


@given(plans(), days, st.data())
def test_not_needed_frees_what_waits_and_blocks_nothing_new(
    plan: list[Item], arrival: dt.date, data: st.DataObject
) -> None:
    before = schedule.compute(plan, facts(arrival)).standings
    gone = data.draw(st.sampled_from([item.key for item in plan]))
    freed = [
        Item(key=item.key, task=item.task, state="not_needed", clocks=item.clocks) if item.key == gone else item
        for item in plan
    ]
    after = schedule.compute(freed, facts(arrival)).standings
    for key, one in after.items():
        assert gone not in one.through
        assert set(one.through) <= set(before[key].through)
    assert clocks_of(schedule.compute(freed, facts(arrival))) == {key: one.clocks for key, one in before.items()}


@given(plans(), days)
def test_the_chain_is_a_row_of_open_tasks_each_waiting_for_the_one_before(plan: list[Item], arrival: dt.date) -> None:
    made = schedule.compute(plan, facts(arrival))
    for before, after in zip(made.chain, made.chain[1:], strict=False):
        assert before in made.standings[after].blocked_by
    depth = max((len(one.through) for one in made.standings.values()), default=0)
    assert len(made.chain) <= depth + 1


@given(plans(), days, st.sampled_from(["known", "likely", "unknown"]))
def test_resting_stops_and_hides_no_clock_of_the_law(plan: list[Item], arrival: dt.date, sure: str) -> None:
    running = schedule.compute(plan, facts(arrival, sure))
    resting = schedule.compute(plan, replace(facts(arrival, sure), resting=True))
    assert clocks_of(running) == clocks_of(resting)
    assert [one.first_day for one in running.standings.values()] == [
        one.first_day for one in resting.standings.values()
    ]
    by_law = {key for key, one in running.standings.items() if any(due.is_late(TODAY) for due in one.clocks)}
    assert {one.key for one in resting.late} == by_law


def test_a_ring_is_refused() -> None:
    ring = [Item(key="T01", task=task("T01", ("T02",))), Item(key="T02", task=task("T02", ("T01",)))]
    with pytest.raises(schedule.Ring, match="T0"):
        schedule.compute(ring, facts(TODAY))
