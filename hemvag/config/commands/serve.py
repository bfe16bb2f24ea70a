"""Serve the staff's pages and run the job worker, until told to stop."""

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="where to listen; a proxy with TLS stands in front (%(default)s)"
    )
    parser.add_argument("--port", type=int, default=8000, help="on which port (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="how many processes serve pages (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Start both, watch them, and stop both. Nothing is started without a safe key."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemvag.config.settings")
    from hemvag.config import children, serving, setting_up, start
    from hemvag.config.database import checks
    from hemvag.config.plain import Told

    start.demand_key()
    if not serving.is_free(args.host, args.port):
        raise Told(f"Something else listens on {args.host} port {args.port}. Choose another with --port.")
    with setting_up.database():
        checks.demand()
        started = serving.children(
            "hemvag.config.wsgi:application", host=args.host, port=args.port, workers=args.workers, extra={}
        )
        try:
            for child in started:
                child.start()
            return children.watch(started)
        finally:
            children.stop(started)
