"""What a calculation answered, ready to be shown: a finding in words, each method's line, and what it rests on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from hemvag.picture import chart, words
from hemvag.picture.calculate import described
from hemvag.picture.models import Outcome, Run

PATIENCE: Final = dt.timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One method: what it answered, in numbers and words. None where it had no answer."""

    label: str
    estimate: float | None
    low: float | None
    high: float | None
    words: str
    interval: str
    warnings: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One list: what it is, how many stand on it, and what became of hiding it."""

    name: str
    whose: str
    what: str
    size: str
    hidden: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A result as the page and the paper show it."""

    title: str
    verdict: str
    meaning: str
    kind: str
    range: Sequence[int] | None
    observed: str
    reasons: Sequence[str]
    narrower: Sequence[str]
    assumptions: Sequence[str]
    rows: Sequence[Row]
    lists: Sequence[ListRow]
    chart: chart.Chart
    seed: int
    replicates: int
    at: dt.datetime


def shown(run: Run, outcome: Outcome) -> Shown:
    """Return the result in the reader's language. No cell of the table is in it, and no small number of persons."""
    report: Mapping[str, Any] = outcome.report
    verdict, kind, meaning = words.VERDICTS[report["verdict"]]
    rows = [_row(one) for one in report["methods"]]
    drawn = [row for row in rows if row.estimate is not None]
    return Shown(
        title=title(report),
        verdict=str(verdict),
        meaning=str(meaning),
        kind=kind,
        range=report["range"],
        observed=words.count(report["observed"]),
        reasons=[words.note(note) for note in report["reasons"]],
        narrower=[words.note(note) for note in report["narrower"]],
        assumptions=[words.note(note) for note in report["assumptions"]],
        rows=rows,
        lists=_lists(run, report),
        chart=chart.draw(drawn, observed=report["observed"], span=report["range"]),
        seed=run.seed,
        replicates=run.replicates,
        at=outcome.at,
    )


def title(report: Mapping[str, Any]) -> str:
    """Return the finding as a sentence."""
    if report["range"] is None:
        return _("Listorna räcker inte för en uppskattning")
    facts = {"low": report["range"][0], "high": report["range"][1]}
    if report["verdict"] == "usable":
        return _("Mellan %(low)d och %(high)d personer, säger listorna") % facts
    return _("Metoderna ger allt från %(low)d till %(high)d personer") % facts


def is_stuck(run: Run, at: dt.datetime) -> bool:
    """Say whether a calculation that is not done has taken longer than any should."""
    return at - (run.begun_at or run.at) > PATIENCE


def _row(one: Mapping[str, Any]) -> Row:
    return Row(
        label=str(words.METHODS.get(one["method"], one["method"])),
        estimate=one["estimate"],
        low=one["low"],
        high=one["high"],
        words=_in_words(one),
        interval=str(words.INTERVALS[one["interval"]]),
        warnings=[words.note(note) for note in one["warnings"]],
    )


def _in_words(one: Mapping[str, Any]) -> str:
    if one["estimate"] is None:
        return _("inget svar")
    one = {name: round(one[name]) if one[name] is not None else None for name in ("estimate", "low", "high")}
    if one["low"] is None:
        return _("%(estimate)d, utan gränser") % one
    if one["high"] is None:
        return _("%(estimate)d, minst %(low)d, ingen övre gräns") % one
    return _("%(estimate)d, från %(low)d till %(high)d") % one


def _lists(run: Run, report: Mapping[str, Any]) -> list[ListRow]:
    said = described(run.table)
    return [
        ListRow(
            name=one["name"],
            whose=said[place].whose,
            what=said[place].what,
            size=words.count(one["size"]),
            hidden=_hidden(one["name"], report["hide_one_list"]),
        )
        for place, one in enumerate(report["lists"])
    ]


def _hidden(name: str, tests: Sequence[Mapping[str, Any]]) -> str:
    """Say how many of the methods' limits held when the list was hidden; its size alone is never told by it."""
    answered = [one for one in tests if one["list"] == name and one["covered"] is not None]
    if not answered:
        return _("gick inte att pröva")
    held = sum(bool(one["covered"]) for one in answered)
    return _("rätt i %(held)d av %(all)d metoder") % {"held": held, "all": len(answered)}
