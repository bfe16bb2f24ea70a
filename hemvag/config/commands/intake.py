"""Take in concern reports from an older system's file, all rows or none."""

import argparse
import sys
from pathlib import Path

from hemvag.config import setting_up
from hemvag.config.bar import Bar
from hemvag.config.plain import Told


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", type=Path, help="CSV or JSON, in UTF-8 or Windows-1252; see docs/operate/intake.md")
    parser.add_argument("--by", required=True, metavar="EMAIL", help="the worker who registers the reports")


def run(args: argparse.Namespace) -> int:
    """Take in the file; 0 when every report is stored, 1 when none is, with each fault on a line of its own."""
    try:
        raw = args.file.read_bytes()
    except OSError as wrong:
        raise Told(f"{args.file}: {wrong.strerror or wrong}") from None
    with setting_up.ready("staff"):
        return _take_in(raw, args.by, is_json=args.file.suffix.casefold() == ".json")


def _take_in(raw: bytes, email: str, *, is_json: bool) -> int:
    from django.conf import settings
    from django.utils import translation

    from hemvag.agencies.models import Municipality
    from hemvag.concerns import facts, intake, intake_file
    from hemvag.config import start
    from hemvag.lib import clock
    from hemvag.staff.models import Worker

    start.check()
    worker = Worker.objects.filter(email=email, left_at=None).first()
    if worker is None:
        raise Told(f"No worker here has the address {email}.")
    municipality = Municipality.objects.get(code=settings.HEMVAG_MUNICIPALITY)
    with translation.override(worker.language):
        sheet = intake_file.read(raw, is_json=is_json)
        try:
            with Bar() as bar:
                taken = intake.take_in(sheet, municipality=municipality, by=worker, at=clock.now(), progress=bar.show)
        except facts.NotYours:
            raise Told(f"{email} may not register reports.") from None
        print("\n".join(intake.told(taken)), file=sys.stderr if taken.faults else sys.stdout)
    return 1 if taken.faults else 0
