"""Start Hemväg with an invented town, for this computer only. What is entered is kept until --fresh."""

import argparse
import os
from typing import TYPE_CHECKING, Final

from hemvag.config.plain import Told

if TYPE_CHECKING:
    from hemvag.config.database.server import Server

HOST: Final = "127.0.0.1"
FIRST_PORT: Final = 8000
SETTINGS: Final = "hemvag.config.demo.settings"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--port", type=int, help=f"on which port (default: {FIRST_PORT}, or the next free)")
    parser.add_argument(
        "--municipality", choices=["malmo", "goteborg"], default="malmo", help="which town (%(default)s)"
    )
    parser.add_argument("--fresh", action="store_true", help="make the town anew; what was entered is lost")
    parser.add_argument(
        "--check", action="store_true", help="start, wait until the pages answer, print ready, and stop"
    )


def run(args: argparse.Namespace) -> int:
    """Make the town ready, serve it, and stop everything when told to."""
    from hemvag.config import addresses, serving, setting_up

    os.environ.update(
        DJANGO_SETTINGS_MODULE=SETTINGS,
        HEMVAG_ROLE="staff",
        HEMVAG_MUNICIPALITY=args.municipality,
        HEMVAG_DATABASE_NAME=f"hemvag_demo_{args.municipality}",
    )
    if not addresses.is_embedded():
        raise Told("The demo runs on the embedded server only. Unset HEMVAG_DATABASE_*_URL.")
    port = serving.free_port(HOST, args.port, first=FIRST_PORT)
    say("Starting the database.")
    with setting_up.database() as server:
        if server is None:
            raise AssertionError
        _make_town(server, args.municipality, fresh=args.fresh)
        return _serve(port, check=args.check)


def say(sentence: str) -> None:
    """Tell what is being done, at once."""
    print(sentence, flush=True)


def _make_town(server: "Server", municipality: str, *, fresh: bool) -> None:
    """Make the database and load the town, unless both are there whole."""
    from hemvag.config import setting_up
    from hemvag.config.database import installation

    name = os.environ["HEMVAG_DATABASE_NAME"]
    if fresh or (server.has_database(name) and not _is_filled()):
        say("Taking away the town that was." if fresh else "The last start was cut off; making the town anew.")
        server.drop_database(name)
    setting_up.set_up(server, kind="demo", municipality=municipality, say=say)
    if _is_filled():
        return
    say("Filling the town with invented people; this takes a while the first time.")
    _fill(municipality)
    with setting_up.owner() as connection:
        installation.mark_filled(connection)


def _fill(municipality: str) -> None:
    """Load the town's published facts as the owner, and its invented people as the staff's role."""
    from hemvag.agencies import load, town
    from hemvag.config import setting_up
    from hemvag.config.bar import Bar
    from hemvag.config.demo import town as people
    from hemvag.lib import clock

    with setting_up.connected_as("owner"):
        load.load(town.read(town.published(municipality)), at=clock.now())
    with Bar() as bar:
        people.load(municipality, bar.show)


def _is_filled() -> bool:
    from hemvag.config import setting_up
    from hemvag.config.database import installation

    with setting_up.owner() as connection:
        return installation.is_filled(connection)


def _serve(port: int, *, check: bool) -> int:
    from hemvag.config import children, serving

    say("Starting the pages and the job worker.")
    started = serving.children("hemvag.config.demo.wsgi:application", host=HOST, port=port, workers=2, extra={})
    try:
        for child in started:
            child.start()
        address = f"http://{HOST}:{port}/"
        serving.wait(address, started[0])
        if check:
            say("ready")
            return 0
        say(f"\nHemväg is at {address}  (stop it with Ctrl-C)")
        return children.watch(started)
    except KeyboardInterrupt:
        return 0
    finally:
        say("Stopping.")
        children.stop(started)
