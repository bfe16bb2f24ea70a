"""What is kept of a report: numbers and codes, to be said in any language later. Never a cell of the table.

A note's English words are left out: a page says them anew, and holds back small numbers.
"""

from typing import Any

from hemvag.estimate import Estimate, Hidden, Lists, Note, Report, loglinear


def report(given: Report, lists: Lists) -> dict[str, Any]:
    """Return the report as JSON holds it, with the size of each list."""
    judged = given.judgement
    return {
        "observed": given.observed,
        "lists": [{"name": name, "size": int(size)} for name, size in zip(lists.names, lists.sizes, strict=True)],
        "methods": [_method(one) for one in _lines(given)],
        "verdict": judged.verdict.name.lower(),
        "range": None if judged.range is None else list(judged.range),
        "reasons": [_note(note) for note in judged.reasons],
        "narrower": [_note(note) for note in judged.narrower],
        "assumptions": [_note(note) for note in given.assumptions],
        "hide_one_list": [_hidden(one) for one in given.hide_one_list],
    }


def _lines(given: Report) -> list[Estimate]:
    """Return every method, and the model in which all pairs depend, which the range is widened by."""
    return [*given.methods, *(also for one in given.methods for also in one.also if also.method == loglinear.ALL_PAIRS)]


def _method(one: Estimate) -> dict[str, Any]:
    return {
        "method": one.method,
        "estimate": _number(one.estimate),
        "low": _number(one.low),
        "high": _number(one.high),
        "interval": one.interval.value,
        "is_floor": one.is_floor,
        "warnings": [_note(note) for note in one.warnings],
    }


def _hidden(one: Hidden) -> dict[str, Any]:
    share = None if one.share is None else round(one.share, 3)
    return {"list": one.hidden, "method": one.method, "size": one.size, "share": share, "covered": one.covered}


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code, "facts": dict(note.facts)}


def _number(value: float | None) -> float | None:
    return None if value is None else round(float(value), 1)
