"""The main line of the story in English: no Swedish is left on the way, except what people wrote and names."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys import handling
from tests.journeys.conftest import Enter
from tests.journeys.family import Family
from tests.journeys.telling import tell
from tests.live import Live

pytestmark = pytest.mark.journey

NAMES = re.compile(r"Hemväg|Malmö|Stödtelefonen|Barn och unga \w+|Mottagningen|Innerstaden|Söder|Svenska")
LAW = re.compile(r"\d+[^.]*?(kap\.|§)[^\n]*")
"""A provision is quoted by its Swedish name."""
SWEDISH = re.compile(r"\w*[åäöÅÄÖ]\w*|\b(och|att|inte|som|det|med|av|ett|eller|har|till|vid|om|ska|den|kan|barnet)\b")
SHOWN = """() => {
    const words = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        if (element.closest("[lang=sv]:not(html), bdi, [dir=auto], textarea, script, style")) continue;
        if (node.nodeType === Node.TEXT_NODE) words.push(node.textContent.trim());
        else for (const name of ["aria-label", "placeholder", "title", "alt"])
            if (element.hasAttribute(name)) words.push(element.getAttribute(name));
        for (const name of ["saved", "kept", "lost", "refused"])
            if (node.dataset?.[name]) words.push(node.dataset[name]);
    }
    return [...words, document.title].filter(Boolean);
}"""


def test_the_story_in_english(enter: Enter, live: Live) -> None:
    family = Family("Osman")
    typed = [child.given for child in family.children] + [family.name]

    def no_swedish(page: Page) -> None:
        assert page.locator("html").get_attribute("lang") == "en"
        left = [text for text in page.evaluate(SHOWN) if is_swedish(text, typed)]
        assert not left, f"{page.url}: {left}"

    worker = tell(enter, family, language="en", look=no_swedish)
    words = handling.read_decision(worker, "Avsluta utredningen med insats").pages[0].extract_text()
    assert "Beslut" in words, "a decision is written in Swedish whatever the worker reads"


def is_swedish(text: str, typed: list[str]) -> bool:
    for word in typed:
        text = text.replace(word, "")
    return SWEDISH.search(LAW.sub("", NAMES.sub("", text))) is not None


@pytest.mark.parametrize(("text", "swedish"), [("Sök", True), ("Save", False), ("Inget som väntar", True)])
def test_swedish_is_known_when_seen(text: str, swedish: bool) -> None:
    assert is_swedish(text, []) is swedish
