"""Law 4 of the house, read off the schema and off every question in an address: no register and no score."""

import ast
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.db import models

from hemvag.law import forbidden
from tests.rules.source import Fault, python_files, shown, tree

ALLOWED: dict[tuple[str, str], str] = {}
"""(where, name) that a forbidden word happens to stand in, and why it may."""

OPEN_JSON = {
    "agencies.Municipality.facts": "published facts of a municipality, from its file",
    "picture.Table.names": "names of lists: whose they are, never who stands on them",
    "picture.Table.counts": "how many persons stand on each combination of lists",
    "picture.Outcome.report": "numbers and codes of an estimate",
    "readiness.ExerciseReport.participants": "how many took part in an exercise, by unit",
    "readiness.ExerciseReport.measures": "codes and numbers of what was measured in an exercise",
    "readiness.Draft.fields": "what a keeper is typing of a service or a unit, never of a person helped",
    "readiness.Reinforcement.split": "how many posts each district gets",
    "readiness.Reinforcement.basis": "counts by district as they may be told, weights, and what the town entered",
    "readiness.ReinforcementFollowUp.basis": "the same, when it was followed up",
    "readiness.LevelDecision.indicators": "what spoke for and against a level, as shown: no count under five",
    "agencies.SupportLine.hours": "opening hours by weekday",
    "staff.Counted.value": "moments of wrong tries at signing in, under a keyed hash of whose they were",
}
"""The JSON columns that are not sealed, and what they hold. None holds anything of a person."""


def columns() -> Iterator[tuple[str, str]]:
    """Give (model, name) of every column and relation of every room."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("hemvag."):
            for field in model._meta.get_fields(include_hidden=True):
                yield model._meta.label, field.name


def form_classes(base: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """Give every form of the house that has been imported."""
    for child in base.__subclasses__():
        if child.__module__.startswith("hemvag."):
            yield child
        yield from form_classes(child)


QUERIES = frozenset({"GET"})


def is_query(node: ast.expr) -> bool:
    """Say whether the expression is `request.GET`."""
    return isinstance(node, ast.Attribute) and node.attr in QUERIES


def asked(path: str, module: ast.Module) -> Iterator[tuple[str, int, str]]:
    """Give every key that is read from the question part of an address, with its place."""
    for node in ast.walk(module):
        if not isinstance(node, ast.expr):
            continue
        key: ast.expr | None = None
        if isinstance(node, ast.Subscript) and is_query(node.value):
            key = node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_query(node.func.value):
            key = node.args[0] if node.args and node.func.attr in {"get", "getlist", "pop"} else None
        elif isinstance(node, ast.Compare) and any(map(is_query, node.comparators)):
            key = node.left
        if key is not None:
            name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else "?"
            yield path, node.lineno, name


def names_of_forms_that_ask(module: ast.Module) -> set[str]:
    """Return the forms that are filled from an address: `SomeForm(request.GET)`."""
    return {
        ast.unparse(node.func).rsplit(".", 1)[-1]
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and any(isinstance(part, ast.expr) and is_query(part) for part in ast.walk(node))
        if ast.unparse(node.func).endswith("Form")
    }


@pytest.mark.parametrize("name", ["religion", "cause", "risk_score", "political_opinion", "milieu", "isReturnee"])
def test_a_forbidden_name_is_seen(name: str) -> None:
    assert forbidden.named(name, "field")


def test_no_column_says_what_a_person_believes_is_suspected_of_or_came_for() -> None:
    found = list(columns())
    assert len(found) > 60
    bad = [(where, name) for where, name in found if forbidden.named(name, "field") and (where, name) not in ALLOWED]
    assert not bad, "\n".join(f"{where}.{name}: {forbidden.named(name, 'field')}" for where, name in bad)


def test_a_new_json_column_must_be_named_here() -> None:
    """What stands in JSON has no column name to read, so each is listed with what it holds."""
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("hemvag.")
        for field in model._meta.get_fields()
        if isinstance(field, models.JSONField)
    }
    assert found == set(OPEN_JSON)


def test_no_field_of_a_form_asks_it() -> None:
    """Sealed content may say much; but a field made to ask for belief or a score may not exist at all."""
    for path in python_files("hemvag"):
        if path.endswith("forms.py"):
            __import__(path.removesuffix(".py").replace("/", "."))
    bad = [
        f"{form.__module__}.{form.__name__}.{name}: {forbidden.named(name, 'field')}"
        for form in set(form_classes())
        for name in getattr(form, "base_fields", {})
        if forbidden.named(name, "field") and (form.__name__, name) not in ALLOWED
    ]
    assert not bad, "\n".join(bad)


def test_keys_of_an_address_are_read_off_the_code() -> None:
    module = ast.parse("request.GET['a']\nrequest.GET.get('b', '')\nself.request.GET.getlist('c')\n'd' in request.GET")
    assert [name for _, _, name in asked("x", module)] == ["a", "b", "c", "d"]
    assert [name for _, _, name in asked("x", ast.parse("request.GET[key]"))] == ["?"]
    assert names_of_forms_that_ask(ast.parse("SearchForm(request.GET or None)\nOther(request.GET)")) == {"SearchForm"}


def test_no_list_can_be_asked_for_by_an_attribute_of_a_person() -> None:
    faults = []
    for path in python_files("hemvag"):
        for where, line, name in asked(path, tree(path)):
            if name == "?":
                faults.append(Fault(where, line, "a key that cannot be read off the code"))
            elif forbidden.named(name, "query") and (path, name) not in ALLOWED:
                faults.append(Fault(where, line, f"{name}: {forbidden.named(name, 'query')}"))
    assert not faults, shown(faults)


def test_no_search_form_asks_by_an_attribute_of_a_person() -> None:
    asking = {name for path in python_files("hemvag") for name in names_of_forms_that_ask(tree(path))}
    bad = [
        f"{form.__name__}.{name}"
        for form in set(form_classes())
        if form.__name__ in asking
        for name in getattr(form, "base_fields", {})
        if forbidden.named(name, "query") and (form.__name__, name) not in ALLOWED
    ]
    assert not bad, "\n".join(bad)
