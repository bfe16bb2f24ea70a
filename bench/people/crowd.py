"""An invented crowd: people with the names of a large town's children, drawn by how common each name is."""

import datetime as dt
import functools
import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hemvag.people.identities import Birth, Identity, Name

FIRST, LAST = dt.date(2008, 1, 1), dt.date(2025, 12, 31)
FLAT_GIVEN = {"sv": 40, "so": 6}
MADE_FAMILY = {"sv": 0.65, "so": 0.0}
MIDDLE = {"sv": 0.6, "ar": 0.35, "so": 1.0}
REGISTERED_OTHERWISE = 0.3
FIRST_OF_JANUARY = 0.12
YEAR_ONLY, BORN_UNKNOWN = 0.04, 0.05


@dataclass(frozen=True)
class Known:
    """One name: the spellings that stand for it, the commonest first, in other scripts last, and what one is called."""

    spellings: tuple[str, ...]
    called: tuple[str, ...] = ()

    @property
    def latin(self) -> tuple[str, ...]:
        """Its spellings in Latin letters."""
        return tuple(one for one in self.spellings if one[0] < "\u0370")


@dataclass(frozen=True)
class Language:
    """The names of one language: given and family names with their weights, and what family names are made of."""

    code: str
    given: Sequence[Known]
    given_weights: Sequence[float]
    family: Sequence[Known]
    family_weights: Sequence[float]
    stems: Sequence[str]
    ends: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Person:
    """One invented child: its names (given names first, the family name last), each with how it is registered."""

    language: str
    names: tuple[Known, ...]
    written: tuple[str, ...]
    born: dt.date
    birth: Birth

    def identity(self) -> Identity:
        """Return the child as a dossier holds it."""
        return Identity(names=[Name(given=" ".join(self.written[:-1]), family=self.written[-1])], birth=self.birth)


@functools.cache
def languages() -> tuple[Sequence[Language], Sequence[float]]:
    """Return the languages of `names.toml` and their shares of the crowd."""
    read = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
    return [_language(code, read[code]) for code in read["share"]], list(read["share"].values())


def person(chance: random.Random) -> Person:
    """Draw one child."""
    known, shares = languages()
    language = chance.choices(known, shares)[0]
    names = [_given(language, chance)]
    if chance.random() < MIDDLE.get(language.code, 0.15):
        names.append(_given(language, chance))
    names.append(family(language, chance))
    return of(language.code, names, birthday(language.code, chance), chance)


def of(language: str, names: Sequence[Known], born: dt.date, chance: random.Random) -> Person:
    """Return a child of these names, registered in one of their spellings and with as much of a birth date as is
    known."""
    drawn = chance.random()
    birth = Birth(kind="exact", date=born.isoformat())
    if drawn < YEAR_ONLY:
        birth = Birth(kind="approximate", date=str(born.year))
    elif drawn < BORN_UNKNOWN:
        birth = Birth()
    written = tuple(_registered(name, chance) for name in names)
    return Person(language=language, names=tuple(names), written=written, born=born, birth=birth)


def family(language: Language, chance: random.Random) -> Known:
    """Draw a family name: one of the list, or one made of two parts."""
    if language.stems and chance.random() < MADE_FAMILY.get(language.code, 0.4):
        return Known((chance.choice(language.stems) + chance.choice(language.ends),))
    return chance.choices(language.family, language.family_weights)[0]


def other_given(language: str, taken: Known, chance: random.Random) -> Known:
    """Draw a given name that is not `taken`, as a twin has."""
    [known] = [one for one in languages()[0] if one.code == language]
    return next(name for name in iter(lambda: _given(known, chance), None) if name != taken)


def birthday(language: str, chance: random.Random) -> dt.date:
    """Draw a day of birth; papers from some countries say the first of January where the day is not known."""
    day = FIRST + dt.timedelta(days=chance.randrange((LAST - FIRST).days + 1))
    return day.replace(month=1, day=1) if language != "sv" and chance.random() < FIRST_OF_JANUARY else day


def _given(language: Language, chance: random.Random) -> Known:
    return chance.choices(language.given, language.given_weights)[0]


def _registered(name: Known, chance: random.Random) -> str:
    return chance.choice(name.latin) if chance.random() < REGISTERED_OTHERWISE else name.spellings[0]


def _language(code: str, read: dict[str, Any]) -> Language:
    given, named = [_known(line) for line in read["given"]], [_known(line) for line in read["family"]]
    return Language(
        code=code,
        given=given,
        given_weights=[1 / (place + FLAT_GIVEN.get(code, 10)) for place in range(len(given))],
        family=named,
        family_weights=[1 / (place + 8) for place in range(len(named))],
        stems=read["stems"].split() if "stems" in read else (),
        ends=read["ends"].split() if "ends" in read else (),
    )


def _known(line: str) -> Known:
    spelled, _, called = line.partition("|")
    if " " in spelled and spelled.split()[0].lower() in {"von", "af", "de", "bin", "ibn"}:
        return Known(_with_particle(spelled))
    return Known(tuple(spelled.split()), tuple(called.split()))


def _with_particle(spelled: str) -> tuple[str, ...]:
    first, second, *others = spelled.split()
    return (f"{first} {second}", *_pairs(others))


def _pairs(words: Sequence[str]) -> Sequence[str]:
    """Return the further spellings of a name that begins with a particle: two words, or one that stands together."""
    found, left = [], list(words)
    while left:
        word = left.pop(0)
        found.append(f"{word} {left.pop(0)}" if word.lower() in {"ben", "bin", "ibn"} and left else word)
    return found
