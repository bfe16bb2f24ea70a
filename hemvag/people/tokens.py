"""Blind tokens of an identity: how it is found again within its committee without a name in the database.

A token is a keyed hash of a number, or of facts together: name with name, these with a year, a name with a date or a
year. A fact that fits many is spread over so many tokens that each fits about half a child in a million: a dossier
holds one of them, a search asks for all. So no token is common, and nothing is told by how often one occurs. Keyed for
each committee and compartment: equal tokens never link across them. Each set is filled up to a round number, and holds
no order.
"""

import math
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from typing import Final

from hemvag.dossiers.models import Dossier
from hemvag.people.commonness import bearers
from hemvag.people.models import TokenSet
from hemvag.people.spelling import Word
from hemvag.vault import tokens
from hemvag.vault.installed import keyring

LEAST_TOKENS: Final = 32
MOST_TOKENS: Final = 512
MOST_SPREAD: Final = 4096
CHILDREN_A_TOKEN: Final = 0.5
YEARS: Final = 15
"""Children of one name are spread over so many years of birth, somewhat fewer than there are."""
DAYS: Final = 250
NEW_YEAR: Final = 5
"""One in so many of some groups is said to be born on the first of January, since the day is not known."""
MOST_ASKED: Final = 8000
MOST_BESIDE: Final = 300
"""How many tokens of a name in a year are asked for beside two names, which say more."""


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What an identity is found by: the words of each name, possible years and dates of birth, the likeliest first, a
    number."""

    names: Sequence[Sequence[Word]]
    years: Sequence[int] = ()
    dates: Sequence[str] = ()
    number: str = ""


@dataclass(frozen=True)
class Fact:
    """What a token stands for, and over how many tokens it is spread."""

    text: str
    spread: int = 1


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The tokens to look for: of the number, of facts that fit few (`strong`), of two names, of a name in a year."""

    number: list[int] = field(default_factory=list)
    strong: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    years: list[int] = field(default_factory=list)


def token_set(dossier: Dossier, traits: Traits) -> TokenSet:
    """Return the row that makes the dossier findable by `traits`, not yet stored."""
    generation, authority = keyring().generation, dossier.authority_id
    return TokenSet(dossier=dossier, authority_id=authority, tokens=stored(dossier, traits), generation=generation)


def stored(dossier: Dossier, traits: Traits) -> list[int]:
    """Return the tokens a dossier holds: one of each fact's, filled up to 32, 64 ... 512, by their values."""
    ring, authority, own = keyring(), dossier.authority_id, dossier.compartment
    found = tokens.blind_many(ring, authority, f"{own} name", held(dossier, traits))
    found += tokens.blind_many(ring, authority, f"{own} number", [traits.number] if traits.number else [])
    size = max(LEAST_TOKENS, 1 << (len(found) - 1).bit_length()) if found else 0
    return sorted(found + tokens.stream(ring, authority, f"{own} filling", str(dossier.id), size - len(found)))


def held(dossier: Dossier, traits: Traits) -> list[str]:
    """Return the words of the tokens that a dossier holds: each fact, and which of those it is spread over."""
    every = chain(_strong(traits), _pairs(traits), _years(traits))
    facts = list(dict.fromkeys(every))[: MOST_TOKENS - 1]
    domain = f"{dossier.compartment} spread"
    drawn = tokens.stream(keyring(), dossier.authority_id, domain, str(dossier.id), len(facts))
    return [f"{fact.text} {place % fact.spread}" for fact, place in zip(facts, drawn, strict=True)]


def asked(traits: Traits, *, authority: uuid.UUID, compartment: str) -> Asked:
    """Return the tokens by which `traits` are looked for: all of each fact's, by each secret that is held."""
    pairs = list(_pairs(traits))
    number = [traits.number] if traits.number else []
    wanted = (
        number,
        _spread(_strong(traits)),
        _spread(pairs),
        _spread(_years(traits), MOST_BESIDE if pairs else MOST_ASKED),
    )
    ring, found = keyring(), []
    for domain, words in zip(("number", "name", "name", "name"), wanted, strict=True):
        each = [tokens.blind_many(ring, authority, f"{compartment} {domain}", words, held) for held in ring.generations]
        found.append(list(chain.from_iterable(each)))
    return Asked(number=found[0], strong=found[1], names=found[2], years=found[3])


def _spread(facts: Iterable[Fact], most: int = MOST_ASKED) -> list[str]:
    """Return every word that the facts are spread over, the rarest facts first, as long as there is room for a whole
    fact."""
    words: dict[str, None] = {}
    for fact in sorted(dict.fromkeys(facts), key=lambda fact: fact.spread):
        if len(words) + fact.spread > most:
            break
        words |= dict.fromkeys(f"{fact.text} {place}" for place in range(fact.spread))
    return list(words)


def _pairs(traits: Traits) -> Iterator[Fact]:
    for one, other in _couples(traits):
        yield _fact(f"{one}+{other}", bearers(one, other))


def _strong(traits: Traits) -> Iterator[Fact]:
    for (one, other), year in product(_couples(traits), traits.years):
        yield _fact(f"{one}+{other} {year}", bearers(one, other) / YEARS)
    for key, date in product(_keys(traits), traits.dates):
        days = YEARS * (NEW_YEAR if date.endswith("-01-01") else DAYS)
        yield _fact(f"{key} {date}", bearers(key) / days)


def _years(traits: Traits) -> Iterator[Fact]:
    for key, year in product(_keys(traits), traits.years):
        yield _fact(f"{key} {year}", bearers(key) / YEARS)


def _couples(traits: Traits) -> list[tuple[str, str]]:
    """Return the keys of each two names, each couple once, in one order."""
    found = {
        (min(pair), max(pair))
        for name in traits.names
        for one, other in combinations(name, 2)
        for pair in product(one.keys, other.keys)
    }
    return sorted(found)


def _keys(traits: Traits) -> list[str]:
    return sorted({key for name in traits.names for word in name for key in word.keys})


def _fact(text: str, fits: float) -> Fact:
    return Fact(text, min(MOST_SPREAD, math.ceil(fits / CHILDREN_A_TOKEN) or 1))
