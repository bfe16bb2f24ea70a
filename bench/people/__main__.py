"""Measure how people are found: bin/bench people [--size N] [--planted N] [--beside N]. Told in docs/bench.md."""

import argparse
import sys

from bench import place


def main(given: list[str] | None = None) -> int:
    """Lay the crowd, ask, print; return 0 when the goals are met, else 1."""
    reader = argparse.ArgumentParser(prog="bin/bench people", description="Measure how people are found.")
    reader.add_argument("--size", type=int, default=1_000_000, help="how many people are laid (1,000,000)")
    reader.add_argument("--planted", type=int, default=2_000, help="how many are asked for, three times each (2,000)")
    reader.add_argument(
        "--beside", type=int, default=1_000, help="questions put to the two other ways (1,000); 0: none"
    )
    reader.add_argument("--tune", action="store_true", help="ask the half that rules may be tuned on, not the other")
    reader.add_argument("--misses", type=int, default=0, help="print so many questions whose first answer was wrong")
    asked = reader.parse_args(given)
    place.set_environment()
    with place.database() as address:
        from bench.people import run

        plan = run.Plan(size=asked.size, planted=asked.planted, beside=asked.beside, tune=asked.tune, told=asked.misses)
        return run.run(address, plan)


if __name__ == "__main__":
    sys.exit(main())
