"""Bring names to a common spelling by rules kept as data, so that Maxamed is found where Mohammed was written."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from typing import Any, Final

from anyascii import anyascii

LONGEST_WORD: Final = 40
MOST_WORDS: Final = 8

Rules = Sequence[tuple[re.Pattern[str], str]]


@dataclass(frozen=True)
class Profile:
    """How one language writes: when a word looks like it, and the rules to read it by."""

    when: re.Pattern[str]
    rules: Rules


@dataclass(frozen=True)
class Spelling:
    """The rules of `spelling.toml`."""

    particles: frozenset[str]
    letters: Mapping[int, str]
    profiles: Sequence[Profile]
    common: Rules
    key: Rules
    families: Mapping[str, str]


@dataclass(frozen=True)
class Word:
    """One word of a name: as written (in small letters a to z), and the name it is known to be, if any."""

    written: str
    family: str = ""

    @property
    def forms(self) -> frozenset[str]:
        """The word in common spelling, once for each language it may be written in."""
        return _forms(self.family or self.written)

    @property
    def keys(self) -> frozenset[str]:
        """Consonant skeletons: what blind tokens are made of. Never empty."""
        return _keys(self.forms)


@functools.cache
def rules() -> Spelling:
    """Return the rules shipped."""
    read = tomllib.loads((resources.files("hemvag.people") / "spelling.toml").read_text(encoding="utf-8"))
    return Spelling(
        particles=frozenset(read["particles"]),
        letters=str.maketrans(read["letters"]),
        profiles=[Profile(re.compile(row["when"]), _compiled(row["rules"])) for row in read["profile"]],
        common=_compiled(read["common"]["rules"]),
        key=_compiled(read["key"]["rules"]),
        families={word: line.split()[0] for line in read["families"]["names"] for word in line.split()},
    )


def words(*parts: str) -> list[Word]:
    """Return the words of a name that tell people apart, in the order written, at most eight. Never raises."""
    found = []
    for raw in _joined(_split(" ".join(parts))):
        letters = _letters(raw)
        if letters and letters not in rules().particles:
            found.append(Word(letters, rules().families.get(raw) or rules().families.get(letters, "")))
    return found[:MOST_WORDS]


def _split(text: str) -> list[str]:
    """Cut at everything that is no letter; an apostrophe inside a word is dropped, not cut at."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"(?<=\w)['’‘ʿʾ`´](?=\w)", "", plain)
    return re.findall(r"[^\W\d_]+", "".join(char for char in plain if unicodedata.category(char) not in {"Cf", "Mn"}))


def _joined(raw: Iterable[str]) -> list[str]:
    """Make one word of "abd" and the attribute that follows it, with or without an article between."""
    kept = [word for word in raw if word not in rules().particles and len(word) <= LONGEST_WORD]
    starts = {"abd", "abdul", "abdel", "abdal", "abdi", "cabdi", "عبد"}
    joined = [kept[0]] if kept else []
    for before, word in pairwise(kept):
        if before in starts and joined[-1] == before:
            joined[-1] = before + word
        else:
            joined.append(word)
    return joined


@functools.lru_cache(maxsize=20_000)
def _letters(raw: str) -> str:
    return re.sub(r"[^a-z]", "", anyascii(raw.translate(rules().letters)).lower())


@functools.lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    read = [word, *(_applied(profile.rules, word) for profile in rules().profiles if profile.when.search(word))]
    return frozenset(_applied(rules().common, one) or one for one in read)


@functools.lru_cache(maxsize=20_000)
def _keys(forms: frozenset[str]) -> frozenset[str]:
    return frozenset(_applied(rules().key, form) or form for form in forms)


def _applied(steps: Rules, word: str) -> str:
    for pattern, replacement in steps:
        word = pattern.sub(replacement, word)
    return word


def _compiled(rows: Iterable[Sequence[Any]]) -> Rules:
    return [(re.compile(pattern), replacement) for pattern, replacement in rows]
