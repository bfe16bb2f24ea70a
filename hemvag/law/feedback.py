"""Feedback to whoever reported (återkoppling): who is owed it, and by when."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from hemvag.law import calendar, deadlines, provisions, reporters, rules
from hemvag.law.deadlines import Due
from hemvag.law.rules import Words

Why = Literal["private_reporter", "not_asked", "awaiting_decision", "within_one_week", "at_once", "no_time_limit"]


@dataclass(frozen=True, slots=True)
class FeedbackDuty:
    """Whether feedback must be given, and why.

    `owed` is true as soon as a mandated reporter has asked. `due` is None when nothing is owed or the decision is
    still to come; its days are None where the law sets no time. `text` and `note` are plain words for the page.
    What is owed yields to what is unsuitable: a person decides.
    """

    owed: bool
    why: Why
    due: Due | None
    provision: str
    text: Words
    note: Words | None


def owed(
    reporter_kind: str,
    asked_at: dt.datetime | None,
    decided_at: dt.datetime | None,
    already_running: bool,
) -> FeedbackDuty:
    """What is owed to this reporter, who asked at `asked_at` (None: has not asked).

    `decided_at` is the decision to open or not to open, None while there is none. With `already_running` an
    investigation of the child was under way when the report came, and no such decision is awaited. From 2026-01-15
    (SoL 2025:400, 19:6): at the latest one week after the decision when asked before it, at once when asked later or
    when an investigation is running. Before: no time limit. A private reporter is never owed feedback (OSL 26:1).

    Raises `reporters.UnknownReporter`, `rules.NoRule` before 2013 and `calendar.Naive`.
    """
    decided = None if decided_at is None else calendar.local_day(decided_at)
    asked = None if asked_at is None else calendar.local_day(asked_at)
    day = asked or decided or dt.date.max
    if not reporters.is_mandated(reporter_kind, day):
        return _nothing("private_reporter", "feedback_private_reporter", day)
    if asked_at is None or asked is None:
        return _nothing("not_asked", "feedback_not_asked", day)
    if already_running:
        return _at_once(asked)
    if decided_at is None or decided is None:
        return _nothing("awaiting_decision", "feedback_awaiting_decision", day, owed_later=True)
    if asked_at > decided_at:
        return _at_once(asked)
    return _timed("within_one_week", deadlines.due("feedback", decided))


def _nothing(why: Why, words: str, day: dt.date, *, owed_later: bool = False) -> FeedbackDuty:
    rule = provisions.text(words, day)
    return FeedbackDuty(owed_later, why, None, rule.provision, rule.text, rule.note)


def _at_once(asked: dt.date) -> FeedbackDuty:
    try:
        return _timed("at_once", deadlines.due("feedback_at_once", asked))
    except rules.NoRule:
        return _timed("no_time_limit", deadlines.due("feedback", asked))


def _timed(why: Why, due: Due) -> FeedbackDuty:
    return FeedbackDuty(True, why if due.strict else "no_time_limit", due, due.provision, due.text, due.note)
