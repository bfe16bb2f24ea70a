"""Check the read log, seal it, keep its roots outside, and erase rows past their time."""

import argparse
import base64
import datetime as dt
from pathlib import Path

from hemvag.config import setting_up
from hemvag.config.bar import Bar
from hemvag.config.plain import Told

ROLES = {"verify": "staff", "roots": "staff", "key": "staff", "seal": "job", "erase": "owner"}
"""The role in the database that each act needs, and no more."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hemvag audit verify|roots|key|seal|erase`."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="verify|roots|key|seal|erase")
    verify = acts.add_parser("verify", help="find rows changed, removed or put in: 0 when the log is whole, else 1")
    verify.add_argument("--against", type=Path, metavar="FILE", help="roots kept outside, as `roots` printed them")
    verify.add_argument("--language", choices=["sv", "en"], default="en", help="of what is found; English if left out")
    roots = acts.add_parser("roots", help="print one line a batch, to be kept outside the database")
    roots.add_argument("--since", type=dt.date.fromisoformat, metavar="DAY", help="only batches from this day on")
    roots.add_argument("--daily", action="store_true", help="only the last batch of each day, which covers the others")
    roots.add_argument("--short", action="store_true", help="the short form, for paper")
    acts.add_parser("key", help="print the public keys with which anyone can check the signatures of the roots")
    acts.add_parser("seal", help="seal now what waits for the job to seal it")
    erase = acts.add_parser("erase", help="erase rows past their time; the chain says so and still verifies")
    erase.add_argument("--before", type=dt.date.fromisoformat, required=True, metavar="DAY", help="rows from before it")
    erase.add_argument("--by", required=True, metavar="EMAIL", help="the worker who decided it")


def run(args: argparse.Namespace) -> int:
    """Do it in the role that the act needs."""
    with setting_up.ready(ROLES[args.act]):
        from hemvag.config import start

        start.check()
        done: int = {"verify": _verify, "roots": _roots, "key": _key, "seal": _seal, "erase": _erase}[args.act](args)
    return done


def _verify(args: argparse.Namespace) -> int:
    from django.utils import translation

    from hemvag.audit import report, verify
    from hemvag.lib import clock

    now, against = clock.now(), _against(args.against)
    with Bar() as bar:
        found = verify.verify(at=now, against=against, progress=lambda *far: bar.show("verifying", *far))
    with translation.override(args.language):
        print("\n".join(report.told(found, at=now, is_compared=against is not None)))
    return 0 if found.is_whole else 1


def _against(path: Path | None) -> dict[int, str] | None:
    from hemvag.audit import roots

    if path is None:
        return None
    try:
        return dict(roots.kept(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as wrong:
        raise Told(f"{path} cannot be read: {getattr(wrong, 'strerror', None) or type(wrong).__name__}") from None
    except roots.Unreadable as wrong:
        raise Told(f"{path}: line {wrong} holds no number of a batch with its root.") from None


def _roots(args: argparse.Namespace) -> int:
    from hemvag.audit import roots

    form = roots.short_line if args.short else roots.line
    for batch in roots.roots(since=args.since, daily=args.daily):
        print(form(batch))
    return 0


def _key(_args: argparse.Namespace) -> int:
    from hemvag.audit import keys

    for generation, key in sorted(keys.public().items()):
        print(generation, base64.b64encode(key).decode())
    return 0


def _seal(_args: argparse.Namespace) -> int:
    from hemvag.audit import seal
    from hemvag.lib import clock

    made = seal.seal(at=clock.now())
    print(f"Batches sealed: {len(made)}, with {sum(batch.rows for batch in made)} rows.")
    return 0


def _erase(args: argparse.Namespace) -> int:
    from django.conf import settings

    from hemvag.audit import erase
    from hemvag.lib import clock
    from hemvag.staff.models import Worker

    worker = Worker.objects.filter(email__iexact=args.by, left_at=None).first()
    if worker is None:
        raise Told(f"No worker here has the address {args.by}.")
    try:
        with Bar() as bar:
            made = erase.erase(
                before=args.before,
                municipality=settings.HEMVAG_MUNICIPALITY,
                by=worker.id,
                at=clock.now(),
                progress=lambda *far: bar.show("erasing", *far),
            )
    except erase.TooEarly as wrong:
        raise Told(f"Rows up to {args.before} must be kept until {wrong}. Nothing is erased.") from None
    numbers = ", ".join(str(batch.number) for batch in made)
    print(f"Rows erased: {sum(batch.rows for batch in made)}. Sealed in batch {numbers or '-'}.")
    return 0
