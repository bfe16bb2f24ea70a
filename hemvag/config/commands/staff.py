"""Enter a worker, give a new link to choose a password, or record that a worker has left."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hemvag.agencies.models import Unit
    from hemvag.staff.models import Worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    add = acts.add_parser("add", help="enter a worker with one role in one unit")
    add.add_argument("--name", required=True, help="the worker's name, as colleagues say it")
    add.add_argument("--email", required=True, help="the address that the worker signs in with")
    add.add_argument("--unit", required=True, metavar="CODE", help="the unit's code, or COMMITTEE/CODE")
    add.add_argument("--role", required=True, help="the role's code in the roles file, such as administrator")
    link = acts.add_parser("link", help="print a link at which a worker chooses a new password")
    leave = acts.add_parser("leave", help="record that a worker has left, and end her sessions")
    for one in (link, leave):
        one.add_argument("--email", required=True, help="the address that the worker signs in with")


def run(args: argparse.Namespace) -> int:
    """Do it, as the staff role, in a real installation's database."""
    from hemvag.config import setting_up

    with setting_up.ready("staff"):
        from hemvag.config import start

        start.check()
        {"add": _add, "link": _link, "leave": _leave}[args.act](args)
    return 0


def _add(args: argparse.Namespace) -> None:
    from hemvag.access.abilities import roles
    from hemvag.config.plain import Told
    from hemvag.lib import clock
    from hemvag.staff import workers

    if args.role not in roles():
        raise Told(f"There is no role {args.role}. The roles are: {', '.join(roles())}.")
    try:
        worker = workers.add(name=args.name, email=args.email, unit=_unit(args.unit), role=args.role, at=clock.now())
    except workers.AlreadyHere:
        raise Told(f"{args.email} is a worker already. Use: hemvag staff link --email {args.email}") from None
    print(f"{worker.name} is entered.")
    _say_link(worker)


def _link(args: argparse.Namespace) -> None:
    _say_link(_worker(args.email))


def _leave(args: argparse.Namespace) -> None:
    from hemvag.lib import clock
    from hemvag.staff import workers

    worker = _worker(args.email)
    workers.leave(worker, at=clock.now())
    print(f"{worker.name} has left and can no longer sign in.")


def _say_link(worker: "Worker") -> None:
    from django.conf import settings

    from hemvag.lib import clock
    from hemvag.staff import workers

    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "HOST"
    print("Give this link to nobody else. It works once, for three days, to choose a password:")
    print(f"https://{host}{workers.give_link(worker, by=None, at=clock.now())}")


def _worker(email: str) -> "Worker":
    from hemvag.config.plain import Told
    from hemvag.staff.models import Worker

    found = Worker.objects.filter(email__iexact=email.strip(), left_at=None).first()
    if found is None:
        raise Told(f"No worker here signs in with {email}.")
    return found


def _unit(code: str) -> "Unit":
    from hemvag.agencies.models import Unit
    from hemvag.config.plain import Told
    from hemvag.lib import clock

    committee, _, unit = code.rpartition("/")
    in_force = Unit.objects.on(clock.today()).select_related("authority")
    known = [(f"{row.authority.code}/{row.code}", row) for row in in_force.order_by("authority__code", "code")]
    found = [row for name, row in known if row.code == unit and committee in {"", row.authority.code}]
    if len(found) == 1:
        return found[0]
    names = ", ".join(name for name, _ in known) or "none: load the municipality's file first"
    problem = "is more than one unit" if found else "is no unit"
    raise Told(f"{code} {problem}. The units are: {names}.")
