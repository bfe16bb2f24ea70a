"""Measure Hemväg beside its floor: python -m bench [--quick] [--cases N] [--seconds S] [--rounds R]. See docs/bench.md."""

import argparse
import datetime as dt
import json
import sys
from typing import Any

from bench import place

WARM = 1.0


def main() -> int:
    """Lay the cases, measure, print the table; return 0 when every answer was right, else 1."""
    reader = argparse.ArgumentParser(prog="bin/bench", description="Measure Hemväg beside its floor.")
    reader.add_argument("--quick", action="store_true", help="1,000 cases and two seconds a measure")
    reader.add_argument("--cases", type=int, help="how many cases are laid (100,000)")
    reader.add_argument("--seconds", type=float, help="seconds a measure in each round (5)")
    reader.add_argument("--rounds", type=int, help="rounds, floor and Hemväg by turns (3)")
    given = reader.parse_args()
    cases = given.cases or (1_000 if given.quick else 100_000)
    seconds = given.seconds or (2.0 if given.quick else 5.0)
    rounds = given.rounds or (1 if given.quick else 3)
    place.set_environment()
    with place.database() as address:
        return _run(address, cases=cases, seconds=seconds, rounds=rounds)


def _run(address: dict[str, Any], *, cases: int, seconds: float, rounds: int) -> int:
    from bench import lay, servers, visits

    town, laid = lay.everything(address, cases)
    floor = {"FLOOR_DATABASE": json.dumps(lay.floor_database())}
    with (
        servers.serving("hemvag.config.wsgi:application", "/account/login/") as hemvag,
        servers.serving("bench.floor:application", "/newest/", floor) as bare,
    ):
        found = visits.measures(hemvag.address, town, laid, most=int(rounds * seconds * 600))
        visits.check(hemvag.address, found)
        return _measured(address, found, hemvag, bare, cases=cases, seconds=seconds, rounds=rounds)


def _measured(
    address: dict[str, Any],
    found: "list[visits.Measure]",
    hemvag: "servers.Serving",
    bare: "servers.Serving",
    *,
    cases: int,
    seconds: float,
    rounds: int,
) -> int:
    from bench import lay, load, queries, table, visits

    lines = [
        table.Line(measure.name, len(queries.of_request(visits.taken(measure), visits.taken(measure))))
        for measure in found
    ]
    began, busy = dt.datetime.now(dt.UTC), table.busy()
    before = lay.written(address)
    for number in range(rounds + 1):
        for measure, line in zip(found, lines, strict=True):
            for ours in (True, False) if number % 2 else (False, True):
                base, requests = (hemvag.address, measure.hemvag) if ours else (bare.address, measure.floor)
                again = measure.again or not ours
                got, used = load.load(base, requests, seconds=seconds if number else WARM, again=again)
                if not again:
                    del requests[:used]
                if number:
                    (line.hemvag if ours else line.floor).add(got)
                print(f"\r  round {number} of {rounds}: {measure.name:<20}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{began:%Y-%m-%d %H:%M} UTC · {cases:,} cases · {rounds} × {seconds:g} s a measure · load before: {busy}")
    print(table.machine(lay.version(address)))
    print()
    print(table.markdown(lines))
    print()
    print(f"workers together {hemvag.megabytes():.0f} MB (their lead {hemvag.lead_megabytes():.0f} MB); goal under 250 MB")
    print("read-log lines written while measured:", lay.written(address) - before)
    wrong = [line.name for line in lines if not line.is_right]
    if wrong:
        print("Not every answer was right:", ", ".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
