"""Measure by turns: in every round each measure on Hemväg and on the floor, the other one first next time."""

import datetime as dt
import json
import sys
from dataclasses import dataclass
from typing import Any

from tqdm import tqdm

from bench import lay, load, queries, servers, table, visits
from bench.servers import Serving
from bench.table import Line
from bench.visits import Measure

WARM = 1.0
MOST_A_SECOND = 600


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long is measured: a warming round, then `rounds` rounds of `seconds` for each measure on each side."""

    cases: int
    seconds: float
    rounds: int


def run(address: dict[str, Any], *, cases: int, seconds: float, rounds: int) -> int:
    """Lay the cases, measure and print; return 0 when every answer was the one wanted, else 1."""
    plan = Plan(cases=cases, seconds=seconds, rounds=rounds)
    town, laid = lay.everything(address, cases)
    floor = {"FLOOR_DATABASE": json.dumps(lay.floor_database())}
    with (
        servers.serving("hemvag.config.wsgi:application", "/account/login/") as ours,
        servers.serving("bench.floor:application", "/newest/", floor) as bare,
    ):
        found = visits.measures(ours.address, town, laid, most=int((rounds * seconds + WARM) * MOST_A_SECOND))
        visits.check(ours.address, found)
        lines = [Line(row.name, len(queries.of_request(visits.taken(row), visits.taken(row)))) for row in found]
        began, busy, before = dt.datetime.now(dt.UTC), table.busy(), lay.written(address)
        _by_turns(plan, list(zip(found, lines, strict=True)), ours, bare)
        print(f"{began:%Y-%m-%d %H:%M} UTC, {cases:,} cases, {rounds} rounds of {seconds:g} seconds a measure;")
        print(f"{table.machine(lay.version(address))}; load average before {busy}\n")
        print(table.markdown(lines))
        print(
            f"\nWorkers together {ours.megabytes():.0f} MB, and {ours.lead_megabytes():.0f} MB the process above them."
        )
        print(f"Lines written to the read log meanwhile: {lay.written(address) - before:,}.")
    return _told(lines)


def _by_turns(plan: Plan, pairs: list[tuple[Measure, Line]], ours: Serving, bare: Serving) -> None:
    bar = tqdm(total=(plan.rounds + 1) * len(pairs) * 2, desc="measuring", file=sys.stderr, bar_format="{l_bar}{bar}|")
    for number in range(plan.rounds + 1):
        seconds = plan.seconds if number else WARM
        for measure, line in pairs:
            for is_ours in (True, False) if number % 2 else (False, True):
                got = _ours(ours, measure, seconds) if is_ours else _bare(bare, measure, seconds)
                if number:
                    (line.hemvag if is_ours else line.floor).add(got)
                bar.update()
    bar.close()


def _ours(server: Serving, measure: Measure, seconds: float) -> load.Measured:
    got, used = load.load(server.address, measure.hemvag, seconds=seconds, again=measure.again)
    if not measure.again:
        del measure.hemvag[:used]
    return got


def _bare(server: Serving, measure: Measure, seconds: float) -> load.Measured:
    return load.load(server.address, measure.floor, seconds=seconds, again=True)[0]


def _told(lines: list[Line]) -> int:
    wrong = [line for line in lines if not line.is_right]
    for line in wrong:
        print(f"{line.name}: not every answer was the one wanted:", dict(line.hemvag.wrong + line.floor.wrong))
    below = [line.name for line in lines if line.ratio < table.GOAL]
    print(f"Below the goal of {table.GOAL:.2f} of the floor: {', '.join(below)}." if below else "Every goal is met.")
    return 1 if wrong else 0
