"""No key without a log line: unwrapping is reached from two files only, and each of them writes the log first."""

import ast

import pytest

from tests.rules.source import Fault, python_files, shown, tree

UNWRAPPING = "hemvag.dossiers.unwrapping"
MAY_UNWRAP = frozenset({"hemvag/dossiers/record.py", "hemvag/dossiers/machines.py"})
KEYRING_USERS = "hemvag/dossiers/"


def imports(module: ast.Module) -> list[tuple[int, str]]:
    """Return every dotted name that the file imports, with its line."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def short_cuts(path: str, module: ast.Module) -> list[Fault]:
    """Return the ways to a dossier's key that pass by the read log."""
    faults = [
        Fault(path, line, f"imports {name}")
        for line, name in imports(module)
        if (name == UNWRAPPING or name.startswith(f"{UNWRAPPING}.")) and path not in MAY_UNWRAP
    ]
    if path.startswith(("hemvag/dossiers/", "hemvag/vault/")):
        return faults
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in {"unwrap", "_key"}:
            faults.append(Fault(path, node.lineno, f"reaches for {node.attr}"))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Opened":
            faults.append(Fault(path, node.lineno, "makes an Opened by itself"))
    faults += [
        Fault(path, line, "reads wrapped keys") for line, name in imports(module) if name.endswith(".WrappedKey")
    ]
    return faults


@pytest.mark.parametrize(
    "bad",
    [
        "from hemvag.dossiers.unwrapping import unwrapped",
        "from hemvag.dossiers import unwrapping",
        "import hemvag.dossiers.unwrapping",
        "keyring().unwrap([])",
        "opened._key",
        "Opened(dossier, b'')",
        "from hemvag.dossiers.models import WrappedKey",
    ],
)
def test_a_short_cut_is_seen(bad: str) -> None:
    assert len(short_cuts("hemvag/line/gate.py", ast.parse(bad))) == 1


def test_the_way_in_is_no_short_cut() -> None:
    good = "from hemvag.dossiers import record\nrecord.open_dossier(x, by=1).read('identity')"
    assert short_cuts("hemvag/line/gate.py", ast.parse(good)) == []
    assert short_cuts("hemvag/dossiers/record.py", ast.parse("from hemvag.dossiers.unwrapping import unwrapped")) == []
    assert short_cuts("hemvag/dossiers/erase.py", ast.parse("from hemvag.dossiers.unwrapping import unwrapped")) != []


def test_nobody_passes_by_the_read_log() -> None:
    faults = [fault for path in python_files("hemvag") for fault in short_cuts(path, tree(path))]
    assert not faults, shown(faults)


def order(function: ast.FunctionDef) -> list[str]:
    """Return which of "log" and "unwrap" the function calls, in the order of its lines."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    found = []
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if ast.unparse(call.func) == "log.write":
            found.append("log")
        if ast.unparse(call.func) == "unwrapped":
            found.append("unwrap")
    return found


def test_the_log_is_written_before_any_key_is_unwrapped() -> None:
    functions = [
        node
        for path in MAY_UNWRAP
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and "unwrap" in order(node)
    ]
    assert len(functions) >= 3
    for function in functions:
        assert order(function)[0] == "log", f"{function.name} unwraps first"
