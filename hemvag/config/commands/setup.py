"""Make the database ready: roles on the embedded server, schemas, tables and rights. May be run again."""

import argparse
import os

from hemvag.config import env


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--demo", action="store_true", help="mark the database for invented people, for good")
    parser.add_argument("--municipality", default="", help="the municipality's code (default: HEMVAG_MUNICIPALITY)")


def run(args: argparse.Namespace) -> int:
    """Make the database ready and mark what it is for."""
    from hemvag.config import setting_up
    from hemvag.config.plain import Told

    municipality = args.municipality or env.text("HEMVAG_MUNICIPALITY")
    if not municipality:
        raise Told("Say which municipality it is for: --municipality CODE, or HEMVAG_MUNICIPALITY.")
    os.environ["HEMVAG_MUNICIPALITY"] = municipality
    if args.demo:
        os.environ["DJANGO_SETTINGS_MODULE"] = "hemvag.config.demo.settings"
    with setting_up.database() as server:
        setting_up.set_up(server, kind="demo" if args.demo else "real", municipality=municipality, say=print)
    print("The database is ready.")
    return 0
