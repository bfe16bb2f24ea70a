"""The scenario is data: whole as shipped, in the order of its clock, and told where it is wrong."""

import datetime as dt
import re
from pathlib import Path

import pytest

from hemvag.config.exercise import scenario
from hemvag.lib import person_numbers
from hemvag.reception import template

FILE = scenario.PLACE / "family_of_five.toml"


def test_the_family_of_five_comes_in_thirteen_injects_from_eighteen_hours_before_to_a_day_after() -> None:
    found = scenario.read(FILE)
    assert [inject.clock for inject in found.injects] == [-18, -16, -15, -14, -12, -10, -8, -2, 0, 3, 5, 6, 24]
    assert found.length == dt.timedelta(hours=42)
    assert [child.years for child in found.children] == [8, 6, 1]


def test_the_children_are_as_old_as_the_scenario_says_on_any_day_with_numbers_of_the_test_series() -> None:
    for day in (dt.date(2026, 11, 25), dt.date(2028, 2, 29)):
        for child in scenario.read(FILE).children:
            born = child.born(day)
            assert person_numbers.age(born, day) == child.years
            assert child.number(day) == person_numbers.test_number(born, 0)
            assert person_numbers.parse(child.number(day), today=day).birth == born


def test_every_task_that_an_inject_tries_is_one_of_the_reception_plan() -> None:
    known = {task.code for one in template.templates().values() for task in one.tasks}
    tried = {name for inject in scenario.read(FILE).injects for name in inject.tests if re.fullmatch(r"R\d\d", name)}
    assert tried
    assert tried <= known


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("clock = -16", 'clock = "tidigt"', "TypeError"),
        ('code = "other_spelling"', 'code = "police_report"', "the same code"),
        ("children = [0, 1, 2]", "children = [3]", "not in the family"),
        ('kind = "police"', 'kind = "spy"', "spy"),
        ("[family]", "[familj]", "KeyError: 'mother'"),
        ('says = "En familj', 'extra = "x"\nsays = "En familj', "extra"),
        ('en = "The police report three children"', 'de = "x"', "title"),
        ("[[inject]]", "[inject", "cannot be read"),
    ],
)
def test_what_is_wrong_in_a_scenario_is_told_with_its_file(tmp_path: Path, before: str, after: str, told: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(FILE.read_text().replace(before, after, 1))
    with pytest.raises(scenario.BadScenario, match=told) as wrong:
        scenario.read(scenario.path_of(str(own)))
    assert "own.toml" in str(wrong.value)


@pytest.mark.parametrize("name", ["no_such", "../family_of_five", "/etc/passwd", ""])
def test_a_scenario_that_is_not_there_is_told_with_those_that_are(name: str) -> None:
    with pytest.raises(scenario.BadScenario, match="family_of_five"):
        scenario.path_of(name)
