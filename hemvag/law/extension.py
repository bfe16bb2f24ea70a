"""When a statutory clock may be made longer, and what the written decision must show (förlängning)."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

from hemvag.law import rules
from hemvag.law.rules import Rule, Words


class NoExtension(LookupError):
    """The law lets nobody make this step's clock longer."""


def extension(step: str, on: dt.date) -> Rule:
    """The rule by which `preliminary_assessment` or `investigation` may be extended, as it stood on the day.

    Raises `NoExtension` for another step and `rules.NoRule` for a day before the tables begin.
    """
    table = f"{step}_extension"
    if table not in tables():
        raise NoExtension(step)
    return rules.in_force(tables()[table], on)


def ground(rule: Rule) -> Words:
    """The ground in the statute's words: "synnerliga skäl" or "särskilda skäl"."""
    said: Mapping[str, str] = rule.own["ground"]
    return Words(**said)


@lru_cache(maxsize=16)
def tables(pack: str = rules.DEFAULT) -> rules.Tables:
    """Every extension, by table. Raises `rules.BrokenRules`."""
    return rules.read("extensions.toml", pack, own={"ground": rules.words})
