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
    for tables in (_own(), extension.tables()):
        if step in tables:
            return rules.in_force(tables[step], on)
    return deadlines.rule_of(step, on)


@lru_cache(maxsize=1)
def _own() -> rules.Tables:
    return rules.load(rules.SWEDEN / "provisions.toml")
