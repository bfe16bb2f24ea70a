"""Law 4 of the house, for tests that read the schema and every address: names that may not be (forbidden.toml)."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from hemvag.law import rules
from hemvag.law.rules import Words

Place = Literal["field", "query"]

_PATH = Path(__file__).parent / "forbidden.toml"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_PLAIN = str.maketrans("åäöéü", "aaoeu")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Why a name may not be: the word found in it, the provision and the reason in plain words."""

    word: str
    provision: str
    rule: str
    why: Words


@dataclass(frozen=True, slots=True)
class _Word:
    signs: str
    places: frozenset[str]
    forbidden: Forbidden


def named(name: str, place: Place) -> Forbidden | None:
    """Why this name of a field or a query parameter is forbidden, or None when it may be.

    Capital letters, dashes and å ä ö do not hide a word: `riskScore`, `risk-score` and `risk_scores` are one.
    """
    signs = f"_{_BETWEEN.sub('_', _CAMEL.sub('_', name).casefold().translate(_PLAIN)).strip('_')}_"
    for word in _words():
        if place in word.places and word.signs in signs:
            return word.forbidden
    return None


@lru_cache(maxsize=1)
def _words() -> tuple[_Word, ...]:
    data = tomllib.loads(_PATH.read_text(encoding="utf-8"))
    grounds = {row["key"]: row for row in data["ground"]}
    return tuple(word for row in data["words"] for word in _of(row, grounds))


def _of(row: dict[str, Any], grounds: dict[str, dict[str, Any]]) -> list[_Word]:
    ground = grounds.get(row["ground"])
    if ground is None or ground["source"] not in rules.sources():
        raise rules.BrokenRules(_PATH.name, "words", "ground", f"{row['ground']} has no ground with a source")
    places = frozenset(row["places"])
    signs = [(stem, f"_{stem}") for stem in row["stems"]] + [(word, f"_{word}_") for word in row["whole"]]
    return [
        _Word(sign, places, Forbidden(word, ground["provision"], ground["rule"], Words(**ground["why"])))
        for word, sign in signs
    ]
