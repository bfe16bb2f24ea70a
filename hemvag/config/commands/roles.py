"""Print the statements that make the roles and schemas on a municipality's own PostgreSQL server."""

import argparse

from hemvag.config import env
from hemvag.config.database import roles


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--sql", action="store_true", required=True, help="print a script for psql, for an administrator"
    )
    parser.add_argument(
        "--prefix", default=roles.PREFIX, help="what the roles' names begin with (default: %(default)s)"
    )
    parser.add_argument(
        "--database", default=env.text("HEMVAG_DATABASE_NAME"), help="the database (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    print(roles.script(args.prefix, args.database), end="")
    return 0
