"""Read the repository as text and as syntax, for the rules about the code."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, order=True)
class Fault:
    """Something the rules do not allow, and where it stands."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def shown(faults: list[Fault]) -> str:
    """Return the faults one a line, for an assertion's message."""
    return "\n" + "\n".join(map(str, sorted(faults)))


@cache
def tracked() -> tuple[str, ...]:
    """Return the paths of all files of the repository: tracked, or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted({path for path in listed.split("\0") if path and (ROOT / path).is_file()}))


def python_files(*tops: str, migrations: bool = False) -> list[str]:
    """Return the Python files under these folders."""
    return [
        path
        for path in tracked()
        if path.endswith(".py") and path.split("/")[0] in tops and (migrations or "/migrations/" not in path)
    ]


@cache
def text(path: str) -> str:
    """Return a file's text."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: str) -> ast.Module:
    """Return a Python file's syntax tree."""
    return ast.parse(text(path), filename=path)


@cache
def rooms() -> tuple[frozenset[str], ...]:
    """Return the floors of the house from top to bottom, each a set of rooms, as pyproject.toml names them."""
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    return tuple(frozenset(room.strip(" ()") for room in layer.split("|")) for layer in layers)


def floor(room: str) -> int:
    """Return how far down a room stands: 0 is the top. Raises StopIteration for a room that does not exist."""
    return next(number for number, names in enumerate(rooms()) if room in names)


def strings(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Give every string in the code that is not a docstring, with its line."""
    bodies = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, bodies) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value
