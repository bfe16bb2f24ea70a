"""Take one dossier out to a file, for the archive or as the copy of the person it is about (registerutdrag)."""

import argparse
import json
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from hemvag.config.plain import Told

if TYPE_CHECKING:
    from hemvag.staff.models import Worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    export = acts.add_parser("export", help="write everything in a dossier to a new file, as JSON")
    export.add_argument("reference", help="the dossier's case number")
    export.add_argument("--by", required=True, metavar="EMAIL", help="the worker who takes it out, and may")
    export.add_argument("--for", required=True, dest="purpose", choices=["archive", "person"], help="whom it is for")
    export.add_argument("--to", required=True, type=Path, metavar="FILE", help="a new file, readable by its owner only")


def run(args: argparse.Namespace) -> int:
    """Write the file. The content stands in it unsealed: whoever runs this answers for where it goes."""
    from hemvag.config import setting_up

    with setting_up.ready("staff"):
        from hemvag.config import start

        start.check()
        _export(args)
    print(f"{args.to} holds {args.reference}, unsealed. Read it before it leaves: others' secrets may stand in it.")
    return 0


def _export(args: argparse.Namespace) -> None:
    from hemvag.audit.models import Purpose
    from hemvag.dossiers import export
    from hemvag.dossiers.models import Dossier
    from hemvag.lib import clock

    worker = _worker(args.by)
    found = Dossier.objects.filter(reference=args.reference).values_list("id", flat=True).first() or uuid.uuid4()
    purpose = Purpose.ARCHIVE if args.purpose == "archive" else Purpose.OWN_COPY
    try:
        handle = os.open(args.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as wrong:
        raise Told(f"{args.to}: {wrong.strerror or wrong}") from None
    try:
        taken = export.export(found, by=worker, purpose=purpose, at=clock.now())
    except Dossier.DoesNotExist:
        os.close(handle)
        args.to.unlink()
        raise Told(f"{args.by} may take out no dossier {args.reference}.") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(taken, file, ensure_ascii=False, indent=2)


def _worker(email: str) -> "Worker":
    from hemvag.staff.models import Worker

    found = Worker.objects.filter(email__iexact=email.strip(), left_at=None).first()
    if found is None:
        raise Told(f"No worker here signs in with {email}.")
    return found
