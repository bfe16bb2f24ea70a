"""Measure the law module beside a plain dictionary look-up: python -m bench.law [--seconds S].

Verdicts and due dates a second. "asked before" is what a list of cases does: the same questions again and again.
"first time" is a question not asked before in the process. The goal is at least a twentieth of the floor for what
was asked before.
"""

import argparse
import datetime as dt
import random
import sys
import time
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

from hemvag.law import codes, deadlines, sharing

GOAL = 1 / 20
TODAY = dt.date(2026, 11, 23)
Question = tuple[Any, ...]


def main() -> int:
    """Print the table; return 0 when the goal is met, else 1."""
    reader = argparse.ArgumentParser(prog="python -m bench.law", description="Measure the law module beside its floor.")
    reader.add_argument("--seconds", type=float, default=2.0, help="seconds a measure (2)")
    seconds = reader.parse_args().seconds
    dice = random.Random(1)
    met = True
    for name, ask, questions in (
        ("verdicts", sharing.share, shares(dice)),
        ("due dates", deadlines.due, dues(dice)),
    ):
        first = once(ask, questions)
        floor = rate(dict.fromkeys(questions, 1).__getitem__, [(question,) for question in questions], seconds)
        again = rate(ask, questions, seconds)
        met = met and again >= GOAL * floor
        print(f"{name:10} floor {floor:12,.0f}/s   asked before {again:12,.0f}/s = 1/{floor / again:.1f} of it", end="")
        print(f"   first time {first:9,.0f}/s = 1/{floor / first:,.0f}")
    print(f"goal: 1/{1 / GOAL:.0f}, {'met' if met else 'not met'}")
    return 0 if met else 1


def shares(dice: random.Random) -> list[Question]:
    """Two thousand questions about sharing, on days of the last two years."""
    known = codes.codes()
    every = list(product(known.authority, known.authority, known.subject, known.situation))
    return [(*question, TODAY - dt.timedelta(days=dice.randrange(730))) for question in dice.sample(every, 2_000)]


def dues(dice: random.Random) -> list[Question]:
    """Two thousand clocks that began in the last two years."""
    steps = [step for step in deadlines.steps() if step not in {"protection_assessment", "feedback_at_once"}]
    days = [TODAY - dt.timedelta(days=back) for back in range(730)]
    return dice.sample(list(product(steps, days)), 2_000)


def once(ask: Callable[..., Any], questions: Iterable[Question]) -> float:
    """Questions a second, each asked for the first time; what is read from files once is read before."""
    one, *others = questions
    ask(*one)
    began = time.perf_counter()
    for question in others:
        ask(*question)
    return len(others) / (time.perf_counter() - began)


def rate(ask: Callable[..., Any], questions: list[Question], seconds: float) -> float:
    """Questions a second, the best of the rounds that fit in the time."""
    best, end = 0.0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        for question in questions:
            ask(*question)
        best = max(best, len(questions) / (time.perf_counter() - began))
    return best


if __name__ == "__main__":
    sys.exit(main())
