"""Every template is rendered by some test: collected over the whole run, and the run fails when one never was.

A part of the tests (a folder, a keyword, a mark, what failed last) is not judged by it. Several test processes send
what they rendered to the one that started them.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test.signals import template_rendered

ROOT = Path(__file__).resolve().parent.parent
SEEN: set[str] = set()
MISSING = pytest.StashKey[list[str]]()


def templates() -> set[str]:
    """Return the names of all templates of the house."""
    folders = [folder for folder in (ROOT / "hemvag").rglob("templates") if folder.is_dir()]
    files = [(folder, path) for folder in folders for path in folder.rglob("*") if path.suffix in {".html", ".txt"}]
    return {path.relative_to(folder).as_posix() for folder, path in files}


def is_whole(arguments: Iterable[str], *, narrowed: Iterable[Any]) -> bool:
    """Say whether all tests are run: `narrowed` are the options that would leave some out."""
    named = {Path(argument).resolve() for argument in arguments}
    return not any(narrowed) and bool(named & {ROOT, ROOT / "tests"})


def _remember(template: Any, **_facts: Any) -> None:
    if template.name:
        SEEN.add(template.name[:])  # a plain string: the name in an include is of a kind that is not sent on


def pytest_configure() -> None:
    template_rendered.connect(_remember)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    SEEN.update(getattr(node, "workeroutput", {}).get("rendered", ()))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["rendered"] = sorted(SEEN)
        return
    option = config.option
    narrowed = [option.keyword, option.markexpr, option.deselect, getattr(option, "lf", False), option.collectonly]
    if exitstatus == 0 and is_whole(config.args, narrowed=narrowed):
        config.stash[MISSING] = sorted(templates() - SEEN)
        if config.stash[MISSING]:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    missing = config.stash.get(MISSING, [])
    if missing:
        terminalreporter.section("templates that no test renders", red=True)
        for name in missing:
            terminalreporter.write_line(name)
