"""Feeds that may be worth following, read from `feeds.toml`, which a municipality may replace. Untried addresses."""

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from hemvag.readiness.levels import DATA

FILE: Final = "feeds.toml"


@dataclass(frozen=True)
class Suggestion:
    """A feed that nobody has tried: its name and where it may be."""

    name: str
    url: str


@dataclass(frozen=True)
class Suggested:
    """What may be followed, and whose news have to be entered by hand."""

    feeds: Sequence[Suggestion]
    by_hand: Sequence[str]


class WrongSuggestions(ValueError):
    """The file cannot be read; the message names it."""


def suggested() -> Suggested:
    """Return the suggestions, from HEMVAG_READINESS_CONTENT or the file shipped. Raises WrongSuggestions."""
    folder: str = settings.HEMVAG_READINESS_CONTENT
    own = Path(folder) / FILE if folder else None
    return read(own if own and own.exists() else DATA / FILE)


@functools.cache
def read(path: Path) -> Suggested:
    """Read a file of suggestions. Raises WrongSuggestions."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        feeds = [Suggestion(str(row["name"]), str(row["url"])) for row in found.get("feed", [])]
        names = [str(name) for name in found.get("by_hand", {}).get("names", [])]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as fault:
        raise WrongSuggestions(f"{path}: {type(fault).__name__} {fault}") from None
    return Suggested(feeds, names)
