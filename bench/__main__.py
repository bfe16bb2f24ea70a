"""Measure Hemväg beside its floor: python -m bench [--quick] [--cases N] [--seconds S] [--rounds R]
                                                      [--log [--rows N]].

`python -m bench people` measures how people are found instead.

What the figures mean stands in docs/bench.md.
"""

import argparse
import sys

from bench import place


def main() -> int:
    """Lay the cases, measure, print the table; return 0 when every answer was right, else 1."""
    if sys.argv[1:2] == ["people"]:
        from bench.people.__main__ import main as people

        return people(sys.argv[2:])
    reader = argparse.ArgumentParser(prog="bin/bench", description="Measure Hemväg beside its floor.")
    reader.add_argument("--quick", action="store_true", help="1,000 cases, and two seconds a measure")
    reader.add_argument("--cases", type=int, help="how many cases are laid (100,000)")
    reader.add_argument("--seconds", type=float, help="seconds a measure in each round (5)")
    reader.add_argument("--rounds", type=int, help="rounds, floor and Hemväg by turns (4)")
    reader.add_argument("--log", action="store_true", help="measure the read log instead: write, seal, verify")
    reader.add_argument("--rows", type=int, help="rows that are sealed and verified with --log (100,000)")
    given = reader.parse_args()
    cases = given.cases or (1_000 if given.quick else 100_000)
    seconds = given.seconds or (2.0 if given.quick else 5.0)
    rounds = given.rounds or (1 if given.quick else 4)
    place.set_environment()
    with place.database() as address:
        if given.log:
            from bench import audit

            return audit.run(address, seconds=seconds, rows=given.rows or (10_000 if given.quick else 100_000))
        from bench import run

        return run.run(address, cases=cases, seconds=seconds, rounds=rounds)


if __name__ == "__main__":
    sys.exit(main())
