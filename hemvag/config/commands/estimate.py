"""Estimate how many there are whom no list holds, from a CSV file of counts. Needs neither settings nor a database."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from hemvag.config.plain import Told

if TYPE_CHECKING:
    from hemvag.estimate import Estimate, Lists, Report

METHODS = ("all", "independence", "stepwise", "bic", "dga", "latent-class", "chao", "chapman")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hemvag estimate FILE.csv`: one column of 0 and 1 for each list, then `count`."""
    parser.add_argument("file", metavar="FILE.csv", type=Path, help="a 0/1 column for each list, then count")
    parser.add_argument("--method", choices=METHODS, default="all", help="one method only; all when left out")
    parser.add_argument("--order", type=_order, default=None, help="lists at most in one interaction")
    parser.add_argument(
        "--replicates", type=_replicates, default=1000, help="of the bootstrap (1000); 0 for point estimates at once"
    )
    parser.add_argument("--seed", type=_replicates, default=1, help="the same seed gives the same answer (1)")
    parser.add_argument("--json", action="store_true", help="answer for a program")


def run(options: argparse.Namespace) -> int:
    """0 with an answer, which may be that no estimate should be given.

    Raises `Told` for a table that cannot be used.
    """
    from hemvag.estimate import estimate, faults, shapes

    lists = _lists(options.file)
    bar = tqdm(total=100, desc="estimating", unit="%", file=sys.stderr, disable=None, leave=False, bar_format=BAR)

    def progress(done: float) -> None:
        bar.n = round(100 * done)
        bar.refresh()

    try:
        with bar:
            report = estimate(
                lists,
                methods=None if options.method == "all" else (options.method,),
                order=options.order,
                replicates=options.replicates,
                seed=options.seed,
                progress=progress,
            )
    except faults.NotCountable as wrong:
        raise Told(str(wrong)) from None
    if options.json:
        print(json.dumps(shapes.report(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(report)))
    return 0


BAR = "{desc} {percentage:3.0f}% |{bar}| {elapsed}, {remaining} left"


def _lists(path: Path) -> "Lists":
    from hemvag.estimate import faults, reading

    try:
        return reading.file(path)
    except faults.NotCountable as wrong:
        raise Told(f"{path.name}: {wrong}") from None
    except OSError as wrong:
        raise Told(f"{path}: {wrong.strerror or wrong}") from None


def _lines(report: "Report") -> Iterator[str]:
    judgement = report.judgement
    yield f"{judgement.verdict.capitalize()}."
    if judgement.range:
        low, high = judgement.range
        yield f"Between {low:,} and {high:,} in all; {report.observed:,} stand on {', '.join(report.lists)}."
    else:
        yield f"{report.observed:,} stand on {', '.join(report.lists)}."
    for note in judgement.reasons:
        yield f"  {note.words}"
    yield ""
    for one in report.methods:
        yield from _method(one)
    if report.hide_one_list:
        yield ""
        yield "Hide one list: its size, as the other lists tell it"
    for test in report.hide_one_list:
        told = "no answer" if test.share is None else f"{test.share:.0%} of it"
        held = {True: ", the limits hold it", False: ", the limits miss it", None: ""}[test.covered]
        yield f"  {test.hidden} ({test.size:,}) by {test.method}: {told}{held}"
    yield ""
    yield "Assumed:"
    for note in report.assumptions:
        yield f"  {note.words}"
    yield "What would narrow it:"
    for note in judgement.narrower:
        yield f"  {note.words}"


def _method(one: "Estimate") -> Iterator[str]:
    numbers = [f"{value:,.0f}" if value is not None else "-" for value in (one.estimate, one.low, one.high)]
    floor = "at least " if one.is_floor else ""
    model = f"  {one.model}" if one.model else ""
    yield f"{one.method:13} {floor}{numbers[0]} ({numbers[1]} to {numbers[2]}, {one.interval}){model}"
    for note in one.warnings:
        yield f"              {note.words}"


def _order(text: str) -> int:
    return _whole(text, 1, "an order is a whole number from 1")


def _replicates(text: str) -> int:
    return _whole(text, 0, "a whole number from 0 is needed")


def _whole(text: str, least: int, words: str) -> int:
    if not text.isdecimal() or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text!r}: {words}")
    return int(text)
