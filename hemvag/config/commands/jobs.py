"""Run what runs by itself: sweeps, reminders and what the pages hand over, until told to stop."""

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes: nothing."""


def run(args: argparse.Namespace) -> int:  # noqa: ARG001
    """Work as the role `job`."""
    os.environ["HEMVAG_ROLE"] = "job"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemvag.config.settings")
    import django
    from django.core.management import call_command

    from hemvag.config import setting_up, start

    start.demand_key()
    with setting_up.database():
        django.setup()
        start.check()
        call_command("procrastinate", "worker", "--shutdown-graceful-timeout=10")
    return 0
