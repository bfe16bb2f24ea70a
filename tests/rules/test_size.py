"""A file over 300 lines becomes a folder; a function over 60 becomes two."""

import ast

from tests.rules.source import Fault, python_files, shown, text, tree

FILE, FUNCTION = 300, 60


def too_long(path: str, source: str, module: ast.Module) -> list[Fault]:
    """Return the file, if it is too long, and its functions that are."""
    lines = source.count("\n")
    faults = [Fault(path, 1, f"{lines} lines")] if lines >= FILE else []
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length >= FUNCTION:
                faults.append(Fault(path, node.lineno, f"{node.name} has {length} lines"))
    return faults


def test_what_is_too_long_is_seen() -> None:
    short = "def f():\n" + "    x = 1\n" * 58
    long = "def f():\n" + "    x = 1\n" * 59
    assert too_long("x.py", short, ast.parse(short)) == []
    assert [fault.what for fault in too_long("x.py", long, ast.parse(long))] == ["f has 60 lines"]
    assert [fault.what for fault in too_long("x.py", "x = 1\n" * 300, ast.parse(""))] == ["300 lines"]


def test_nothing_is_too_long() -> None:
    faults = [
        fault for path in python_files("hemvag", "tests", "bench") for fault in too_long(path, text(path), tree(path))
    ]
    assert not faults, shown(faults)
