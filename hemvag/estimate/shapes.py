"""An answer in the shape that other programs read: plain names, texts and numbers, ready for JSON."""

from collections.abc import Mapping
from typing import Any

from hemvag.estimate.answers import Estimate, Hidden, Report

DECIMALS = 3
"""More would tell the order in which a machine adds, not the number of people."""


def report(given: Report) -> Mapping[str, Any]:
    """Return a report as JSON holds it. `range` is null when no estimate should be given."""
    return {
        "observed": given.observed,
        "lists": list(given.lists),
        "methods": [method(one) for one in given.methods],
        "verdict": given.judgement.verdict.value,
        "range": None if given.judgement.range is None else list(given.judgement.range),
        "hide_one_list": [hidden(one) for one in given.hide_one_list],
        "reasons": [str(note) for note in given.judgement.reasons],
        "narrower": [str(note) for note in given.judgement.narrower],
        "assumptions": [str(note) for note in given.assumptions],
    }


def method(one: Estimate) -> Mapping[str, Any]:
    """Return what a method answered; null where there is no number."""
    return {
        "method": one.method,
        "estimate": _number(one.estimate),
        "low": _number(one.low),
        "high": _number(one.high),
        "interval": one.interval.value,
        "model": one.model,
        "warnings": [str(note) for note in one.warnings],
    }


def hidden(one: Hidden) -> Mapping[str, Any]:
    """Return one hidden list: its true size, what a method answered, and whether the limits held."""
    return {
        "list": one.hidden,
        "method": one.method,
        "size": one.size,
        "estimate": _number(one.estimate),
        "low": _number(one.low),
        "high": _number(one.high),
        "share": _number(one.share),
        "covered": one.covered,
    }


def _number(value: float | None) -> float | None:
    return None if value is None else round(float(value), DECIMALS)
