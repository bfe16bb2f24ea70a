"""No key without a log line: unwrapping is reached from a few files only, and each of them writes the log first.

What is read is the syntax of the whole package, so that also a way round by a name in a string is seen. Somebody who
writes code to deceive could still pass; whoever reads the change would see that it is not about dossiers' work.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence

import pytest

from tests.rules.source import Fault, python_files, shown, tree

UNWRAPPING = "hemvag.dossiers.unwrapping"
DOORS = (
    *("hemvag/dossiers/record.py", "hemvag/dossiers/machines.py"),
    *("hemvag/dossiers/rotate.py", "hemvag/dossiers/export.py"),
)
"""Workers' one way in, and the machines': compare, rotate and export."""
VAULT = "hemvag/vault/keyring.py"
OPENED = "hemvag/dossiers/opened.py"
UNSEALS = (OPENED, VAULT, "hemvag/vault/lasting.py", "hemvag/staff/sign_in.py", "hemvag/staff/factor_keys.py")
RECORD = ("hemvag/dossiers/records.py", "hemvag/dossiers/models/")

MAY: Mapping[str, Sequence[str]] = {
    "unwrap": ("hemvag/dossiers/unwrapping.py", "hemvag/dossiers/rotate.py"),
    "unwrapped": DOORS,
    "_key": (OPENED,),
    "_former": (OPENED,),
    "_secrets": (VAULT,),
    "_derived": (VAULT,),
    "_derive": (VAULT,),
    "unseal": UNSEALS,
    "resealed": ("hemvag/dossiers/rotate.py",),
    "Opened": ("hemvag/dossiers/record.py", "hemvag/dossiers/unwrapping.py"),
    "SecretKeyring": ("hemvag/vault/installed.py",),
    "AESGCM": ("hemvag/vault/box.py",),
    "WrappedKey": (
        *("hemvag/dossiers/record.py", "hemvag/dossiers/unwrapping.py", "hemvag/dossiers/rotate.py"),
        *("hemvag/dossiers/erase.py", *RECORD),
    ),
    "held_now": ("hemvag/vault/installed.py", "hemvag/config/rotation.py", "hemvag/config/commands/keys.py"),
    "HEMVAG_KEY": (
        *("hemvag/vault/installed.py", "hemvag/config/settings.py", "hemvag/config/env.py"),
        "hemvag/config/demo/settings.py",
    ),
}
"""Who may use each name that leads to a key or a secret: as a call, an attribute, an import or in a string."""

CALLED_ONLY = frozenset({"Opened", "_key"})
"""Names that others may import or write, as a type or for something else; only calling or reaching for them counts."""


def uses(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Return every name that the file calls, reaches for, imports, or holds as a string of its own, with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, part) for alias in node.names for part in alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name not in CALLED_ONLY)
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id
        elif isinstance(node, ast.Name) and node.id not in CALLED_ONLY:
            yield node.lineno, node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != "Opened":
            yield node.lineno, node.value.rpartition(".")[2]


def imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Return every dotted name that the file imports or writes as a string, with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def short_cuts(path: str, module: ast.Module) -> list[Fault]:
    """Return the ways to a dossier's key that pass by the read log."""
    faults = {
        Fault(path, line, f"uses {name}")
        for line, name in uses(module)
        if name in MAY and not path.startswith(tuple(MAY[name]))
    }
    faults |= {
        Fault(path, line, f"imports {name}")
        for line, name in imports(module)
        if (name == UNWRAPPING or name.startswith(f"{UNWRAPPING}.")) and path not in DOORS
    }
    faults |= {
        Fault(path, line, "names the table of keys")
        for line, text in imports(module)
        if "wrappedkey" in text.casefold() and not path.startswith((*MAY["WrappedKey"], "hemvag/dossiers/migrations/"))
    }
    return sorted(faults)


@pytest.mark.parametrize(
    "bad",
    [
        "from hemvag.dossiers.unwrapping import former",
        "from hemvag.dossiers import unwrapping",
        "import hemvag.dossiers.unwrapping",
        "importlib.import_module('hemvag.dossiers.unwrapping')",
        "record.unwrapped([dossier])",
        "keyring().unwrap([])",
        "getattr(keyring(), 'unwrap')([])",
        "operator.attrgetter('ring.unwrap')",
        "opened._key",
        "getattr(opened, '_key')",
        "opened._former",
        "ring._secrets",
        "ring._derived('wrap', b'', 1)",
        "Opened(dossier, b'')",
        "models.Opened(dossier, b'')",
        "box.unseal(key, row.content, b'')",
        "from hemvag.vault.box import unseal",
        "SecretKeyring({1: b''})",
        "ring = keyring.SecretKeyring",
        "AESGCM(key)",
        "from hemvag.dossiers.models import WrappedKey",
        "models.WrappedKey.objects.get()",
        "apps.get_model('dossiers', 'WrappedKey')",
        "apps.get_model('dossiers.wrappedkey')",
        "cursor.execute('SELECT wrapped FROM keys.dossiers_wrappedkey')",
        "installed.held_now()",
        "settings.HEMVAG_KEY",
        "os.environ['HEMVAG_KEY']",
    ],
)
def test_a_short_cut_is_seen(bad: str) -> None:
    assert short_cuts("hemvag/line/gate.py", ast.parse(bad))
    assert short_cuts("hemvag/dossiers/desk.py", ast.parse(bad))


def test_the_way_in_is_no_short_cut() -> None:
    good = "from hemvag.dossiers import record\nfrom hemvag.dossiers.opened import Opened\n"
    good += "def f(o: Opened) -> Opened: return record.open_dossier(o, by=1).read('identity')"
    assert short_cuts("hemvag/line/gate.py", ast.parse(good)) == []
    assert short_cuts("hemvag/dossiers/record.py", ast.parse("from hemvag.dossiers.unwrapping import unwrapped")) == []
    assert short_cuts("hemvag/dossiers/erase.py", ast.parse("from hemvag.dossiers.unwrapping import unwrapped")) != []


def test_nobody_passes_by_the_read_log() -> None:
    faults = [fault for path in python_files("hemvag") for fault in short_cuts(path, tree(path))]
    assert not faults, shown(faults)


def test_whoever_may_still_does() -> None:
    """A file that no longer uses a name should no longer be let."""
    for name, places in MAY.items():
        for place in places:
            paths = [path for path in python_files("hemvag") if path.startswith(place)]
            used = {word for path in paths for _, word in uses(tree(path))}
            used |= {word.rpartition(".")[2] for path in paths for _, word in imports(tree(path))}
            defined = {node.name for path in paths for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)}
            assert name in used | defined, f"{place} does not use {name}"


UNWRAPS = frozenset({"unwrapped", "unwrap"})


def order(function: ast.FunctionDef, helpers: Mapping[str, ast.FunctionDef]) -> list[str]:
    """Return which of "log" and "unwrap" the function does, its file's private helpers' doings in their places."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    found: list[str] = []
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if ast.unparse(call.func) == "log.write":
            found.append("log")
        elif name in UNWRAPS:
            found.append("unwrap")
        elif name in helpers and name != function.name:
            found += order(helpers[name], helpers)
    return found


def functions(module: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}


def unlogged(module: ast.Module) -> list[str]:
    """Return the public functions that unwrap before they have written the log."""
    found = functions(module)
    helpers = {name: function for name, function in found.items() if name.startswith("_")}
    faults = []
    for name, function in found.items():
        done = order(function, helpers)
        if "unwrap" in done and done[0] != "log" and not name.startswith("_"):
            faults.append(name)
    return faults


@pytest.mark.parametrize(
    "bad",
    [
        "def f():\n    unwrapped([])\n    log.write()",
        "def f():\n    g = _h()\n    log.write()\ndef _h():\n    ring.unwrap([])",
        "def f():\n    keyring().unwrap([])",
    ],
)
def test_unwrapping_before_the_log_is_seen(bad: str) -> None:
    assert unlogged(ast.parse(bad)) == ["f"]


def test_the_log_is_written_before_any_key_is_unwrapped() -> None:
    unwrapping = 0
    for path in DOORS:
        helpers = functions(tree(path))
        unwrapping += sum("unwrap" in order(function, helpers) for function in helpers.values())
        assert unlogged(tree(path)) == [], path
    assert unwrapping >= 8
