"""Write the printed list of services to a file, for a place that is reached when Hemväg is not; or take services in."""

import argparse
import sys
from pathlib import Path

from hemvag.config.plain import Told


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hemvag resources --pdf FILE --csv FILE`: one or both. `--take-in FILE --by EMAIL`: rows become entries."""
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="as paper: by need, tagged, with its day")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="as a file that a spreadsheet opens")
    parser.add_argument("--take-in", type=Path, metavar="FILE", help="a CSV file with the columns that --csv writes")
    parser.add_argument("--by", metavar="EMAIL", help="the worker who takes it in, and may")


def run(args: argparse.Namespace) -> int:
    """Do what was asked for; entries that are not to be printed stand in no file. 1 when nothing was taken in."""
    if not (args.pdf or args.csv or args.take_in):
        raise Told("Write --pdf FILE, --csv FILE or --take-in FILE.")
    if args.take_in and not args.by:
        raise Told("Write --by EMAIL: who takes the services in.")
    from hemvag.config import setting_up

    with setting_up.ready("staff"):
        status = _take_in(args.take_in, args.by) if args.take_in else 0
        _write(args)
    return status


def _take_in(path: Path, email: str) -> int:
    from django.conf import settings
    from django.utils import translation

    from hemvag.agencies.models import Municipality
    from hemvag.lib import clock
    from hemvag.readiness import import_rows
    from hemvag.staff.models import Worker

    worker = Worker.objects.filter(email__iexact=email.strip(), left_at=None).first()
    if worker is None:
        raise Told(f"No worker here has the address {email}.")
    try:
        raw = path.read_bytes()
    except OSError as wrong:
        raise Told(f"{path}: {wrong.strerror or wrong}") from None
    municipality = Municipality.objects.get(code=settings.HEMVAG_MUNICIPALITY)
    with translation.override(worker.language):
        taken = import_rows.take_in(raw, municipality=municipality, by=worker, at=clock.now())
    for fault in taken.faults:
        print(f"{path.name}:{fault}", file=sys.stderr)
    print(f"{taken.stored} services taken in.")
    return 1 if taken.faults else 0


def _write(args: argparse.Namespace) -> None:
    from django.conf import settings

    from hemvag.agencies.models import Municipality
    from hemvag.lib import clock
    from hemvag.readiness import printed_list

    at = clock.now()
    municipality = Municipality.objects.get(code=settings.HEMVAG_MUNICIPALITY)
    number = len(printed_list.of_town(municipality, on=clock.local(at).date()))
    for path, draw in [(args.pdf, printed_list.pdf), (args.csv, printed_list.as_csv)]:
        if path is None:
            continue
        try:
            printed_list.write(path, draw(municipality, at=at))
        except OSError as wrong:
            raise Told(f"{path}: {wrong.strerror or wrong}") from None
        print(f"{path} holds {number} services.")
