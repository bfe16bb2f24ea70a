"""The command line: `hemvag COMMAND`. Each command is a file in `commands` with `add_arguments` and `run`."""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from hemvag.config import commands
from hemvag.config.plain import Told


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 not done, 2 for what somebody must mend."""
    parser = argparse.ArgumentParser(prog="hemvag", description="Hemväg, from the command line.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    found = {module.name: _load(module.name) for module in pkgutil.iter_modules(commands.__path__)}
    for name, module in sorted(found.items()):
        about = (module.__doc__ or "").strip()
        one = subparsers.add_parser(name, help=about.split("\n", 1)[0], description=about, add_help=name != "manage")
        module.add_arguments(one)
    chosen = parser.parse_args(arguments)
    try:
        status: int = found[chosen.command].run(chosen)
    except Told as error:
        print(f"hemvag {chosen.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return status


def _load(name: str) -> ModuleType:
    return importlib.import_module(f"{commands.__name__}.{name}")


if __name__ == "__main__":
    sys.exit(main())
