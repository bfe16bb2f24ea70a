"""Check the templates of a reception plan."""

import argparse
import sys
from pathlib import Path

from hemvag.lib import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hemvag reception check DIR`."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="check")
    words = "read a directory of templates and say everything that is wrong, as FILE:LINE: table.field: message"
    acts.add_parser("check", help=words, description=words).add_argument("folder", metavar="DIR", type=Path)


def run(args: argparse.Namespace) -> int:
    """0 when the templates hold, with warnings for what the law would never let out; 1 with every fault."""
    from hemvag.reception import template

    try:
        warnings = template.check(args.folder, clock.today())
        read = template.load(args.folder)
    except template.BadTemplates as wrong:
        print(wrong, file=sys.stderr)
        print(f"{len(wrong.complaints)} faults; the templates would not be used.", file=sys.stderr)
        return 1
    for name, warning in warnings:
        print(f"warning: {name}:{warning}", file=sys.stderr)
    for one in read.values():
        print(f"{one.code} {one.version}: {len(one.tasks)} tasks, {one.digest[:12]}")
    return 0
