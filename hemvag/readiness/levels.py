"""The town's levels of preparedness, read from `levels.toml`, which a municipality may replace."""

import datetime as dt
import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from hemvag.lib import folders
from hemvag.readiness.content import Text

DATA: Final = Path(__file__).parent / "content"
FILE: Final = "levels.toml"
LOWEST: Final = 1


class WrongOrder(ValueError):
    """The file of levels cannot be followed; the message names the file and what is wrong in it."""


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level: what it means, who decides it, what is then done, and how soon it is looked at again at the latest."""

    number: int
    name: Text
    means: Text
    decided_by: Text
    does: Text
    review_days: int

    def latest_review(self, on: dt.date) -> dt.date:
        """Return the last day on which the level, decided on `on`, must be reviewed."""
        return on + dt.timedelta(days=self.review_days)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@dataclass(frozen=True, kw_only=True)
class Order:
    """The town's order: its levels from the lowest, and whether this is still Hemväg's proposal."""

    levels: Sequence[Level]
    is_proposal: bool

    def level(self, number: int) -> Level | None:
        """Return a level by its number; None when the town has no such level (any more)."""
        return next((one for one in self.levels if one.number == number), None)


def order() -> Order:
    """Return the town's order, from HEMVAG_READINESS_CONTENT or the file shipped. Raises WrongOrder."""
    folder: str = settings.HEMVAG_READINESS_CONTENT
    return read(folders.chosen(FILE, Path(folder) if folder else None, DATA))


@functools.cache
def read(path: Path) -> Order:
    """Read a file of levels. Raises WrongOrder."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        levels = [_level(row) for row in found["level"]]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise WrongOrder(f"{path}: {type(fault).__name__} {fault}") from None
    _must_be_followed(path, levels)
    return Order(levels=levels, is_proposal=found.get("proposal") is True)


def _level(row: Mapping[str, Any]) -> Level:
    texts = {name: _said(row[name]) for name in ("name", "means", "decided_by", "does")}
    return Level(number=row["number"], review_days=row["review_days"], **texts)


def _said(row: Mapping[str, str]) -> Text:
    return Text(sv=row["sv"], en=row["en"])


def _must_be_followed(path: Path, levels: Sequence[Level]) -> None:
    if len(levels) < 2 or [one.number for one in levels] != list(range(LOWEST, len(levels) + 1)):
        raise WrongOrder(f"{path}: levels are numbered 1, 2, 3 and so on, two or more of them")
    if any(not isinstance(one.review_days, int) or one.review_days < 1 for one in levels):
        raise WrongOrder(f"{path}: review_days is a whole number of days, 1 or more")
