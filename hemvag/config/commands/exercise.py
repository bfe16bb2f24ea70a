"""Hold an exercise in a space of its own: open it, see how it stands, close it with a report, erase it.

Everybody in it is invented. The steps stand in docs/operate/exercise.md, and each may be stopped and run again.
"""

import argparse
import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hemvag.config import env
from hemvag.config.plain import Told

if TYPE_CHECKING:
    from hemvag.config.exercise.erasing import Record
    from hemvag.config.exercise.place import Place, Space
    from hemvag.staff.models import Worker

HOST: Final = "127.0.0.1"
FIRST_PORT: Final = 8100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    opens = acts.add_parser("open", help="make the space, unless it is there, and serve it until Ctrl-C")
    opens.add_argument("--scenario", default="family_of_five", help="a scenario's code, or a .toml file (%(default)s)")
    opens.add_argument("--name", default="", help="what the exercise is called in its report")
    opens.add_argument("--town", type=Path, metavar="FILE", help="the municipality's own file (default: the published)")
    opens.add_argument("--host", default=HOST, help="only this computer's own (%(default)s)")
    opens.add_argument("--port", type=int, help=f"on which port (default: {FIRST_PORT}, or the next free)")
    opens.add_argument("--check", action="store_true", help="open, wait until the pages answer, print ready, and stop")
    acts.add_parser("status", help="say whether there is a space, and how far it has come")
    closes = acts.add_parser("close", help="end the exercise and write its report, without a name in it")
    closes.add_argument("--report", required=True, type=Path, metavar="FILE", help="a new file")
    erases = acts.add_parser("erase", help="destroy the space: database, key and files")
    erases.add_argument("--by", default="", metavar="EMAIL", help="the worker who decided it, and keeps readiness")
    erases.add_argument("--without-report", action="store_true", help="erase an exercise that has not been closed")


def run(args: argparse.Namespace) -> int:
    """Do it. 0 done, 1 there is no space."""
    return {"open": _open, "status": _status, "close": _close, "erase": _erase}[args.act](args)


def say(sentence: str) -> None:
    """Tell what is being done, at once."""
    print(sentence, flush=True)


def _open(args: argparse.Namespace) -> int:
    """Make the space and serve it, alone in its place until the end."""
    from hemvag.config import serving, setting_up
    from hemvag.config.exercise import opening
    from hemvag.config.exercise.place import Place

    if args.host not in {HOST, "localhost", "::1"}:
        raise Told(
            "An exercise is served to this computer only: whoever reaches it may be anybody in it, with no password. "
            "Let the players in through a way that they sign in to: ssh -L 8100:127.0.0.1:8100 THIS-COMPUTER."
        )
    port = serving.free_port(HOST, args.port, first=FIRST_PORT)
    place = Place()
    with setting_up.database() as server, place.held():
        space = _known_or_new(place, args)
        os.environ.update(_cleared(opening.environment(space, place)))
        opening.make_ready(server, space, args.town, say=say)
        return _serve(port, check=args.check)


def _known_or_new(place: "Place", args: argparse.Namespace) -> "Space":
    """Return the space that is there, or one whose facts and key have just been put in their place."""
    from hemvag.config.exercise import opening, scenario
    from hemvag.lib import clock
    from hemvag.vault import keyfile

    space = place.read()
    if space is not None and space.erasing_at:
        raise Told("The space is being erased. Finish that first: hemvag exercise erase.")
    if space is None:
        path = scenario.path_of(args.scenario)
        at, municipality = clock.now(), env.text("HEMVAG_MUNICIPALITY")
        if not municipality:
            raise Told("Say which municipality it is for: HEMVAG_MUNICIPALITY.")
        name = args.name or f"{scenario.read(path).title['sv']}, {at:%Y-%m-%d}"
        space = opening.new(name=name, scenario=path, municipality=municipality, at=at)
        place.write(space)
    if not place.key.exists() or not place.key.stat().st_size:
        place.key.unlink(missing_ok=True)
        keyfile.make(place.key)
    return space


def _cleared(wanted: dict[str, str]) -> dict[str, str]:
    """Take every setting of the real installation's out of this process, and return what comes in their place."""
    for name in [name for name in os.environ if name.startswith("HEMVAG_") and name not in wanted]:
        del os.environ[name]
    return wanted


def _serve(port: int, *, check: bool) -> int:
    """Serve the pages, and nothing that runs by itself."""
    from hemvag.config import children, serving

    say("Starting the pages.")
    door = serving.children("hemvag.config.exercise.wsgi:application", host=HOST, port=port, workers=2, extra={})[:1]
    try:
        door[0].start()
        address = f"http://{HOST}:{port}/"
        serving.wait(address, door[0])
        if check:
            say("ready")
            return 0
        say(f"\nThe exercise is at {address}  (stop serving with Ctrl-C; the space stays until it is erased)")
        return children.watch(door)
    except KeyboardInterrupt:
        return 0
    finally:
        say("Stopping.")
        children.stop(door)


def _status(args: argparse.Namespace) -> int:  # noqa: ARG001
    """Say how it stands."""
    from hemvag.config.exercise.place import Place

    place = Place()
    space = place.read()
    if space is None:
        say("There is no exercise space.")
        return 1
    say(f"{space.name}: {Path(space.scenario).stem}, opened {space.opened_at:%Y-%m-%d %H:%M}.")
    if space.erasing_at:
        say("Its erasing has begun and is not done. Run hemvag exercise erase again.")
    else:
        say("It is served." if place.is_served() else "It is not served. hemvag exercise open serves it again.")
    return 0


def _close(args: argparse.Namespace) -> int:
    """End the exercise and write its report."""
    from hemvag.config import setting_up
    from hemvag.config.exercise import opening
    from hemvag.config.exercise.place import Place

    place = Place()
    space = _there(place)
    os.environ.update(_cleared(opening.environment(space, place)))
    with setting_up.ready("staff"):
        from hemvag.config import start
        from hemvag.config.exercise import play, report
        from hemvag.lib import clock

        start.check()
        try:
            made = report.make(space, at=clock.now())
        except play.NotOn:
            raise Told("The exercise has not begun, so there is nothing to report. Erase it, or begin it.") from None
        report.put(made, args.report)
    say(f"{args.report} holds the report. Read it, then take it in under Övningar in the real installation.")
    if made.taken_out:
        say(f"Names of invented persons stood in the leader's notes {made.taken_out} times, and were taken out.")
    say("Then erase the space: hemvag exercise erase --by EMAIL")
    return 0


def _erase(args: argparse.Namespace) -> int:
    """Destroy the space."""
    from hemvag.config import setting_up
    from hemvag.config.exercise import erasing
    from hemvag.config.exercise.place import Place
    from hemvag.lib import clock

    place = Place()
    space = _there(place)
    with setting_up.database() as server, place.held():
        erasing.demand(server, space)
        by = space.erasing_by or args.by
        real = erasing.is_real(server)
        if not (space.erasing_at or args.without_report or erasing.is_ended(server, space)):
            raise Told("The exercise is not closed, so it has no report. Close it, or say --without-report.")
        with setting_up.ready("staff") if real else contextlib.nullcontext():
            record = _record(_worker(by)) if real else _no_record
            erasing.erase(server, place, space, by=by, at=clock.now(), record=record)
    say(f"{space.name} is erased.")
    say(erasing.REMAINS)
    return 0


def _there(place: "Place") -> "Space":
    space = place.read()
    if space is None:
        raise Told("There is no exercise space.")
    return space


def _worker(email: str) -> "Worker":
    """Return who decided the erasing. Raises Told unless she keeps readiness: it is asked before anything is gone."""
    from hemvag.access.abilities import Ability, granted
    from hemvag.lib import clock
    from hemvag.staff.models import Worker

    found = Worker.objects.filter(email__iexact=email.strip(), left_at=None).first() if email else None
    if found is None or not granted(found, clock.now()).has(Ability.READINESS_WORK):
        raise Told("Say who decided it: --by EMAIL, of a worker who keeps the town's readiness.")
    return found


def _record(worker: "Worker") -> "Record":
    """Return what writes the line of the erasing in the real installation."""
    from hemvag.readiness import exercise_verbs

    def write(done: "Space") -> None:
        at = done.erasing_at
        if at is None:
            raise AssertionError
        exercise_verbs.erased(space=done.id, name=done.name, opened_at=done.opened_at, by=worker, at=at)

    return write


def _no_record(done: "Space") -> None:
    say(f"There is no real installation here, so no line of {done.name} is kept.")
