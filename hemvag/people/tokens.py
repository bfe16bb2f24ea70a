"""Blind tokens of an identity: how it is found again within its committee without a name in the database.

A token is a keyed hash of two facts together (name with name, name with year of birth) or of a number, so that the
commonest name alone has no frequency to be guessed from. Keyed for each committee and compartment: equal tokens never
link across them.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from hemvag.dossiers.models import Dossier
from hemvag.people.models import TokenSet
from hemvag.people.spelling import Word
from hemvag.vault import tokens
from hemvag.vault.installed import keyring

MOST_TOKENS: Final = 400


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What an identity is found by: the words of each name it is known by, possible years of birth, a number."""

    names: Sequence[Sequence[Word]]
    years: Sequence[int] = ()
    number: str = ""


def token_set(dossier: Dossier, traits: Traits) -> TokenSet:
    """Return the row that makes the dossier findable by `traits`, not yet stored."""
    found = blind(traits, authority=dossier.authority_id, compartment=dossier.compartment)
    return TokenSet(dossier=dossier, authority_id=dossier.authority_id, tokens=found.number + found.names)


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """The tokens of one committee and compartment: of the number (at most one), and of the names."""

    number: list[int]
    names: list[int]


def blind(traits: Traits, *, authority: uuid.UUID, compartment: str) -> Tokens:
    """Return the tokens by which `traits` are stored and looked for."""
    ring = keyring()
    names = dict.fromkeys(_name_words(traits))
    return Tokens(
        number=[tokens.blind(ring, authority, f"{compartment} number", traits.number)] if traits.number else [],
        names=[tokens.blind(ring, authority, f"{compartment} name", word) for word in list(names)[:MOST_TOKENS]],
    )


def _name_words(traits: Traits) -> Iterable[str]:
    for name in traits.names:
        for one, other in combinations(name, 2):
            for pair in product(one.keys, other.keys):
                yield "+".join(sorted(pair))
    for name in traits.names:
        for word, year in product(name, traits.years):
            for key in sorted(word.keys):
                yield f"{key} {year}"
