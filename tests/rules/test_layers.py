"""Rooms import only downward, and nothing else than an import reaches up either."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.rules.source import ROOT, Fault, floor, python_files, rooms, shown, strings, text, tree

LINTER = [
    sys.executable,
    "-c",
    "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
]


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(LINTER, cwd=folder, capture_output=True, text=True, check=False)


def test_the_contracts_of_the_house_are_kept() -> None:
    result = linted(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("room", "line", "broken"),
    [
        ("staff", "import hemvag.agencies", 0),
        ("staff", "import hemvag.dossiers", 1),
        ("people", "import hemvag.concerns", 1),
        ("counts", "import hemvag.access", 0),
        ("counts", "import hemvag.dossiers", 1),
        ("readiness", "import hemvag.counts", 0),
        ("readiness", "import hemvag.reception", 1),
        ("reception", "import hemvag.exchange", 0),
        ("disclosure", "import django", 1),
        ("law", "import django", 1),
        ("lib", "import hemvag.law", 1),
        ("estimate", "import django", 1),
    ],
)
def test_the_contracts_break_where_they_should(tmp_path: Path, room: str, line: str, broken: int) -> None:
    """The same contracts, over a house of empty rooms with one import in it."""
    for name in {name for names in rooms() for name in names} | {room}:
        (tmp_path / "hemvag" / name).mkdir(parents=True)
        (tmp_path / "hemvag" / name / "__init__.py").write_text(line if name == room else "")
    (tmp_path / "hemvag" / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text(text("pyproject.toml"))
    assert linted(tmp_path).returncode == broken


def upward(edges: list[tuple[str, str, str]]) -> list[str]:
    """Return the edges (name, room it stands in, room it points at) that point up or sideways into another room."""
    return [name for name, at, to in edges if at != to and floor(to) <= floor(at)]


def test_upward_keys_are_seen() -> None:
    assert upward([("a", "line", "dossiers"), ("b", "line", "line")]) == []
    assert upward([("a", "dossiers", "line"), ("b", "people", "people"), ("c", "agencies", "staff")]) == ["a", "c"]


def test_no_key_points_to_a_higher_room() -> None:
    """Also not a reverse accessor's: each relation is declared in the room that may know of the other."""
    edges = [
        (str(field), model._meta.app_label, field.related_model._meta.app_label)
        for model in apps.get_models()
        if model.__module__.startswith("hemvag.")
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not isinstance(field.related_model, str | type(None))
        if field.related_model.__module__.startswith("hemvag.")
    ]
    assert len(edges) > 10
    assert upward(edges) == []


def by_name(path: str, module: ast.Module) -> list[Fault]:
    """Return where a model is fetched by its name, which no import linter sees."""
    return [
        Fault(path, node.lineno, "get_model hides which room is asked")
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        if getattr(node.func, "attr", getattr(node.func, "id", "")) in {"get_model", "import_module", "import_string"}
    ]


def test_models_fetched_by_name_are_seen() -> None:
    assert by_name("x.py", ast.parse("from a import b; b.get(model=1)")) == []
    for bad in ["apps.get_model('line.Contact')", "get_model('x')", "importlib.import_module('hemvag.line')"]:
        assert len(by_name("x.py", ast.parse(bad))) == 1


def test_no_model_is_fetched_by_name() -> None:
    """Only `config`, at the top of the house, may gather what the rooms declare."""
    faults = [
        fault
        for path in python_files("hemvag")
        if not path.startswith("hemvag/config/")
        for fault in by_name(path, tree(path))
    ]
    assert not faults, shown(faults)


SQL = re.compile(r"\b(from|join|into|update|table|on)\s+(?:\w+\.)?\"?(\w+)\"?", re.IGNORECASE)


def tables() -> dict[str, str]:
    """Return the room by table."""
    return {model._meta.db_table: model._meta.app_label for model in apps.get_models(include_auto_created=True)}


def raw_sql(path: str, module: ast.Module, known: dict[str, str]) -> list[Fault]:
    """Return the raw SQL that names a table of a higher room."""
    room = path.split("/")[1]
    return [
        Fault(path, line, f"SQL on {table} of {known[table]}")
        for line, string in strings(module)
        for _, table in SQL.findall(string)
        if table in known and known[table] in {name for names in rooms() for name in names}
        if known[table] != room and floor(known[table]) <= floor(room)
    ]


def test_raw_sql_on_a_higher_room_is_seen() -> None:
    known = {"line_contact": "line", "staff_worker": "staff"}
    good = 'x = "SELECT 1 FROM staff_worker"\ny = "ask from line_contact."'
    assert raw_sql("hemvag/line/x.py", ast.parse(good), known) == []
    for bad in ['"select 1 from line_contact"', '"DELETE FROM hemvag.line_contact"', "'JOIN \"line_contact\" c'"]:
        assert len(raw_sql("hemvag/people/x.py", ast.parse(f"x = {bad}"), known)) == 1


def test_no_raw_sql_names_a_table_of_a_higher_room() -> None:
    known = tables()
    faults = [fault for path in python_files("hemvag", migrations=True) for fault in raw_sql(path, tree(path), known)]
    assert not faults, shown(faults)
