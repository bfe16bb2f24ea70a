"""Check a town's file, or load it."""

import argparse
import sys
from pathlib import Path

from hemvag.agencies import town
from hemvag.config import setting_up
from hemvag.lib import clock

ROLE = "owner"
"""Nobody else may write about the town."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hemvag municipality check FILE` and `hemvag municipality load FILE`."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="check|load")
    for act, words in (
        ("check", "read the file and say everything that is wrong with it, as FILE:LINE: table.field: message"),
        ("load", "check the file and take it into the database; a later file keeps what an earlier one said"),
    ):
        acts.add_parser(act, help=words, description=words).add_argument("file", metavar="FILE", type=Path)


def run(args: argparse.Namespace) -> int:
    """0 when the file holds (and is loaded), 1 when it does not, with every fault on a line of its own."""
    try:
        read = town.read(args.file)
    except town.BadTown as wrong:
        print(wrong, file=sys.stderr)
        print(f"{len(wrong.complaints)} faults; nothing was loaded.", file=sys.stderr)
        return 1
    except OSError as wrong:
        print(f"{args.file}: {wrong.strerror or wrong}", file=sys.stderr)
        return 1
    if args.act == "check":
        print(f"{args.file}: {read.name} holds: {len(read.units)} units, {len(read.districts)} districts.")
        return 0
    with setting_up.ready(ROLE):
        return _load(read)


def _load(read: town.Town) -> int:
    from django.db import ProgrammingError

    from hemvag.agencies.load import load

    try:
        done = load(read, at=clock.now())
    except ProgrammingError as refused:
        print(f"The database refused: {str(refused).splitlines()[0]}.", file=sys.stderr)
        print(
            "A town is loaded with the owner's role, in a database that has been set up: HEMVAG_ROLE=owner.",
            file=sys.stderr,
        )
        return 1
    print(f"{read.name}: {done.added} rows added, {done.changed} changed, {done.closed} closed.")
    return 0
