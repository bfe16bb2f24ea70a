"""Bring the tables to today's form, and give each role its rights anew."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes: nothing."""


def run(args: argparse.Namespace) -> int:  # noqa: ARG001
    """Migrate as the owner."""
    from hemvag.config import setting_up
    from hemvag.config.database import checks

    with setting_up.database():
        checks.demand()
        setting_up.migrate(print)
    print("The tables are of today's form.")
    return 0
