"""How often limits hold the truth: python -m bench.coverage [--towns 500] [--part 1/2] [--file FILE] [--page PAGE].

Invents towns (bench/towns.py), estimates each by every method with 200 replicates, and keeps one line for each in the
file, so that a run may be stopped, taken up again, shared among machines (--part) and made with fewer towns. With
--page it writes the tables of docs/estimate/coverage.md from every line of the file. Latent classes cost most: a
hundred towns of each kind.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm

from bench import coverage_page, towns
from hemvag.estimate import Lists, Report, estimate
from hemvag.estimate.methods import METHODS

REPLICATES = 200
COSTLY, COSTLY_TOWNS = "latent-class", 100
SIZES = (3, 4)
FIRST = 1000
"""The rules of the verdict were chosen by looking at towns below this number."""


def main() -> int:
    """Estimate the towns that are not in the file yet, and write the page when asked to."""
    about = "See how often limits hold the truth."
    reader = argparse.ArgumentParser(prog="python -m bench.coverage", description=about)
    reader.add_argument("--towns", type=int, default=500, help="of each kind and number of lists (500)")
    reader.add_argument("--part", default="1/1", help="which part of how many: 1/2 and 2/2 side by side")
    reader.add_argument("--file", type=Path, default=Path("coverage.jsonl"), help="where lines are kept")
    reader.add_argument("--page", type=Path, help="write the tables into this page")
    reader.add_argument("--costly", action="store_true", help="also latent classes, for the first hundred towns")
    given = reader.parse_args()
    part, parts = (int(number) for number in given.part.split("/"))
    done = {(row["scenario"], row["k"], row["town"], row["costly"]) for row in rows(given.file)}
    kinds = [
        (number, k, scenario)
        for number in range(FIRST, FIRST + given.towns)
        for k in SIZES
        for scenario in towns.SCENARIOS
    ]
    wanted = [kind for place, kind in enumerate(kinds) if place % parts == part - 1]
    with given.file.open("a", encoding="utf-8") as file:
        for number, k, scenario in tqdm(wanted, desc="towns", file=sys.stderr):
            for costly in (False, True) if given.costly and number < FIRST + COSTLY_TOWNS else (False,):
                if (scenario, k, number, costly) not in done:
                    file.write(json.dumps(row(scenario, k, number, costly=costly)) + "\n")
                    file.flush()
    if given.page:
        coverage_page.write(given.page, list(rows(given.file)))
    return 0


def row(scenario: str, k: int, number: int, *, costly: bool) -> Mapping[str, Any]:
    """Return what one town taught."""
    lists = towns.town(scenario, k, number)
    cheap = tuple(name for name in METHODS if name not in {COSTLY, "chapman"})
    methods = (COSTLY,) if costly else cheap
    report = estimate(lists, methods=methods, replicates=REPLICATES, seed=number + 1, cores=1)
    kept = {"scenario": scenario, "k": k, "town": number, "costly": costly, "observed": lists.observed}
    kept["methods"] = {one.method: [one.estimate, one.low, one.high, one.interval.value] for one in report.methods}
    if not costly:
        kept |= _also(report, lists)
    return kept


def _also(report: Report, lists: Lists) -> Mapping[str, Any]:
    """What is said in the end, and what the chosen model says when it is taken as given."""
    given = {
        f"{one.method}, {also.interval}": [also.estimate, also.low, also.high, also.interval.value]
        for one in report.methods
        if one.method in {"bic", "stepwise"}
        for also in one.also
        if also.method == one.method and also.interval.value == "conditional"
    }
    pairs = next(one for one in report.of("bic").also if one.method == "all-pairs")
    given["all-pairs"] = [pairs.estimate, pairs.low, pairs.high, pairs.interval.value]
    judgement = report.judgement
    return {
        "given": given,
        "verdict": judgement.verdict.value,
        "range": judgement.range,
        "reasons": [note.code for note in judgement.reasons],
        "twice": int(sum(lists.counts[h] for h in range(2**lists.k) if h.bit_count() > 1)),
    }


def rows(file: Path) -> Iterator[Mapping[str, Any]]:
    """Read the lines that are kept."""
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
