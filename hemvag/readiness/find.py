"""Find services by need, language, district and free words, forgiving how they are spelled."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

from hemvag.lib.names import sort_key
from hemvag.readiness.content import content
from hemvag.readiness.entries import Entry

LIKE_ENOUGH: Final = 0.74
INSIDE_FROM: Final = 4
"""From how many letters a word is also looked for inside others: "rådgivning" in "skuldrådgivning"."""
WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for; what is empty narrows nothing."""

    need: str = ""
    spoken: str = ""
    district: str = ""
    words: str = ""


def fold(text: str) -> str:
    """Return a text without case and accents: "Åsa" is found by "asa", "Möllevången" by "mollevangen"."""
    return anyascii(text).casefold()


def found(entries: Iterable[Entry], asked: Asked) -> list[Entry]:
    """Return the entries that fit, best first: likest words, free places before unknown before none, then by name.

    An entry for the whole town serves each district; one whose languages are unknown is not said to speak any.
    """
    left = [entry for entry in entries if _fits(entry, asked)]
    likeness = _likeness(left, asked.words)
    return sorted((entry for entry in left if entry.id in likeness), key=lambda one: (-likeness[one.id], *_order(one)))


def _fits(entry: Entry, asked: Asked) -> bool:
    said = entry.version
    return (
        (not asked.need or asked.need in said.needs)
        and (not asked.spoken or asked.spoken in said.languages)
        and (not asked.district or not said.districts or asked.district in said.districts)
    )


def _order(entry: Entry) -> tuple[object, ...]:
    free = entry.version.free
    room = 0 if free else 1 if free is None else 2
    return room, -(entry.grade.value or 0), sort_key(entry.version.name)


def _likeness(entries: Sequence[Entry], words: str) -> dict[object, float]:
    """Return how well each entry holds every word asked for, 0 to 1; one that lacks a word is left out."""
    scores: dict[object, float] = {entry.id: 0.0 for entry in entries}
    tokens = WORD.findall(fold(words))
    if not tokens:
        return scores
    holders: dict[str, set[object]] = defaultdict(set)
    for entry in entries:
        for word in WORD.findall(fold(_text(entry))):
            holders[word].add(entry.id)
    vocabulary = list(holders)
    for token in tokens:
        best: dict[object, float] = {}
        for word, score in _like(token, vocabulary):
            for holder in holders[word]:
                best[holder] = max(best.get(holder, 0.0), score)
        scores = {holder: scores[holder] + score for holder, score in best.items() if holder in scores}
    return scores


def _like(token: str, vocabulary: Sequence[str]) -> list[tuple[str, float]]:
    """Return the words like a token: the same or begun by it, one that holds it, one misspelt."""
    close = process.extract(token, vocabulary, scorer=OSA.normalized_similarity, score_cutoff=LIKE_ENOUGH, limit=None)
    hits = {word: score * 0.9 for word, score, _place in close}
    for word in vocabulary:
        if word.startswith(token):
            hits[word] = 1.0
        elif len(token) >= INSIDE_FROM and token in word:
            hits[word] = max(hits.get(word, 0.0), 0.95)
    return list(hits.items())


def _text(entry: Entry) -> str:
    """Return all words by which a service may be found, the names of needs and languages in both tongues."""
    said, known = entry.version, content()
    needs = [known.needs[code].name for code in said.needs if code in known.needs]
    languages = [known.languages[code] for code in said.languages if code in known.languages]
    parts = [said.name, entry.owner, said.for_whom, entry.where, said.how]
    return " ".join([*parts, *(f"{text.sv} {text.en}" for text in (*needs, *languages))])
