"""Measure the Bayesian estimates beside their floors: python -m bench.estimate_graphs [--rounds R].

Averaging over all 18,154 decomposable graphs of six lists, on the published table of six lists, and with the six other
priors that the method shows beside it. The floor is numpy's one matrix product of every graph's terms with every number
of missing first looked at, which no way around saves. The goal is under 30 seconds with everything.

Latent classes on the published table of Kosovo: steps a second of eight chains, beside numpy's draws of the same
multinomials and gammas alone, and how many independent draws of the missing a second they are worth.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from hemvag.estimate import Lists, decomposable, latent_class, reading
from hemvag.estimate.answers import silent
from hemvag.estimate.chordal import decomposable as graphs

GOAL = 30.0
TABLES = Path(__file__).parent.parent / "tests" / "estimate" / "data"


def main() -> int:
    """Print the figures; return 0 when the goal is met, else 1."""
    reader = argparse.ArgumentParser(prog="python -m bench.estimate_graphs", description="Measure beside the floor.")
    reader.add_argument("--rounds", type=int, default=3, help="rounds, of which the best counts (3)")
    rounds = reader.parse_args().rounds
    print(f"load {os.getloadavg()[0]:.1f}, {len(os.sched_getaffinity(0))} cores, numpy {np.__version__}")
    met = _graphs(reading.file(TABLES / "uk2013_6list.csv"), rounds)
    _classes(reading.file(TABLES / "kosovo_4list.csv"))
    return 0 if met else 1


def best(act: Callable[[], object], rounds: int) -> float:
    """Return seconds, the least of the rounds."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken)


def _graphs(lists: Lists, rounds: int) -> bool:
    def find() -> None:
        graphs.cache_clear()
        graphs(6)

    found = best(find, rounds)
    terms = graphs(6)[1].astype(np.float64)
    numbers = np.random.default_rng(1).normal(size=(64, decomposable.COARSE))
    floor = best(lambda: terms @ numbers, rounds)
    one = best(lambda: decomposable.posterior(lists.counts), rounds)
    whole = best(lambda: decomposable.dga(lists, order=None, replicates=0, seed=1, progress=silent), rounds)
    print(f"six lists, {len(terms):,} graphs: found in {found:.3f} s; floor {floor:.3f} s", end="; ")
    print(
        f"one prior {one:.2f} s = {one / floor:.1f} floors; all seven priors {whole:.2f} s = {whole / floor:.1f} floors"
    )
    print(f"goal: under {GOAL:.0f} s, {'met' if whole < GOAL else 'not met'}")
    return whole < GOAL


def _classes(lists: Lists) -> None:
    seen = int((lists.counts > 0).sum()) + 1
    chance = np.random.default_rng(1)
    people = np.full((latent_class.CHAINS, seen), lists.observed // seen)
    shares = np.full((latent_class.CHAINS, seen, latent_class.CLASSES), 1 / latent_class.CLASSES)
    shape = np.full((latent_class.CHAINS, 2 * lists.k, latent_class.CLASSES), 5.0)

    def draws() -> None:
        for _ in range(100 * latent_class.SWEEPS):
            chance.multinomial(people, shares)
            chance.standard_gamma(shape)

    floor = best(draws, 3) / 100
    began = time.perf_counter()
    chains = latent_class.sample(lists.counts, seed=1, progress=silent)
    taken = time.perf_counter() - began
    step = taken / (chains.steps + latent_class.COOLING / 2)
    print(f"latent classes: {1 / step:.0f} steps a second, floor {1 / floor:.0f} = 1/{step / floor:.1f}", end="; ")
    print(f"{taken:.1f} s to R-hat {chains.rhat:.3f}, {chains.effective / taken:.0f} independent draws a second")


if __name__ == "__main__":
    sys.exit(main())
