"""Only verbs write: not views, forms, template tags, nor models."""

import ast
from pathlib import PurePath

import pytest

from tests.rules.source import Fault, python_files, shown, tree

WRITES = frozenset(
    {
        *("save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
        *("acreate", "asave", "aupdate", "adelete", "raw_delete"),
    }
)
PLACES = frozenset({"views", "forms", "templatetags", "models", "urls", "widgets", "fields", "records", "today"})

ALLOWED = {
    ("hemvag/staff/models.py", "create_user"): "what django-allauth and Django's commands ask of a user model",
}
"""(file, function) that may write outside a verb, and why."""

NOT_A_WRITE = frozenset({"dict", "set", "query", "context", "headers", "session", "hasher", "digest", "attrs", "data"})
"""Names of plain Python things whose `update` changes nothing stored."""


def writes(path: str, module: ast.Module) -> list[Fault]:
    """Return the calls that store something, unless the function is allowed by name."""
    faults = []
    for scope in ast.walk(module):
        if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef) or (path, scope.name) in ALLOWED:
            continue
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                owner = node.func.value
                name = getattr(owner, "attr", getattr(owner, "id", ""))
                if name not in NOT_A_WRITE:
                    faults.append(Fault(path, node.lineno, f"{name}.{node.func.attr}() in {scope.name}"))
    return faults


def is_reader(path: str) -> bool:
    """Say whether the file is one that may not write: `views.py`, or any file in a folder `views`."""
    return bool({PurePath(part).stem for part in PurePath(path).parts} & PLACES)


@pytest.mark.parametrize("call", ["worker.save()", "Step.objects.create(x=1)", "rows.filter(a=1).update(b=2)"])
def test_a_write_is_seen(call: str) -> None:
    assert len(writes("hemvag/line/views.py", ast.parse(f"def page():\n    {call}"))) == 1


def test_what_stores_nothing_is_not_a_write() -> None:
    good = "def page():\n    context.update(a=1)\n    form.is_valid()\n    notes.add(by=1)"
    assert writes("hemvag/line/views.py", ast.parse(good)) == []


def test_places_that_only_read_are_known() -> None:
    assert all(map(is_reader, ["hemvag/line/views.py", "hemvag/line/views/sheet.py", "hemvag/web/templatetags/web.py"]))
    assert not is_reader("hemvag/concerns/report.py")


def test_only_verbs_write() -> None:
    paths = [path for path in python_files("hemvag") if is_reader(path)]
    assert len(paths) > 5
    faults = [fault for path in paths for fault in writes(path, tree(path))]
    assert not faults, shown(faults)


def test_each_exception_is_still_needed() -> None:
    for path, function in ALLOWED:
        names = {node.name for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)}
        assert function in names, f"{path} has no {function} any more"
