"""Grades are the lowest and never a mean, unknown is a value of its own, and a 4 lapses by itself."""

import datetime as dt

import pytest

from hemvag.lib import clock
from hemvag.readiness import answer, gaps, grades
from hemvag.readiness.answer import Answer
from hemvag.readiness.content import Item, Text
from hemvag.readiness.facts import Changed, Wrong
from hemvag.readiness.grades import Grade, lowest, on_day
from tests.conftest import Town

DAY = dt.date(2026, 11, 25)
A_YEAR_AGO = dt.date(2025, 11, 25)


def item(code: str, *, must: bool = True) -> Item:
    return Item(code=code, must=must, name=Text(code, code))


def worth(*values: int | None) -> grades.Standing:
    return lowest([(item(str(place)), Grade(value, value)) for place, value in enumerate(values)])


@pytest.mark.parametrize(
    ("values", "value", "at_most"),
    [
        ((4, 1, 4), 1, 1),
        ((2, 2, 2), 2, 2),
        ((3, None, 2), None, 2),
        ((None, None), None, None),
        ((0, None, 4), 0, 0),
        ((), None, None),
    ],
)
def test_a_units_grade_is_its_lowest_and_unknown_is_neither_nought_nor_left_out(
    values: tuple[int | None, ...], value: int | None, at_most: int | None
) -> None:
    found = worth(*values)
    assert (found.value, found.at_most) == (value, at_most)


def test_only_must_items_decide_and_what_holds_it_down_is_named() -> None:
    found = lowest([(item("a"), Grade(2, 2)), (item("b", must=False), Grade(0, 0)), (item("c"), Grade(3, 3))])
    assert found.value == 2
    assert [one.code for one in found.holding] == ["a"]


@pytest.mark.parametrize(
    ("exercised", "gaps_open", "on", "value"),
    [
        (A_YEAR_AGO, 0, DAY, 4),
        (A_YEAR_AGO, 0, DAY + dt.timedelta(days=1), 3),
        (dt.date(2024, 2, 29), 0, dt.date(2025, 2, 28), 4),
        (dt.date(2024, 2, 29), 0, dt.date(2025, 3, 1), 3),
        (DAY, 1, DAY, 3),
        (None, 0, DAY, 3),
    ],
)
def test_a_four_lapses_a_year_after_the_exercise_or_with_an_open_gap(
    exercised: dt.date | None, gaps_open: int, on: dt.date, value: int
) -> None:
    found = on_day(4, exercised_on=exercised, open_gaps=gaps_open, on=on)
    assert (found.value, found.said) == (value, 4)
    assert bool(found.lapsed) == (value == 3)


@pytest.mark.parametrize("said", [None, 0, 3])
def test_other_grades_stand_as_they_were_said(said: int | None) -> None:
    assert on_day(said, exercised_on=None, open_gaps=9, on=DAY) == Grade(said, said)


def all_of(town: Town, grade: int, **others: Answer) -> dict[str, Answer]:
    rows = grades.of_units([town.adults], on=clock.today())[0].items
    return {code: Answer(grade=grade, reason="Läst och övat.") for code in rows} | others


def test_a_town_is_as_ready_as_its_least_ready_unit(town: Town) -> None:
    lead, at, today = town.workers["support_lead"], clock.now(), clock.today()
    before = grades.town(town.municipality, on=today)
    assert before.value is None
    assert before.spread[None] == len(before.units) == 7
    answer.answer(town.adults.id, all_of(town, 3), seen=0, by=lead, at=at)
    now = grades.town(town.municipality, on=today)
    [mine] = [row for row in now.units if row.unit == town.adults]
    assert mine.standing.value == 3
    assert now.value is None
    assert now.at_most == 3
    nothing = all_of(town, 3, deputies=Answer(grade=0, reason="Ingen är utsedd."))
    answer.answer(town.adults.id, nothing, seen=answer.number_of(town.adults), by=lead, at=clock.now())
    assert grades.town(town.municipality, on=today).value == 0


def test_an_answer_stores_only_what_is_new_and_nothing_over_a_colleagues(town: Town) -> None:
    lead, at = town.workers["support_lead"], clock.now()
    said = {"deputies": Answer(grade=1, reason="En är utsedd.")}
    assert len(answer.answer(town.adults.id, said, seen=0, by=lead, at=at)) == 1
    assert answer.answer(town.adults.id, said, seen=1, by=lead, at=at) == []
    with pytest.raises(Changed):
        answer.answer(town.adults.id, {"deputies": Answer(grade=2, reason="x")}, seen=0, by=lead, at=at)
    with pytest.raises(Changed):
        answer.answer(town.adults.id, {"deputies": Answer(grade=2, reason="x")}, seen=9, by=lead, at=at)
    back = answer.answer(town.adults.id, {"deputies": Answer(grade=None)}, seen=1, by=lead, at=clock.now())
    assert back[0].grade is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("school_path", Answer(grade=1, reason="x")),
        ("deputies", Answer(grade=1)),
        ("deputies", Answer(grade=4, reason="x")),
        ("nothing", Answer(grade=1, reason="x")),
    ],
)
def test_a_grade_needs_its_reason_and_an_item_of_the_units_own(town: Town, code: str, said: Answer) -> None:
    with pytest.raises(Wrong):
        answer.answer(town.adults.id, {code: said}, seen=0, by=town.workers["support_lead"], at=clock.now())


def test_a_lead_answers_for_her_own_unit_only(town: Town) -> None:
    said = {"deputies": Answer(grade=1, reason="x")}
    for part in ("other_lead", "support_worker", "privacy_officer"):
        with pytest.raises(town.adults.DoesNotExist):
            answer.answer(town.adults.id, said, seen=0, by=town.workers[part], at=clock.now())
    answer.answer(town.adults.id, said, seen=0, by=town.workers["coordinator"], at=clock.now())


def test_an_open_gap_of_an_item_takes_its_four(town: Town) -> None:
    lead, at, today = town.workers["support_lead"], clock.now(), clock.today()
    said = {"deputies": Answer(grade=4, reason="Övat.", exercised_on=today)}
    answer.answer(town.adults.id, said, seen=0, by=lead, at=at)
    facts = {"item": "deputies", "action": "Utse en till", "owner": "Enhetschefen", "due": today}
    gap = gaps.note_of_unit(town.adults.id, by=lead, at=at, **facts)

    def now() -> int | None:
        return grades.of_units([town.adults], on=today)[0].items["deputies"].value

    assert now() == 3
    gaps.close(gap.id, words="Utsedd", by=lead, at=at)
    assert now() == 4
