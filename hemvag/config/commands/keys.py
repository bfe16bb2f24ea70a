"""Make, change and take away the key-encryption secret, or give dossiers new keys of their own.

The steps stand in docs/operate/keys.md. Each may be stopped and run again.
"""

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from hemvag.config.plain import Told

if TYPE_CHECKING:
    from hemvag.vault.keyfile import Secrets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    acts.add_parser("new", help="make the first secret, or a new one beside the old")
    acts.add_parser("status", help="show what lies under which secret, and what may be taken away")
    acts.add_parser("rotate", help="bring everything under the newest secret; no content is touched")
    remove = acts.add_parser("remove", help="take an old secret away, when nothing lies under it any more")
    remove.add_argument("number", type=int, help="the secret's number, as `hemvag keys status` shows it")
    renew = acts.add_parser("renew", help="give dossiers new keys of their own, and seal their content anew")
    which = renew.add_mutually_exclusive_group(required=True)
    which.add_argument("--dossier", metavar="REFERENCE", help="one dossier")
    which.add_argument(
        "--made-before", type=dt.date.fromisoformat, metavar="DAY", help="all whose key was made before this day"
    )


def run(args: argparse.Namespace) -> int:
    """Do it, as the staff role."""
    from hemvag.config import setting_up

    if args.act == "new":
        return _new()
    with setting_up.ready("staff"):
        from hemvag.config import start

        start.check()
        act = {"status": _status, "rotate": _rotate, "remove": _remove, "renew": _renew}[args.act]
        return act(args)


def _new() -> int:
    """Make a secret; no database is needed for it."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemvag.config.settings")
    from django.conf import settings

    from hemvag.vault import keyfile

    path = Path(settings.HEMVAG_KEY_FILE) if settings.HEMVAG_KEY_FILE else None
    if path and not path.exists():
        keyfile.make(path)
        print(f"Made {path}. Copy it to the municipality's safe now: without it no dossier can be opened, by anyone.")
        return 0
    try:
        more = keyfile.with_new(_held())
    except keyfile.TwoAlready:
        raise Told(
            "An older secret is held still. Finish that change first: hemvag keys rotate, then hemvag keys remove."
        ) from None
    _put(more)
    print("Copy it to the municipality's safe now. Then run: hemvag keys rotate")
    return 0


def _status(args: argparse.Namespace) -> int:  # noqa: ARG001
    """Show a line for each generation of each use, and what may be done."""
    from hemvag.config import rotation
    from hemvag.lib import clock
    from hemvag.vault.installed import keyring

    ring = keyring()
    numbers = ", ".join(map(str, ring.generations))
    print(f"Held: {numbers}. New keys are wrapped under secret {ring.generation}.")
    for what, found in rotation.uses(at=clock.now()).items():
        for number, count in sorted(found.items()):
            print(f"  secret {number}: {count} {what}")
    for number in ring.generations[1:]:
        _say_whether_it_may_go(number)
    return 0


def _say_whether_it_may_go(number: int) -> None:
    from hemvag.config import rotation
    from hemvag.lib import clock

    try:
        rotation.demand_unused(number, at=clock.now())
    except rotation.StillInUse as use:
        print(use)
    else:
        print(
            f"Nothing lies under secret {number}. Wait seven days, since browsers may hold unsent drafts under it; "
            f"then run: hemvag keys remove {number}. Its safe copy is needed for as long as a backup from before lies."
        )


def _rotate(args: argparse.Namespace) -> int:
    """Bring everything under the newest secret."""
    from hemvag.config import rotation
    from hemvag.config.bar import Bar
    from hemvag.lib import clock

    try:
        with Bar() as bar:
            rotation.move(at=clock.now(), show=bar.show)
    except rotation.StillInUse as use:
        raise Told(str(use)) from None
    return _status(args)


def _remove(args: argparse.Namespace) -> int:
    """Take an old secret away."""
    from hemvag.config import rotation
    from hemvag.lib import clock
    from hemvag.vault.installed import keyring

    ring = keyring()
    if args.number not in ring.generations[1:]:
        raise Told(
            f"No old secret with the number {args.number} is held. Held: {', '.join(map(str, ring.generations))}."
        )
    try:
        less = rotation.without(_held(), args.number, at=clock.now())
    except rotation.StillInUse as use:
        raise Told(str(use)) from None
    _put(less)
    print(
        f"Secret {args.number} is taken away. Keep its safe copy for as long as a backup from before the change lies."
    )
    return 0


def _renew(args: argparse.Namespace) -> int:
    """Give dossiers new keys of their own, one after the other; what is done is not done again."""
    from hemvag.config.bar import Bar
    from hemvag.dossiers import rotate
    from hemvag.dossiers.models import Dossier
    from hemvag.lib import clock

    at = clock.now()
    if args.dossier:
        found = Dossier.objects.filter(reference=args.dossier, erased_at=None).first()
        if found is None:
            raise Told(f"There is no dossier {args.dossier}.")
        try:
            rotate.renew(found.id, by=None, at=at)
        except rotate.JustChanged:
            raise Told(f"The key of {args.dossier} was changed less than a day ago. Try again tomorrow.") from None
        print("The dossier has a new key. The one before is destroyed tomorrow night.")
        return 0
    with Bar() as bar:
        before = dt.datetime.combine(args.made_before, dt.time.min, clock.STOCKHOLM)
        total = rotate.older(before).count()
        done = rotate.renew_older(before, at=at, progress=lambda done: bar.show("dossiers", done, total))
    print(f"{done} dossiers have new keys. Those before are destroyed tomorrow night.")
    return 0


def _held() -> "Secrets":
    from hemvag.vault import keyfile
    from hemvag.vault.installed import held_now

    try:
        return held_now()
    except keyfile.UnsafeKey as unsafe:
        raise Told(str(unsafe)) from None


def _put(held: "Secrets") -> None:
    """Put the secrets in the key file's place; where they stand in the environment, only a person can."""
    from django.conf import settings

    from hemvag.vault import keyfile

    if settings.HEMVAG_KEY_FILE:
        keyfile.replace(Path(settings.HEMVAG_KEY_FILE), held)
        print(f"{settings.HEMVAG_KEY_FILE} holds secret {', '.join(map(str, sorted(held.secrets)))} now.")
        return
    print("Put this in HEMVAG_KEY in place of what stands there, and start every process again:")
    print(" ".join(keyfile.written(held).split()))
