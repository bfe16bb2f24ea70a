"""Measure estimates beside numpy's own solving of small systems: python -m bench.estimate [--quick].

Three goals: least BIC over all sets of pairs of five lists, chosen anew in 1,000 replicates (1,024 models each, about
a million), in under 60 s; stepwise with 1,000 BCa replicates at six lists at least thirty times as fast as SparseMSE
2.0.1 in R, which took 207 s on such a machine; all decomposable graphs of six lists in under 30 s. The tables are the
tests'.

The floor is `numpy.linalg.solve` on an array of as many systems of the same size: a fit takes some six such solutions,
and has to set the systems up.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from hemvag.estimate import Lists, poisson, reading, search, selection, work
from hemvag.estimate.answers import silent
from hemvag.estimate.methods import METHODS

TABLES = Path(__file__).resolve().parent.parent / "tests/estimate/data"
R_SECONDS = 207.0
SEARCH_GOAL, STEPWISE_TIMES, GRAPHS_GOAL = 60.0, 30.0, 30.0
AT_ONCE = 512


def main() -> int:
    """Print what was measured; return 0 when every goal is met, else 1."""
    reader = argparse.ArgumentParser(prog="python -m bench.estimate", description="Measure estimates beside numpy.")
    reader.add_argument("--quick", action="store_true", help="100 replicates instead of 1,000: to see that it runs")
    replicates = 100 if reader.parse_args().quick else 1000
    five, six = (reading.file(TABLES / f"uk2013_{k}list.csv") for k in (5, 6))
    print(f"{work.cores()} cores, load average {os.getloadavg()[0]:.1f}; {replicates} replicates")
    met = [
        _told("least BIC, pairs, 5 lists", SEARCH_GOAL, lambda: _method("bic", five, replicates, order=2)),
        _told("stepwise, BCa, 6 lists", R_SECONDS / STEPWISE_TIMES, lambda: _method("stepwise", six, replicates)),
        _told("graphs, 6 lists", GRAPHS_GOAL, lambda: _method("dga", six, replicates)),
    ]
    _fits(five, replicates)
    return 0 if all(met) else 1


def _told(name: str, goal: float, ask: Callable[[], Any]) -> bool:
    began, busy = time.perf_counter(), time.process_time()
    ask()
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    said = "met" if seconds < goal else "not met"
    print(f"{name:28} {seconds:7.2f} s, {busy:7.2f} s of processor; goal {goal:.1f} s, {said}")
    return seconds < goal


def _method(name: str, lists: Lists, replicates: int, order: int | None = None) -> None:
    METHODS[name](lists, order=order, replicates=replicates, seed=1, progress=silent)


def _fits(lists: Lists, replicates: int) -> None:
    """Fits and solutions a second of one core: every model on every table, no bounds, no start; by processor time."""
    family = selection.among(lists, 2).family
    if family is None:
        return
    tables = lists.units.draw(np.random.default_rng(1), max(replicates // 20, 4))[:, 1:].astype(np.float64)
    began = time.process_time()
    for y in tables:
        for at in range(0, len(family.models), AT_ONCE):
            part = family.models[at : at + AT_ONCE]
            poisson.fit(np.repeat(y[None], len(part), axis=0), part, family.x)
    fits = len(tables) * len(family.models) / (time.process_time() - began)
    bounded = search.best(tables, family, np.log(tables.sum(axis=1))).fitted / len(tables)
    size = family.models.shape[1]
    systems = np.eye(size) + 0.01 * np.random.default_rng(1).random((AT_ONCE, size, size))
    right = np.ones((AT_ONCE, size, 1))
    began, times = time.process_time(), 40
    for _ in range(times):
        np.linalg.solve(systems, right)
    floor = AT_ONCE * times / (time.process_time() - began)
    print(f"fits of one core             {fits:9,.0f}/s, {size} terms, every model on every table")
    print(f"floor, numpy.linalg.solve    {floor:9,.0f}/s = {floor / fits:.1f} solutions a fit")
    print(f"fitted thanks to bounds      {bounded:9,.0f} of {len(family.models):,} models a table")


if __name__ == "__main__":
    sys.exit(main())
