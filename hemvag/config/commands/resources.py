"""Write the printed list of services to a file, for a place that is reached when Hemväg is not."""

import argparse
from pathlib import Path

from hemvag.config.plain import Told


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hemvag resources --pdf FILE --csv FILE`: one or both."""
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="as paper: by need, tagged, with its day")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="as a file that a spreadsheet opens")


def run(args: argparse.Namespace) -> int:
    """Write what was asked for; entries that are not to be printed stand in neither."""
    if args.pdf is None and args.csv is None:
        raise Told("Write --pdf FILE or --csv FILE, or both.")
    from hemvag.config import setting_up

    with setting_up.ready("staff"):
        _write(args)
    return 0


def _write(args: argparse.Namespace) -> None:
    from django.conf import settings

    from hemvag.agencies.models import Municipality
    from hemvag.lib import clock
    from hemvag.readiness import printed_list

    at = clock.now()
    municipality = Municipality.objects.get(code=settings.HEMVAG_MUNICIPALITY)
    made = [(args.pdf, printed_list.pdf), (args.csv, printed_list.as_csv)]
    number = len(printed_list.of_town(municipality, on=clock.local(at).date()))
    for path, draw in made:
        if path is None:
            continue
        try:
            printed_list.write(path, draw(municipality, at=at))
        except OSError as wrong:
            raise Told(f"{path}: {wrong.strerror or wrong}") from None
        print(f"{path} holds {number} services.")
