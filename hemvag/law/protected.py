"""Protected personal data (skyddade personuppgifter): who decides on each level, and what it asks of everyone."""

import datetime as dt
from functools import lru_cache

from hemvag.law import rules
from hemvag.law.rules import Rule, Words


def level(code: str, on: dt.date) -> Rule:
    """The rule for `secrecy_marking`, `protected_registration` or `fictitious_identity` on the day.

    Raises KeyError for another level and `rules.NoRule` for a day before the tables begin.
    """
    return rules.in_force(tables()[code], on)


def decides(rule: Rule) -> Words:
    """Who decides on the protection."""
    return Words(**rule.own["decides"])


def handling(rule: Rule) -> Words:
    """What everyone who works with the dossier does."""
    return Words(**rule.own["handling"])


@lru_cache(maxsize=16)
def tables(pack: str = rules.DEFAULT) -> rules.Tables:
    """Every level, by code. Raises `rules.BrokenRules`."""
    return rules.read("protected.toml", pack, own={"decides": rules.words, "handling": rules.words})
