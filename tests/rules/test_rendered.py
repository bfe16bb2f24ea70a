"""What watches over the templates sees what it should."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tests import rendered

OUTER = """
from tests import rendered
from tests.rendered import pytest_configure, pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown
from pathlib import Path
import django
from django.conf import settings
here = Path(__file__).parent
rendered.ROOT = here
if not settings.configured:
    settings.configure(TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates",
                                   "DIRS": [here / "hemvag" / "line" / "templates"]}])
    django.setup()
    from django.test.utils import setup_test_environment
    setup_test_environment()
"""
INNER = """
import pytest
from django.template.loader import render_to_string
@pytest.mark.parametrize("name", NAMES)
def test_it(name):
    render_to_string(name)
"""


@pytest.mark.parametrize("processes", [[], ["-n", "2"]])
@pytest.mark.parametrize(
    ("names", "said", "status"),
    [(["line/a.html", "line/b.html"], "2 passed", 0), (["line/a.html"], "line/c.html", 1)],
)
def test_a_template_that_is_never_rendered_fails_the_run(
    tmp_path: Path, processes: list[str], names: list[str], said: str, status: int
) -> None:
    """b includes c; a stands alone."""
    folder = tmp_path / "hemvag" / "line" / "templates" / "line"
    folder.mkdir(parents=True)
    for name, text in {"a": "a", "b": "{% include 'line/c.html' %}", "c": "c"}.items():
        (folder / f"{name}.html").write_text(text)
    (tmp_path / "conftest.py").write_text(OUTER)
    (tmp_path / "test_it.py").write_text(INNER.replace("NAMES", str(names)))
    python = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:randomly"]
    command = [*python, f"--rootdir={tmp_path}", "--import-mode=importlib", *processes, str(tmp_path)]
    done = subprocess.run(
        command, cwd=rendered.ROOT, env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert said in done.stdout, done.stdout + done.stderr
    assert done.returncode == status


def environment(folder: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(rendered.ROOT), "HOME": str(folder)}


def test_only_a_whole_run_is_judged() -> None:
    assert rendered.is_whole(["tests"], narrowed=["", None, False])
    assert rendered.is_whole([str(rendered.ROOT)], narrowed=[])
    assert not rendered.is_whole(["tests/law"], narrowed=[])
    assert not rendered.is_whole(["tests"], narrowed=["sign_in"])


def test_templates_are_found_and_remembered_with_what_they_extend() -> None:
    assert {"web/frame.html", "account/login.html", "demo/choose.html"} <= rendered.templates()
    rendered.SEEN.discard("web/error.html")
    render_to_string("web/errors/404.html")
    assert {"web/errors/404.html", "web/error.html"} <= rendered.SEEN
