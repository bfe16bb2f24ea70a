"""Run one of Django's own commands, such as `hemvag manage check`."""

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes: whatever Django's command does."""
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="DJANGO_COMMAND ...")


def run(args: argparse.Namespace) -> int:
    """Hand the words on. Those that write the schema need HEMVAG_ROLE=owner."""
    from django.core.management import execute_from_command_line

    from hemvag.config import setting_up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemvag.config.settings")
    with setting_up.database():
        execute_from_command_line(["hemvag manage", *args.words])
    return 0
