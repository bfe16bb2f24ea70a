"""Paper of an exercise says so on every page and in its title; no other paper does, and no paper is drawn elsewhere."""

import ast
import io

import pytest
from django.conf import settings
from pypdf import PdfReader

from hemvag.web import typeset
from tests.rules.source import ROOT, python_files, tree

TEMPLATE = b"""#let it = json(bytes(sys.inputs.facts))
#set document(
  title: it.title,
)
#set page(paper: "a5", header: [upptill])
#it.title #pagebreak() Sida tv\xc3\xa5
"""


def read() -> PdfReader:
    return PdfReader(io.BytesIO(typeset.pdf(TEMPLATE, facts={"title": "Rubrik #strong"})))


def test_paper_of_an_exercise_says_so_on_every_page_and_in_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HEMVAG_KIND", "exercise")
    paper = read()
    assert [page.extract_text().count("ÖVNING – påhittade personer") for page in paper.pages] == [1, 1]
    assert paper.metadata
    assert paper.metadata.title == "ÖVNING · Rubrik #strong"
    assert "upptill" in paper.pages[0].extract_text()


@pytest.mark.parametrize("kind", ["real", "demo"])
def test_other_paper_does_not(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(settings, "HEMVAG_KIND", kind)
    paper = read()
    assert not any("ÖVNING" in page.extract_text() for page in paper.pages)
    assert paper.metadata
    assert paper.metadata.title == "Rubrik #strong"


def draws(module: ast.Module) -> bool:
    """Say whether a file asks typst itself."""
    names = {alias.name for node in ast.walk(module) if isinstance(node, ast.Import) for alias in node.names}
    return "typst" in names | {node.module for node in ast.walk(module) if isinstance(node, ast.ImportFrom)}


def test_no_paper_is_drawn_past_the_mark() -> None:
    assert draws(ast.parse("import typst"))
    assert draws(ast.parse("from typst import compile"))
    assert [path for path in python_files("hemvag") if draws(tree(path))] == ["hemvag/web/typeset.py"]


def test_every_template_has_its_title_where_the_mark_finds_it() -> None:
    found = list((ROOT / "hemvag").rglob("*.typ"))
    assert len(found) >= 3
    assert [path.name for path in found if not typeset._TITLE.search(path.read_bytes())] == []
