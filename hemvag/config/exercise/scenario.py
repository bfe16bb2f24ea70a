"""A scenario: the family, and the injects with their clock. It is data that a municipality may replace."""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from hemvag.config.plain import Told
from hemvag.law import reporters
from hemvag.lib import person_numbers

PLACE: Final = Path(str(resources.files("hemvag.config.exercise") / "scenarios"))
SOON: Final = 2
"""How many injects ahead the leader sees as coming next."""

Words = Mapping[str, str]


class BadScenario(Told):
    """A scenario's file cannot be read, or something in it is wrong. The message names the file and the place."""


@dataclass(frozen=True, kw_only=True)
class Child:
    """An invented child, born so long before the day of the exercise."""

    given: str
    family: str
    years: int
    days: int

    def born(self, on: dt.date) -> dt.date:
        """Return the day of birth of one who is so old on a day."""
        return on - dt.timedelta(days=round(365.25 * self.years) + self.days)

    def number(self, on: dt.date) -> str:
        """Return a personal number of the official test series, for when the players ask for one."""
        return person_numbers.test_number(self.born(on), 0)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an inject lets the program enter: which children, who reports, how it came."""

    children: Sequence[int]
    reporter: Mapping[str, str]
    channel: str
    whereabouts: str
    family: str = ""


@dataclass(frozen=True, kw_only=True)
class Inject:
    """One thing that happens. `clock` is hours from the arrival."""

    code: str
    clock: float
    title: Words
    who: Words
    tests: Sequence[str]
    says: str
    expected: Words
    report: Report | None = None

    @property
    def place(self) -> dt.timedelta:
        """How long after the arrival; before it, less than nothing."""
        return dt.timedelta(hours=self.clock)

    @property
    def hours(self) -> str:
        """The clock as it is written: "−16", "0", "+3"."""
        return f"{self.clock:+g}".replace("-", "−") if self.clock else "0"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A whole scenario, its injects in the order of their clock."""

    code: str
    title: Words
    scope: str
    goals: str
    mother: str
    father: str
    others: Sequence[str]
    children: Sequence[Child]
    injects: Sequence[Inject]

    @property
    def length(self) -> dt.timedelta:
        """How long the scenario takes by its own clock."""
        return self.injects[-1].place - self.injects[0].place

    def names(self) -> set[str]:
        """Return every word of an invented person's name, which no report may hold."""
        whole = [self.mother, self.father, *self.others]
        whole += [f"{child.given} {child.family}" for child in self.children]
        whole += [inject.report.family for inject in self.injects if inject.report]
        whole += [inject.report.reporter["name"] for inject in self.injects if inject.report]
        return {word for name in whole for word in name.split()}


def path_of(name: str) -> Path:
    """Return the file of a scenario of the package by its code, or a file of one's own. Raises BadScenario."""
    own = Path(name)
    shipped = PLACE / f"{name}.toml"
    if own.suffix == ".toml" and own.is_file():
        return own
    if shipped.parent == PLACE and shipped.is_file():
        return shipped
    there_are = ", ".join(sorted(path.stem for path in PLACE.glob("*.toml")))
    raise BadScenario(f"There is no scenario {name}. There are: {there_are}; or name a .toml file.")


@cache
def read(path: Path) -> Scenario:
    """Return the scenario in a file. Raises BadScenario."""
    try:
        return _made(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadScenario(f"{path}: cannot be read: {wrong}") from None
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadScenario(f"{path}: {type(wrong).__name__}: {wrong}") from None


def _made(data: Mapping[str, Any]) -> Scenario:
    family = data["family"]
    children = [Child(**row) for row in family["children"]]
    injects = sorted((_inject(row, len(children)) for row in data["inject"]), key=lambda one: one.clock)
    if len({one.code for one in injects}) < len(injects):
        raise ValueError("two injects have the same code")
    if len(injects) < 2 or injects[0].clock == injects[-1].clock:
        raise ValueError("a scenario has injects at two times or more")
    return Scenario(
        code=data["code"],
        title=data["title"],
        scope=data["scope"],
        goals=data["goals"],
        mother=family["mother"],
        father=family["father"],
        others=family.get("others", []),
        children=children,
        injects=injects,
    )


def _inject(row: Mapping[str, Any], children: int) -> Inject:
    facts = dict(row)
    given = facts.pop("report", None)
    report = Report(**given) if given else None
    if report and not all(0 <= number < children for number in report.children):
        raise ValueError(f"{row['code']}: names a child that is not in the family")
    if report and report.reporter["kind"] not in reporters.codes():
        raise ValueError(f"{row['code']}: no kind of reporter is called {report.reporter['kind']}")
    for words in ("title", "who", "expected"):
        if set(facts[words]) != {"sv", "en"}:
            raise ValueError(f"{row['code']}: {words} is said in sv and in en")
    return Inject(report=report, **facts)
