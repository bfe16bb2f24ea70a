"""Invented families and what is said about them, drawn by chance from a seed. Nobody here is meant to be anyone."""

import datetime as dt
import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from hemvag.lib import person_numbers

SOURCES: Final[Mapping[str, tuple[int, str]]] = {
    "school": (24, "school"),
    "preschool": (4, "school"),
    "police": (19, "police"),
    "health_care": (9, "health"),
    "psychiatry": (5, "health"),
    "social_services": (8, "other_mandated"),
    "prison_service": (3, "other_mandated"),
    "migration": (2, "other_mandated"),
    "sis": (1, "other_mandated"),
    "relative": (8, "private"),
    "neighbour": (5, "private"),
    "parent": (6, "private"),
    "anonymous": (6, "private"),
}
"""Of a hundred reports, how many from whom (about sixty from police, school and health care), and which sentences."""


@dataclass(frozen=True, kw_only=True)
class Child:
    """An invented child; `number` is from the official test series, or empty."""

    given: str
    family: str
    born: dt.date
    number: str


@dataclass(frozen=True, kw_only=True)
class Family:
    """An invented family."""

    name: str
    language: str
    guardians: Sequence[tuple[str, str]]
    children: Sequence[Child]


@dataclass(frozen=True, kw_only=True)
class Said:
    """An invented report: from whom and what it says."""

    source: str
    cause: str
    name: str
    title: str
    organisation: str
    contact: str
    text: str
    is_mandated: bool


class Inventor:
    """Draws people and texts; the same seed and day give the same ones."""

    def __init__(self, seed: str, today: dt.date) -> None:
        self.chance = random.Random(f"{seed} {today}")  # noqa: S311
        self.today = today
        self._numbered: set[str] = set()

    def family(self, *, on: dt.date) -> Family:
        """Return a family whose children are children on `on`; a third have more than one."""
        group = self._weighted(names()["group"])
        name = self._word(group["families"])
        count = self.chance.choices([1, 2, 3, 4], [66, 22, 9, 3])[0]
        mother, father = self._word(group["women"]), self._word(group["men"])
        guardians = [(f"{mother} {name}", "mamma"), (f"{father} {self._word(group['families'])}", "pappa")]
        given = self.chance.sample((group["girls"] + " " + group["boys"]).split(), count)
        return Family(
            name=name,
            language=group["language"],
            guardians=guardians[: self.chance.choices([1, 2], [45, 55])[0]],
            children=[self._child(one, name, on) for one in given],
        )

    def said(self, given: str, source: str = "", cause: str = "") -> Said:
        """Return a report about the child with this given name."""
        weights = [weight for weight, _manner in SOURCES.values()]
        source = source or self.chance.choices(list(SOURCES), weights)[0]
        manner = texts()["report"][SOURCES[source][1]]
        chosen = next((row for row in texts()["cause"] if row["code"] == cause), None)
        why = chosen or self._weighted(texts()["cause"])
        parts = [
            self.chance.choice(manner["opening"]),
            self.chance.choice(why["middle"]),
            self.chance.choice(texts()["report"]["closing"]),
        ]
        is_mandated = SOURCES[source][1] != "private"
        is_named = is_mandated or source in {"relative", "parent"}
        return Said(
            source=source,
            cause=why["code"],
            name=self.worker_name() if is_named else "",
            title=self.chance.choice(manner["titles"]),
            organisation=self.chance.choice(manner["organisations"]),
            contact=f"040-628 04 {self.chance.randint(10, 99)}" if is_mandated else "",
            text=" ".join(parts).replace("{barnet}", given),
            is_mandated=is_mandated,
        )

    def line(self, *place: str, given: str = "") -> str:
        """Return one of the sentences kept at a place in texts.toml."""
        found: Any = texts()
        for name in place:
            found = found[name]
        return str(self.chance.choice(found)).replace("{barnet}", given)

    def other_spelling(self, given: str) -> str:
        """Return another spelling that the name is met in, or the same name."""
        known = names()["spellings"].get(given)
        return self._word(known) if known else given

    def worker_name(self) -> str:
        """Return a grown-up's whole name."""
        group = self._weighted(names()["group"])
        given = self._word(group["women"] if self.chance.random() < 0.75 else group["men"])
        return f"{given} {self._word(group['families'])}"

    def _child(self, given: str, family: str, on: dt.date) -> Child:
        days = round(365.25 * min(17.9, self.chance.triangular(0.2, 17.9, 12)))
        born = on - dt.timedelta(days=days)
        number = ""
        if self.chance.random() < 0.8:
            number = next(
                (one for n in (0, 1) if (one := person_numbers.test_number(born, n)) not in self._numbered), ""
            )
            self._numbered.add(number)
        return Child(given=given, family=family, born=born, number=number)

    def _weighted(self, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        return self.chance.choices(rows, [row["share"] for row in rows])[0]

    def _word(self, listed: str) -> str:
        return self.chance.choice(listed.split())


@cache
def names() -> Mapping[str, Any]:
    """Return the lists of names."""
    return tomllib.loads((resources.files("hemvag.config.demo") / "names.toml").read_text(encoding="utf-8"))


@cache
def texts() -> Mapping[str, Any]:
    """Return the sentences."""
    return tomllib.loads((resources.files("hemvag.config.demo") / "texts.toml").read_text(encoding="utf-8"))
