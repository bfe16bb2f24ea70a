"""The plain words that stand beside a step on a page, as the law was on a day."""

import datetime as dt
from functools import lru_cache

from hemvag.law import deadlines, extension, rules
from hemvag.law.rules import Rule


def text(step: str, on: dt.date) -> Rule:
    """The rule for a step on the day: its `text` and `note` in Swedish and English, and its `provision`.

    Knows every step with a clock, `preliminary_assessment_extension`, `investigation_extension`, and the tables of
    provisions.toml, such as `reporter_meeting`, `child_voice` and `feedback_private_reporter`. Raises
    `deadlines.UnknownStep` and `rules.NoRule`.
    """
    for known in (tables(), extension.tables()):
        if step in known:
            return rules.in_force(known[step], on)
    return deadlines.rule_of(step, on)


@lru_cache(maxsize=16)
def tables(pack: str = rules.DEFAULT) -> rules.Tables:
    """What the law says beside steps without a clock, by table. Raises `rules.BrokenRules`."""
    return rules.read("provisions.toml", pack)
